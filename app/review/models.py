"""The shortlist as people may change it, and what a working group thinks of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation.db import Base
from app.groups.models import Group
from app.proposals.models import Proposal


class Recommendation(StrEnum):
    """What a group can recommend: the first column of DOMAIN.md's one vocabulary."""

    TAKE_UP = "take_up"
    TAKE_UP_IN_PART = "take_up_in_part"
    COMBINE = "combine"
    BACKGROUND = "background"
    ALREADY_DONE = "already_done"
    REFER = "refer"
    DO_NOT_TAKE_UP = "do_not_take_up"
    OUT_OF_SCOPE = "out_of_scope"


class ShortlistEntry(Base):
    """That a proposal is on the shortlist: by the rule, or by a moderator with a reason."""

    __tablename__ = "shortlist_entry"
    __table_args__ = (UniqueConstraint("campaign_id", "proposal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey(Group.id), index=True)
    """Who reviews it."""
    position: Mapped[int]
    by_rule: Mapped[bool]
    entered_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    added_reason: Mapped[str | None]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    removed_reason: Mapped[str | None]

    proposal: Mapped[Proposal] = relationship()
    group: Mapped[Group | None] = relationship()
    added_by: Mapped[Account | None] = relationship(foreign_keys=[added_by_id])
    removed_by: Mapped[Account | None] = relationship(foreign_keys=[removed_by_id])


class ConflictOfInterest(Base):
    """A member's declaration for one proposal; while it stands they are recused."""

    __tablename__ = "conflict_of_interest"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey(ShortlistEntry.id), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    reason: Mapped[str]
    declared_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class Assessment(Base):
    """One member's own scores; sealed from the others until the round opens."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("entry_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey(ShortlistEntry.id))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    impact: Mapped[int]
    feasibility: Mapped[int]
    openness: Mapped[int]
    clarity: Mapped[int]
    recommendation: Mapped[Recommendation]
    ground: Mapped[str]
    assessed_at: Mapped[datetime]

    account: Mapped[Account] = relationship()


class Round(Base):
    """One group's scoring in one campaign: when its scores were opened, and by whom."""

    __tablename__ = "review_round"

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey(Group.id), primary_key=True)
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    """None: all were in."""


class Conclusion(Base):
    """What the group concluded about one proposal, and why. A later one replaces it."""

    __tablename__ = "conclusion"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey(ShortlistEntry.id))
    number: Mapped[int]
    recommendation: Mapped[Recommendation]
    reasons: Mapped[str]
    dissent: Mapped[str] = mapped_column(default="")
    referred_to: Mapped[str | None]
    language: Mapped[str]
    concluded_at: Mapped[datetime]
    concluded_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    entry: Mapped[ShortlistEntry] = relationship()
    concluded_by: Mapped[Account] = relationship()
