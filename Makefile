# The README's commands. Everything lives in .venv; a second run installs nothing.
.PHONY: setup run test coverage bench crash check-python
.SILENT:

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
# One more than there are processors: many tests wait for a browser or for another process.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

setup: .venv/.set-up

run: .venv/.set-up
	if $(BIN)/python -c 'import sys; from bot.config import has_token; sys.exit(not has_token())'; \
	then exec $(BIN)/python -m bot --migrate; \
	else exec $(BIN)/python -m bot.playground $(ARGS); fi

test: .venv/.set-up-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

coverage: .venv/.set-up-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term-missing:skip-covered $(ARGS)

check-python:
	command -v $(PYTHON) >/dev/null 2>&1 || { echo "Gotit needs Python 3.11 or newer, and there is no $(PYTHON) here: install it, or name one: make PYTHON=/path/to/python3" >&2; exit 2; }
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Gotit needs Python 3.11 or newer, this is $$($(PYTHON) -V): name a newer one: make PYTHON=python3.13" >&2; exit 2; }
	$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make virtual environments: install Debian's python3-venv (or your system's like)" >&2; exit 2; }

.venv/bin/python: | check-python
	$(PYTHON) -m venv .venv

.venv/.set-up: requirements.txt | .venv/bin/python
	echo "Installing what the bot needs into .venv"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/.set-up-dev: requirements-dev.txt | .venv/bin/python
	echo "Installing what the checks need into .venv"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@ .venv/.set-up

bench: .venv/.set-up-dev .venv/peers/.set-up
	$(BIN)/python -m benchmarks.learning
	$(BIN)/python -m benchmarks.sending --count 1000 --rounds 3
	$(BIN)/python -m benchmarks.answering --count 200 --rounds 3
	$(BIN)/python -m benchmarks.many_at_once
	$(BIN)/python -m benchmarks.claiming
	$(BIN)/python -m benchmarks.growth

.venv/peers/.set-up: benchmarks/peers.txt | .venv/bin/python
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/peers.txt
	touch $@

crash: .venv/.set-up-dev
	$(BIN)/python -m tests.crash $(ARGS)
