"""What each person is told, and how far it has got."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.foundation.db import Base

_UNSENT = text("sent_at IS NULL AND given_up_at IS NULL")


class Notification(Base):
    """One thing one person is told. The inbox is these rows, worded when they are read."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("account_id", "about"),
        Index("ix_notification_inbox", "account_id", "id"),
        Index(
            "ix_notification_unread",
            "account_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index(
            "ix_notification_unmailed",
            "account_id",
            sqlite_where=text("letter_id IS NULL AND wants_mail"),
            postgresql_where=text("letter_id IS NULL AND wants_mail"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    about: Mapped[str]
    """Unique per person, such as ``event:17``: told twice is told once."""
    kind: Mapped[str]
    """The catalogue's row: the event's name."""
    subject: Mapped[str]
    """What it is about, such as ``proposal:17``; the inbox and the letters group by it."""
    because: Mapped[str]
    """Why this person is told: a word of ``audiences.Because``."""
    details: Mapped[dict[str, Any]]
    """The ids that the wording needs; never people's words."""
    told_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)
    """The mail that carries it; None while it waits for a digest, or if no mail is wanted."""
    wants_mail: Mapped[bool]


class Letter(Base):
    """One mail to one person: written once with its Message-ID, sent at least once.

    Whoever sends it takes it first, so that no two send it at the same time. One who is killed
    leaves it taken; once it is due the sweep frees it and puts it again.
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_due", "due_at", sqlite_where=_UNSENT, postgresql_where=_UNSENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    written_at: Mapped[datetime]
    due_at: Mapped[datetime]
    """When the sweep puts it (again), if it has not been sent by then."""
    taken_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    given_up_because: Mapped[str | None]
    """A word: ``undeliverable``, ``tries`` or ``unwanted``."""

    account: Mapped[Account] = relationship()
