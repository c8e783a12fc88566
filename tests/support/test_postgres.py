"""The suite's PostgreSQL starts, is shared, hands out empty databases, and leaves nothing behind."""

import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import postgres

psycopg = pytest.importorskip("psycopg")
pytestmark = pytest.mark.skipif(postgres.installed() is None, reason=postgres.WHY_NOT)

ROOT = Path(__file__).parents[2]

HOLD = """
import sys
from pathlib import Path
from tests.support.postgres import share_server

server = share_server(Path(sys.argv[1]))
print(server.folder, (server.folder / "data/postmaster.pid").read_text().split()[0], flush=True)
sys.stdin.read()
server.release()
"""


def hold(meeting: Path) -> "subprocess.Popen[str]":
    """A process that shares the server which `meeting` names until its standard input is closed."""
    command = [sys.executable, "-c", HOLD, str(meeting)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def first_line(process: "subprocess.Popen[str]") -> list[str]:
    assert process.stdout is not None
    return process.stdout.readline().split()


def kill(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def runs(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    return True


def stopped(folder: str, pid: str) -> bool:
    """Wait until the server and its folder are gone, for half a minute at most."""
    deadline = time.monotonic() + 30
    while (runs(pid) or Path(folder).exists()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not runs(pid) and not Path(folder).exists()


def test_server_is_version_18_and_not_durable(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.info.server_version // 10_000 == 18
        assert connection.execute("SHOW fsync").fetchone() == ("off",)


def test_fresh_databases_are_empty_and_apart(postgres_url: str) -> None:
    with postgres.scratch_database(postgres_url) as one, postgres.scratch_database(postgres_url) as other:
        with psycopg.connect(one) as connection:
            connection.execute("CREATE TABLE book (title text)")
        with psycopg.connect(other) as connection:
            assert connection.execute("SELECT to_regclass('book')").fetchone() == (None,)


def test_template_is_copied(postgres_url: str) -> None:
    with postgres.scratch_database(postgres_url) as template:
        with psycopg.connect(template) as connection:
            connection.execute("CREATE TABLE book AS SELECT 'Emma' AS title")
            name = connection.info.dbname
        with (
            postgres.scratch_database(postgres_url, template=name) as copy,
            psycopg.connect(copy) as connection,
        ):
            assert connection.execute("SELECT title FROM book").fetchone() == ("Emma",)


def test_scratch_database_is_dropped_under_open_connections(postgres_url: str) -> None:
    with postgres.scratch_database(postgres_url) as url:
        connection = psycopg.connect(url)
        name = connection.info.dbname
    with psycopg.connect(postgres_url) as admin:
        found = admin.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name]).fetchone()
    connection.close()
    assert found == (0,)


def test_processes_share_one_server_and_the_last_one_stops_it(tmp_path: Path) -> None:
    first = hold(tmp_path)
    folder, pid = first_line(first)
    second = hold(tmp_path)
    assert first_line(second) == [folder, pid]
    second.communicate()
    assert runs(pid)
    first.communicate()
    assert first.returncode == second.returncode == 0
    assert not runs(pid)
    assert not Path(folder).exists()


def test_server_outlives_its_starter_and_goes_with_its_last_user_even_if_both_are_killed(
    tmp_path: Path,
) -> None:
    starter = hold(tmp_path)
    folder, pid = first_line(starter)
    last = hold(tmp_path)
    assert first_line(last) == [folder, pid]
    kill(starter)
    joined = postgres.join_server(Path(folder))
    assert joined is not None
    joined.release()
    kill(last)
    assert stopped(folder, pid)
    assert postgres.join_server(Path(folder)) is None


def test_a_starter_that_ends_long_before_the_others_leaves_the_server_to_them(
    monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr(postgres, "STOP_SECONDS", 0.1)
    server = postgres.start_server()
    folder, pid = server.folder, (server.folder / "data/postmaster.pid").read_text().split()[0]
    last = postgres.join_server(folder)
    assert last is not None
    server.release()
    del server
    gc.collect()
    assert not recwarn.list
    assert runs(pid)
    last.release()
    assert stopped(str(folder), pid)


def test_first_user_after_a_stop_gets_a_new_server(tmp_path: Path) -> None:
    (tmp_path / "postgres.folder").write_text(str(tmp_path / "gone"))
    late = hold(tmp_path)
    folder, pid = first_line(late)
    assert folder != str(tmp_path / "gone")
    assert runs(pid)
    late.communicate()
