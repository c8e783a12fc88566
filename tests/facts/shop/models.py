"""The shop's tables: every kind of relation once, a unique and a check constraint."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Author(models.Model):
    """Who wrote a book."""

    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word that books are found by."""

    name = models.CharField(max_length=50, unique=True)

    def __str__(self) -> str:
        return self.name


class Book(models.Model):
    """What is sold. `stock` is never below zero: the database sees to it."""

    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, models.CASCADE, related_name="books")
    tags = models.ManyToManyField(Tag, related_name="books", blank=True)
    isbn = models.CharField(max_length=13, unique=True)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    stock = models.IntegerField(default=0)
    published = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(stock__gte=0), name="stock_not_negative")
        ]

    def __str__(self) -> str:
        return self.title


class Customer(models.Model):
    """Who buys."""

    name = models.CharField(max_length=100)
    email = models.EmailField(unique=True)

    def __str__(self) -> str:
        return self.name


class CustomerProfile(models.Model):
    """What a customer wishes."""

    customer = models.OneToOneField(Customer, models.CASCADE, related_name="profile")
    newsletter = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"profile of {self.customer_id}"


class Order(models.Model):
    """One purchase of one customer."""

    class Status(models.TextChoices):
        """How far an order has come."""

        NEW = "new"
        PAID = "paid"
        SENT = "sent"

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="orders")
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    placed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"order {self.pk}"


class OrderLine(models.Model):
    """Some copies of one book in one order; a book that was sold stays in the catalogue."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    book = models.ForeignKey(Book, models.PROTECT, related_name="lines")
    quantity = models.PositiveIntegerField(default=1)
    price = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "book"], name="book_once_per_order")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.book_id}"
