"""The shortlist as people may change it, and what a working group thinks of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation.db import Base
from app.groups.models import Group, Membership
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


class Round(Base):
    """One sealed scoring by one group. What reaches the group after it opened waits for the next.

    Its row is also the lock of the scoring: whoever scores, recuses themselves or opens takes
    it first, so that the last two members' scores open it exactly once.
    """

    __tablename__ = "review_round"
    __table_args__ = (UniqueConstraint("campaign_id", "group_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    group_id: Mapped[int] = mapped_column(ForeignKey(Group.id), index=True)
    number: Mapped[int]
    opened_at: Mapped[datetime | None]
    """From then on the group reads its scores, and nobody scores any more."""
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    """The chair who closed it early; None: all were in."""

    campaign: Mapped[Campaign] = relationship()
    group: Mapped[Group] = relationship()


class ShortlistEntry(Base):
    """That a proposal is on the shortlist, or was: by the rule, or for a public reason.

    How it stands now. ``ShortlistChange`` keeps every step.
    """

    __tablename__ = "shortlist_entry"
    __table_args__ = (UniqueConstraint("campaign_id", "proposal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey(Group.id), index=True)
    """Who reviews it."""
    round_id: Mapped[int | None] = mapped_column(ForeignKey(Round.id), index=True)
    """In which scoring of that group."""
    position: Mapped[int]
    by_rule: Mapped[bool]
    entered_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    added_reason: Mapped[str | None]
    """None: by the rule, or because it was restored after voting had opened."""
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    removed_reason: Mapped[str | None]

    campaign: Mapped[Campaign] = relationship()
    proposal: Mapped[Proposal] = relationship()
    group: Mapped[Group | None] = relationship()
    round: Mapped[Round | None] = relationship()
    added_by: Mapped[Account | None] = relationship(foreign_keys=[added_by_id])
    removed_by: Mapped[Account | None] = relationship(foreign_keys=[removed_by_id])

    @property
    def is_on_list(self) -> bool:
        return self.removed_at is None

    @property
    def is_without_count(self) -> bool:
        """Restored after voting had opened: it goes to the group, and nobody could count it."""
        return not self.by_rule and self.added_reason is None

    @property
    def scores_are_open(self) -> bool:
        """Whether anybody may be shown what others than themselves think of it."""
        return self.round is not None and self.round.opened_at is not None


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    LEFT = "left"
    """Hidden or withdrawn after the shortlist was made."""
    RETURNED = "returned"
    """Restored after having left."""


class ShortlistChange(Base):
    """One change that people made to the shortlist, with its public reason. Insert-only."""

    __tablename__ = "shortlist_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey(ShortlistEntry.id), index=True)
    kind: Mapped[ChangeKind]
    reason: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    """None: it followed from what became of the proposal."""

    changed_by: Mapped[Account | None] = relationship()


class ConflictOfInterest(Base):
    """A member's declaration for one proposal; while it stands they are recused."""

    __tablename__ = "conflict_of_interest"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey(ShortlistEntry.id), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    reason: Mapped[str]
    declared_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    entry: Mapped[ShortlistEntry] = relationship()
    account: Mapped[Account] = relationship()


class Assessment(Base):
    """One seat's scores; sealed from everybody but who wrote them until the round opens."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("entry_id", "seat_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey(ShortlistEntry.id))
    seat_id: Mapped[int] = mapped_column(ForeignKey(Membership.id))
    """The member's own seat, also when a substitute scores: one seat, one voice."""
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    impact: Mapped[int]
    feasibility: Mapped[int]
    openness: Mapped[int]
    clarity: Mapped[int]
    recommendation: Mapped[Recommendation]
    ground: Mapped[str]
    language: Mapped[str]
    """In which the ground is written."""
    assessed_at: Mapped[datetime]

    entry: Mapped[ShortlistEntry] = relationship()
    seat: Mapped[Membership] = relationship()
    account: Mapped[Account] = relationship()


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
