"""A required column for a busy table: what the migration does, what old workers see, what rewrites."""

from typing import Any

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.state import ProjectState


class Ticket:
    """The table `twin_ticket` with one row, and the migration that adds a column to it."""

    def __init__(self) -> None:
        self.state = ProjectState()
        self.apply(migrations.CreateModel("Ticket", [("id", models.BigAutoField(primary_key=True))]))
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO twin_ticket DEFAULT VALUES")

    def apply(self, operation: migrations.operations.base.Operation) -> list[str]:
        """Run the operation as a migration does; returns its SQL."""
        before, after = self.state, self.state.clone()
        operation.state_forwards("twin", after)
        with connection.schema_editor(collect_sql=True) as collector:
            operation.database_forwards("twin", collector, before, after)
        with connection.schema_editor() as editor:
            operation.database_forwards("twin", editor, before, after)
        self.state = after
        return list(collector.collected_sql)

    def add(self, name: str, field: models.Field) -> list[str]:
        return self.apply(migrations.AddField("ticket", name, field))


@pytest.fixture
def ticket(db: BaseDatabaseWrapper) -> Ticket:
    return Ticket()


def insert_as_old_code() -> None:
    """The INSERT of a worker whose model does not know the new column."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO twin_ticket DEFAULT VALUES")


def status_default() -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_default FROM information_schema.columns"
            " WHERE table_name = 'twin_ticket' AND column_name = 'status'"
        )
        return cursor.fetchone()[0]


def file_number() -> int:
    """The number of the file that holds the table's rows: another one after a rewrite."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filenode('twin_ticket')")
        number: int = cursor.fetchone()[0]
    return number


def test_python_default_is_dropped_after_add_column(ticket: Ticket) -> None:
    added, dropped = ticket.add("status", models.CharField(max_length=10, default="new"))
    assert "ADD COLUMN \"status\" varchar(10) DEFAULT 'new' NOT NULL" in added
    assert 'ALTER COLUMN "status" DROP DEFAULT' in dropped
    assert status_default() is None


def test_insert_of_old_code_breaks_not_null_after_a_python_default(ticket: Ticket) -> None:
    ticket.add("status", models.CharField(max_length=10, default="new"))
    with pytest.raises(IntegrityError, match="null value in column"):
        insert_as_old_code()


def test_existing_rows_get_the_python_default(ticket: Ticket) -> None:
    ticket.add("status", models.CharField(max_length=10, default="new"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM twin_ticket")
        assert cursor.fetchall() == [("new",)]


def test_db_default_stays_and_old_code_can_insert(ticket: Ticket) -> None:
    statements = ticket.add("status", models.CharField(max_length=10, db_default="new"))
    assert len(statements) == 1
    assert status_default() == "'new'::character varying"
    insert_as_old_code()
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM twin_ticket")
        assert cursor.fetchall() == [("new",), ("new",)]


def test_old_code_can_insert_beside_a_nullable_column(ticket: Ticket) -> None:
    ticket.add("status", models.CharField(max_length=10, null=True))
    insert_as_old_code()


@pytest.mark.parametrize("validated", [True, False])
def test_a_validated_check_spares_the_scan_for_nulls(ticket: Ticket, validated: bool) -> None:
    ticket.add("status", models.CharField(max_length=10, null=True))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE twin_ticket SET status = 'new'")
        cursor.execute("SET LOCAL client_min_messages = debug1")
    check = models.CheckConstraint(condition=models.Q(status__isnull=False), name="status_set")
    ticket.apply(AddConstraintNotValid("ticket", check))
    if validated:
        ticket.apply(ValidateConstraint("ticket", "status_set"))
    notices: list[str] = []
    server = connection.connection

    def note(notice: Any) -> None:
        notices.append(notice.message_primary)

    server.add_notice_handler(note)
    ticket.apply(migrations.AlterField("ticket", "status", models.CharField(max_length=10)))
    server.remove_notice_handler(note)
    proved = any("existing constraints" in notice for notice in notices)
    scanned = any("verifying table" in notice for notice in notices)
    assert (proved, scanned) == (validated, not validated)


def test_not_null_itself_can_be_added_not_valid_and_validated_later(ticket: Ticket) -> None:
    ticket.add("status", models.CharField(max_length=10, null=True))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE twin_ticket ADD CONSTRAINT filled NOT NULL status NOT VALID")
    with pytest.raises(IntegrityError):
        insert_as_old_code()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE twin_ticket SET status = 'new'")
        cursor.execute("ALTER TABLE twin_ticket VALIDATE CONSTRAINT filled")
        cursor.execute("SELECT convalidated FROM pg_constraint WHERE conname = 'filled'")
        assert cursor.fetchone() == (True,)


def test_old_code_does_not_see_a_column_it_does_not_know(ticket: Ticket) -> None:
    old = ticket.state.apps.get_model("twin", "Ticket")
    ticket.add("status", models.CharField(max_length=10, null=True))
    assert "*" not in str(old.objects.all().query)
    assert old.objects.count() == len(old.objects.all()) == 1


@pytest.mark.parametrize("default", ["'new'", "now()"])
def test_a_default_that_is_not_volatile_rewrites_no_rows(ticket: Ticket, default: str) -> None:
    before = file_number()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE twin_ticket ADD COLUMN extra text NOT NULL DEFAULT " + default)
    assert file_number() == before


@pytest.mark.parametrize("default", ["clock_timestamp()", "gen_random_uuid()"])
def test_a_volatile_default_rewrites_the_table(ticket: Ticket, default: str) -> None:
    before = file_number()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE twin_ticket ADD COLUMN extra text NOT NULL DEFAULT " + default)
    assert file_number() != before


def test_adding_a_column_takes_an_access_exclusive_lock(ticket: Ticket) -> None:
    ticket.add("status", models.CharField(max_length=10, null=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mode FROM pg_locks WHERE relation = 'twin_ticket'::regclass AND pid = pg_backend_pid()"
        )
        assert ("AccessExclusiveLock",) in cursor.fetchall()
