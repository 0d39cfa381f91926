"""Draft commitments, their versions, and where each came from."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
    group: Mapped[Group | None] = relationship()
    thread: Mapped[Thread] = relationship()


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
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey(Commitment.id), index=True)
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

    commitment: Mapped[Commitment] = relationship(foreign_keys=[commitment_id])
    proposal: Mapped[Proposal | None] = relationship(foreign_keys=[proposal_id])
    written_by: Mapped[Account] = relationship()


class Retraction(Base):
    """That an origin no longer holds, and why."""

    __tablename__ = "origin_retraction"

    origin_id: Mapped[int] = mapped_column(ForeignKey(Origin.id), primary_key=True)
    reason: Mapped[str]
    retracted_at: Mapped[datetime]
    retracted_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
