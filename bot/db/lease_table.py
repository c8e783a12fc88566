"""The table of leases: which process does what only one may do."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables import Base


class Lease(Base):
    """One duty and who has it."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    """The process, by a name that it made up at its start."""
    until: Mapped[datetime]
    """By the database's clock: whoever asks later may take it."""
