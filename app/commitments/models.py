"""Draft commitments, their versions, and where each came from."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.comments.models import Thread
from app.foundation.db import Base
from app.foundation.text import LocalizedText, LocalizedTextType
from app.groups.models import Group
from app.plans.models import Plan
from app.proposals.models import Proposal


class CommitmentState(StrEnum):
    DRAFT = "draft"
    CONSULTATION = "consultation"
    REVISED = "revised"
    FINAL = "final"
    APPROVED = "approved"


class Relation(StrEnum):
    """How a proposal lives on in a commitment: the second column of DOMAIN.md's vocabulary."""

    ADOPTED = "adopted"
    ADOPTED_IN_PART = "adopted_in_part"
    COMBINED = "combined"
    INSPIRED = "inspired"


class Field(StrEnum):
    """The fields of a commitment, after OGP's template."""

    TITLE = "title"
    PROBLEM = "problem"
    CAUSES = "causes"
    DONE = "done"
    SOLUTION = "solution"
    RESULTS = "results"
    TRANSPARENCY = "transparency"
    ACCOUNTABILITY = "accountability"
    PARTICIPATION = "participation"


class Commitment(Base):
    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey(Plan.id), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey(Group.id))
    number: Mapped[int]
    state: Mapped[CommitmentState] = mapped_column(default=CommitmentState.DRAFT)
    current_version: Mapped[int] = mapped_column(default=0)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    consultation_opens_at: Mapped[datetime | None]
    consultation_closes_at: Mapped[datetime | None]
    approved_on: Mapped[date | None]
    approval_act: Mapped[LocalizedText | None] = mapped_column(LocalizedTextType)
    approval_link: Mapped[str | None]

    campaign: Mapped[Campaign] = relationship()
    plan: Mapped[Plan | None] = relationship()
    group: Mapped[Group | None] = relationship()
    thread: Mapped[Thread] = relationship()
    current: Mapped["Version"] = relationship(
        primaryjoin=lambda: and_(
            Commitment.id == foreign(Version.commitment_id),
            Commitment.current_version == foreign(Version.number),
        ),
        viewonly=True,
        uselist=False,
    )
    """The text as it stands."""


class Version(Base):
    """One saved state of a commitment. Every save is a version; none changes afterwards."""

    __tablename__ = "commitment_version"

    commitment_id: Mapped[int] = mapped_column(ForeignKey(Commitment.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    lead_institution: Mapped[str] = mapped_column(default="")
    supporting: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    problem: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    causes: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    done: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    solution: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    results: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    transparency: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    accountability: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    participation: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    note: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    written_by: Mapped[Account] = relationship()

    def text(self, field: Field) -> LocalizedText:
        """What stands in one of the fields of the template."""
        kept: LocalizedText = getattr(self, field.value)
        return kept


class Milestone(Base):
    """One step of a commitment, as a version of it states it."""

    __tablename__ = "milestone"
    __table_args__ = (
        ForeignKeyConstraint(
            ["commitment_id", "version"],
            ["commitment_version.commitment_id", "commitment_version.number"],
        ),
    )

    commitment_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    output: Mapped[LocalizedText | None] = mapped_column(LocalizedTextType)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    responsible: Mapped[str] = mapped_column(default="")


class SourceKind(StrEnum):
    """Where a commitment may come from besides a proposal."""

    SURVEY = "survey"
    MEETING = "meeting"
    INSTITUTION = "institution"
    EXISTING_DUTY = "existing_duty"


class Origin(Base):
    """The trace: from a version of a commitment to a revision of a proposal. Insert-only."""

    __tablename__ = "origin"
    __table_args__ = (
        ForeignKeyConstraint(
            ["commitment_id", "version"],
            ["commitment_version.commitment_id", "commitment_version.number"],
        ),
        ForeignKeyConstraint(
            ["proposal_id", "revision"], ["revision.proposal_id", "revision.number"]
        ),
        Index("ix_origin_version", "commitment_id", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey(Commitment.id))
    version: Mapped[int]
    """The version of the commitment from which it holds."""
    field: Mapped[Field | None]
    passage: Mapped[str | None]
    """The quoted passage of the commitment."""
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey(Proposal.id), index=True)
    revision: Mapped[int | None]
    proposal_field: Mapped[str | None]
    proposal_passage: Mapped[str | None]
    relation: Mapped[Relation | None]
    other_kind: Mapped[SourceKind | None]
    other_source: Mapped[str | None]
    """Named when the origin is no proposal."""
    reason: Mapped[str]
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    is_promotion: Mapped[bool] = mapped_column(default=False)
    """Written by the one act that turned a shortlisted proposal into (a part of) a commitment."""

    commitment: Mapped[Commitment] = relationship(foreign_keys=[commitment_id], viewonly=True)
    proposal: Mapped[Proposal | None] = relationship(foreign_keys=[proposal_id], viewonly=True)
    written_by: Mapped[Account] = relationship()
    retraction: Mapped["Retraction | None"] = relationship(viewonly=True)

    @property
    def is_live(self) -> bool:
        return self.retraction is None


class Retraction(Base):
    """That an origin no longer holds, and why."""

    __tablename__ = "origin_retraction"

    origin_id: Mapped[int] = mapped_column(ForeignKey(Origin.id), primary_key=True)
    reason: Mapped[str]
    retracted_at: Mapped[datetime]
    retracted_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    retracted_by: Mapped[Account] = relationship()


class CommitmentStep(Base):
    """One change of a commitment's state: with which version, when, by whom, why. Insert-only."""

    __tablename__ = "commitment_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey(Commitment.id), index=True)
    was: Mapped[CommitmentState | None]
    became: Mapped[CommitmentState]
    version: Mapped[int]
    reason: Mapped[str]
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    taken_by: Mapped[Account] = relationship()
