"""Reports, decisions with reasons, appeals; and who is working on what."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation.db import Base
from app.proposals.models import Proposal


class Report(Base):
    """Somebody, with or without an account, says that content breaks a rule."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_open", "campaign_id", "decision_id", "reported_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    subject: Mapped[str] = mapped_column(index=True)
    """``proposal:17`` or ``comment:3``."""
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey(Proposal.id))
    """The proposal that it is, or that it is a comment on; None: on a draft commitment."""
    rule: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    """Shown to nobody, moderators included."""
    reported_at: Mapped[datetime]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)


class DecisionAct(StrEnum):
    HIDE = "hide"
    KEEP = "keep"
    RETURN = "return"
    RESTORE = "restore"
    WITHHOLD = "withhold"
    SUSPEND = "suspend"
    LIFT = "lift"


class Decision(Base):
    """What a moderator decided: what rule, what facts, what follows. Public, but for the text."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    """Also its public number."""
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), index=True)
    subject: Mapped[str] = mapped_column(index=True)
    """``proposal:17``, ``comment:3`` or ``account:5``."""
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey(Proposal.id), index=True)
    revision: Mapped[int | None]
    """Which revision of the proposal was withheld."""
    concerns_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), index=True)
    """The person whose content or account it is; None where it takes nothing from anybody."""
    act: Mapped[DecisionAct]
    rule: Mapped[str]
    facts: Mapped[str]
    language: Mapped[str]
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))

    campaign: Mapped[Campaign] = relationship()
    proposal: Mapped[Proposal | None] = relationship()
    decided_by: Mapped[Account] = relationship(foreign_keys=[decided_by_id])
    appeal: Mapped["Appeal | None"] = relationship(back_populates="decision")


class AppealOutcome(StrEnum):
    UPHELD = "upheld"
    REJECTED = "rejected"


class Appeal(Base):
    """The person concerned asks once that somebody else looks again."""

    __tablename__ = "appeal"

    decision_id: Mapped[int] = mapped_column(ForeignKey(Decision.id), primary_key=True)
    text: Mapped[str]
    language: Mapped[str]
    appealed_at: Mapped[datetime]
    appealed_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    outcome: Mapped[AppealOutcome | None]
    reasons: Mapped[str | None]
    reasons_language: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))

    decision: Mapped[Decision] = relationship(back_populates="appeal")
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def campaign(self) -> Campaign:
        return self.decision.campaign


class Claim(Base):
    """A moderator is working on this, so that two do not decide it."""

    __tablename__ = "claim"

    subject: Mapped[str] = mapped_column(primary_key=True)
    """``proposal:17``, ``comment:3``, ``account:5``, or ``decision:9`` for its appeal."""
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    until: Mapped[datetime]

    account: Mapped[Account] = relationship()


class SavedPhrase(Base):
    """Words that a moderator often needs; each use must be made specific."""

    __tablename__ = "saved_phrase"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), index=True)
    language: Mapped[str]
    name: Mapped[str]
    text: Mapped[str]
    """Holds ``…`` where the specific must be said; it cannot be sent with that left in."""
    written_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    campaign: Mapped[Campaign] = relationship()
