# Two stages: what installs is not what runs. Not built by the tests: docs/operations.md says what was tried.
FROM python:3.13-slim AS install
COPY requirements.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.13-slim
COPY --from=install /opt/venv /opt/venv
WORKDIR /app
COPY alembic.ini ./
COPY bot bot
COPY migrations migrations
COPY data data
# A number, so that a cluster can see that it is not root. /data is for SQLite: mount a volume there.
RUN mkdir /data && chown 10001:10001 /data
USER 10001:10001
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/gotit.db HOST=0.0.0.0 PORT=8080 LOG_FORMAT=json
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", timeout=4)"]
# Exec form: the bot is process 1 and gets SIGTERM itself. It ends within 10 seconds.
CMD ["python", "-m", "bot"]
