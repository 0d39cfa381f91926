"""A consultation: its dates, rules, themes, and who runs it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.foundation.db import Base
from app.foundation.text import LocalizedText, LocalizedTextType
from app.groups.models import Group
from app.plans.models import Plan


class Pacing(StrEnum):
    """Whether submission ends before voting opens, or both run together (DOMAIN.md)."""

    IN_TURN = "in_turn"
    SIDE_BY_SIDE = "side_by_side"


class Assurance(StrEnum):
    """What a campaign asks of a person before they may do something."""

    EMAIL = "email"
    VERIFIED = "verified"


class Campaign(Base):
    """Where it stands follows from the clock and from three acts; see ``stages.py``."""

    __tablename__ = "campaign"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    reference_prefix: Mapped[str] = mapped_column(unique=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey(Plan.id))
    title: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    summary: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    text: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    rules_text: Mapped[LocalizedText | None] = mapped_column(LocalizedTextType)
    contact_organisation: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    contact_person: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str]
    contact_note: Mapped[LocalizedText | None] = mapped_column(LocalizedTextType)
    created_at: Mapped[datetime]

    # The acts. What lies between them is the clock's.
    announced_at: Mapped[datetime | None]
    short_notice_reason: Mapped[LocalizedText | None] = mapped_column(LocalizedTextType)
    """Why it was announced less than 14 days ahead (OGP minimum requirement 3.1)."""
    concluded_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]

    # Opening and closing moments; each closing moment is the first that is too late.
    pacing: Mapped[Pacing] = mapped_column(default=Pacing.IN_TURN)
    submission_opens_at: Mapped[datetime]
    submission_closes_at: Mapped[datetime]
    voting_opens_at: Mapped[datetime]
    voting_closes_at: Mapped[datetime]
    review_closes_at: Mapped[datetime]
    answers_due_at: Mapped[datetime]

    # The promises; none changes once voting is open.
    method: Mapped[str] = mapped_column(default="support")
    vote_limit: Mapped[int | None]
    """At most so many supports per person; None: as many as one finds right."""
    shortlist_rule: Mapped[dict[str, Any]]
    """As in TRUST.md's rules.json: ``{"k":10,"rule":"top"}``, ``{"n":50,"rule":"at-least"}`` …"""
    minimum_age: Mapped[int] = mapped_column(default=16)
    to_propose: Mapped[Assurance] = mapped_column(default=Assurance.EMAIL)
    to_comment: Mapped[Assurance] = mapped_column(default=Assurance.EMAIL)
    to_support: Mapped[Assurance] = mapped_column(default=Assurance.EMAIL)
    conclusion_before_promotion: Mapped[bool] = mapped_column(default=True)
    is_imported: Mapped[bool] = mapped_column(default=False)
    """Replayed from a published consultation: nobody takes part in it here."""
    last_number: Mapped[int] = mapped_column(default=0)
    """The number of the newest proposal; references count on from it."""

    plan: Mapped[Plan | None] = relationship()


class Theme(Base):
    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("campaign_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    key: Mapped[str]
    name: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    hint: Mapped[LocalizedText | None] = mapped_column(LocalizedTextType)
    position: Mapped[int]
    group_id: Mapped[int | None] = mapped_column(ForeignKey(Group.id))
    """The working group that reviews what is shortlisted in this theme."""

    campaign: Mapped[Campaign] = relationship()
    group: Mapped[Group | None] = relationship()


class CampaignOffice(StrEnum):
    ORGANISER = "organiser"
    MODERATOR = "moderator"


class CampaignAppointment(Base):
    """That somebody holds, or held, an office in one campaign, and why."""

    __tablename__ = "campaign_appointment"
    __table_args__ = (Index("ix_campaign_appointment_held", "account_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    office: Mapped[CampaignOffice]
    reason: Mapped[str]
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    end_reason: Mapped[str | None]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    campaign: Mapped[Campaign] = relationship()


class DateChange(Base):
    """That a future date was moved, from when to when, and the public reason."""

    __tablename__ = "date_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), index=True)
    which: Mapped[str]
    """The column's name, such as ``submission_closes_at``."""
    was: Mapped[datetime]
    now: Mapped[datetime]
    reason: Mapped[str]
    is_prolongation: Mapped[bool] = mapped_column(default=False)
    """Voting prolonged while open, once, for an outage."""
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    """None: on the command line."""

    changed_by: Mapped[Account | None] = relationship()


class PromiseChange(Base):
    """That a promise was changed between the announcement and the vote, and the public reason."""

    __tablename__ = "promise_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), index=True)
    was: Mapped[dict[str, Any]]
    """What it was before, by the names of the columns that differ."""
    now: Mapped[dict[str, Any]]
    reason: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))

    changed_by: Mapped[Account | None] = relationship()


class StageAnnouncement(Base):
    """That a stage's beginning was published, so that a second clock does not do it again."""

    __tablename__ = "stage_announcement"

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    announced_at: Mapped[datetime]
