"""Reports, decisions with reasons, appeals; and who is working on what."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation.db import Base


class Report(Base):
    """Somebody, with or without an account, says that content breaks a rule."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), index=True)
    subject: Mapped[str] = mapped_column(index=True)
    """``proposal:17`` or ``comment:3``."""
    rule: Mapped[str]
    text: Mapped[str]
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    reported_at: Mapped[datetime]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))


class DecisionAct(StrEnum):
    HIDE = "hide"
    KEEP = "keep"
    RETURN = "return"
    RESTORE = "restore"
    WITHHOLD = "withhold"
    SUSPEND = "suspend"


class Decision(Base):
    """What a moderator decided: what rule, what facts, what follows. Public, but for the text."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    """Also its public number."""
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), index=True)
    subject: Mapped[str] = mapped_column(index=True)
    concerns_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), index=True)
    """The person whose content or account it is."""
    act: Mapped[DecisionAct]
    rule: Mapped[str]
    facts: Mapped[str]
    language: Mapped[str]
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))

    decided_by: Mapped[Account] = relationship(foreign_keys=[decided_by_id])


class AppealOutcome(StrEnum):
    UPHELD = "upheld"
    REJECTED = "rejected"


class Appeal(Base):
    """The person concerned asks once that somebody else looks again."""

    __tablename__ = "appeal"

    decision_id: Mapped[int] = mapped_column(ForeignKey(Decision.id), primary_key=True)
    text: Mapped[str]
    appealed_at: Mapped[datetime]
    appealed_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    outcome: Mapped[AppealOutcome | None]
    reasons: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))

    decision: Mapped[Decision] = relationship()


class Claim(Base):
    """A moderator is working on this, so that two do not decide it."""

    __tablename__ = "claim"

    subject: Mapped[str] = mapped_column(primary_key=True)
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
