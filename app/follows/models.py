"""Who wants to hear of what."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Account
from app.foundation.db import Base


class Follow(Base):
    """A choice of its own, never set by supporting (DOMAIN.md)."""

    __tablename__ = "follow"
    __table_args__ = (Index("ix_follow_subject", "subject", "account_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    """Named as the trail names things: ``proposal:17``, ``campaign:2``, ``commitment:5``."""
    since: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    """Who once stopped is not made to follow again by commenting."""
