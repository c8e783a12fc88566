"""A conditional update has one winner, a unique key stops a repeated insert; check-then-act stops nothing."""

from typing import Any

from django.db import connection

from tests.facts.shop.models import Author, Customer, Order, Tag


def test_only_the_first_conditional_update_wins(db: Any) -> None:
    customer = Customer.objects.create(name="Ann", email="ann@example.com")
    order = Order.objects.create(customer=customer)
    won = [Order.objects.filter(pk=order.pk, status="new").update(status="paid") for _ in range(2)]
    assert won == [1, 0]


def test_a_repeated_insert_of_a_unique_key_changes_nothing(db: Any) -> None:
    for _ in range(2):
        Tag.objects.bulk_create([Tag(name="classic")], ignore_conflicts=True)
    assert Tag.objects.count() == 1


def test_check_then_act_lets_two_transactions_insert(committed_db: Any, second_connection: Any) -> None:
    absent = "SELECT count(*) FROM shop_author WHERE name = 'Ada'"
    insert = "INSERT INTO shop_author (name) VALUES ('Ada')"
    with connection.cursor() as first:
        first.execute("BEGIN")
        first.execute(absent)
        assert first.fetchone() == (0,)
        assert second_connection.execute(absent).fetchone() == (0,)
        first.execute(insert)
        first.execute("COMMIT")
    second_connection.execute(insert)
    second_connection.commit()
    assert Author.objects.filter(name="Ada").count() == 2


def test_deleting_the_oldest_row_twice_deletes_two_rows(db: Any) -> None:
    Author.objects.bulk_create([Author(name=name) for name in ("Ada", "Bob", "Cy")])
    for _ in range(2):
        Author.objects.order_by("pk")[0].delete()
    assert [author.name for author in Author.objects.all()] == ["Cy"]
