"""Working groups and councils: who sits where, for whom, from when to when."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.foundation.db import Base
from app.foundation.text import LocalizedText, LocalizedTextType


class Sector(StrEnum):
    """Which part of society a member comes from, as OGP's handbook counts them."""

    STATE = "state"
    MUNICIPALITY = "municipality"
    NGO = "ngo"
    BUSINESS = "business"
    ACADEMIA = "academia"
    CITIZEN = "citizen"


class Group(Base):
    __tablename__ = "working_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    mandate: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    rules: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    sits_from: Mapped[date]
    sits_until: Mapped[date | None]
    created_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))


_OPEN = text("ended_at IS NULL")


class Membership(Base):
    """One seat in a group. A seat that ended stays, so that the past can be read."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_open_seat",
            "group_id",
            "account_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey(Group.id), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    organisation: Mapped[str]
    sector: Mapped[Sector]
    is_chair: Mapped[bool] = mapped_column(default=False)
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]

    group: Mapped[Group] = relationship()
    account: Mapped[Account] = relationship()
    substitute_for: Mapped["Membership | None"] = relationship(remote_side=[id])

    @property
    def seat_id(self) -> int:
        """The seat that speaks: a substitute sits on the seat of whom they stand in for."""
        return self.substitute_for_id or self.id
