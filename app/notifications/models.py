"""What each person is told, and how far it has got."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.foundation.db import Base


class Notification(Base):
    """One thing one person is told. The inbox is these rows, worded when they are read."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("account_id", "about"),
        Index("ix_notification_inbox", "account_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    about: Mapped[str]
    """Unique per person, such as ``event:17``: told twice is told once."""
    kind: Mapped[str]
    """The catalogue's row: the event's name."""
    details: Mapped[dict[str, Any]]
    """The ids that the wording needs; never people's words."""
    told_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)
    """The mail that carries it; None while it waits for a digest, or if no mail is wanted."""
    wants_mail: Mapped[bool]


class Letter(Base):
    """One mail to one person: written once with its Message-ID, sent at least once."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_waiting", "sent_at", "given_up_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    written_at: Mapped[datetime]
    put_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()
