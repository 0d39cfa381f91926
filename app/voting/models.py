"""Ballots that name nobody, and what was counted from them. TRUST.md gives the reasons.

``Ballot`` has no account, no moment and no sequence, and lies in the order of its tag: a dump
read row by row says nothing about who supported what. Only the register's key joins the two.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation.db import Base
from app.proposals.models import Proposal


class Consent(Base):
    """That somebody agreed, at their first support, to what it can reveal (GDPR article 9)."""

    __tablename__ = "consent"

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    text_version: Mapped[str]
    given_at: Mapped[datetime]


class Register(Base):
    """One campaign's register of votes."""

    __tablename__ = "register"

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    key_check: Mapped[str]
    """Derived from the key: a process with another key, or none, refuses to vote."""
    most: Mapped[int | None]
    """The limit per person, copied as voting opens; None: none."""
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    erased_people: Mapped[int] = mapped_column(default=0)
    """How many left after the close; their rows are gone, their slips stay counted."""
    erased_supports: Mapped[int] = mapped_column(default=0)


class Participation(Base):
    """How many supports somebody has given in a campaign; never to what."""

    __tablename__ = "participation"
    __table_args__ = (
        CheckConstraint("n >= 0 AND (most IS NULL OR n <= most)", name="within_limit"),
        {"sqlite_with_rowid": False},
    )

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    n: Mapped[int] = mapped_column(default=0)
    most: Mapped[int | None]


class HiddenWhileVoting(Base):
    """That a proposal was hidden while it could be supported: everybody got one place more.

    It keeps its count, takes no new support and stays off the shortlist.
    """

    __tablename__ = "hidden_while_voting"

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), primary_key=True)
    hidden_at: Mapped[datetime]


class BallotState(StrEnum):
    """Sealing and what follows it belong to the public register."""

    WAITING = "waiting"
    SEALED = "sealed"
    LEAVING = "leaving"
    RENEWED = "renewed"
    VOID = "void"


LIVE = (BallotState.WAITING, BallotState.SEALED, BallotState.RENEWED)
"""The states of a ballot that counts."""


class Ballot(Base):
    """A support, sealed in a box that only the register's key opens. Nothing else stands here."""

    __tablename__ = "ballot"
    __table_args__ = ({"sqlite_with_rowid": False},)

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    tag: Mapped[bytes] = mapped_column(primary_key=True)
    box: Mapped[bytes]
    state: Mapped[BallotState] = mapped_column(default=BallotState.WAITING)


class Tally(Base):
    """What was counted once voting had closed. Frozen."""

    __tablename__ = "tally"

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    participants: Mapped[int]
    """People with at least one support."""
    supports: Mapped[int]
    verified: Mapped[int]
    """How many of the participants had proved who they are."""
    eligible: Mapped[int | None]
    """Accounts that could have taken part as voting closed; None: not known (an import)."""
    counted_at: Mapped[datetime]


class Count(Base):
    """How many supported one proposal."""

    __tablename__ = "tally_count"

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Tally.campaign_id), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), primary_key=True)
    supports: Mapped[int]
    place: Mapped[int]
    """From 1; those with equal supports share a place."""
    place_in_theme: Mapped[int | None]

    proposal: Mapped[Proposal] = relationship()


class Shortlisted(Base):
    """What the rule that was fixed before voting gives. People's changes lie in ``review``."""

    __tablename__ = "shortlisted"

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Tally.campaign_id), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), primary_key=True)
    position: Mapped[int]
