"""The reasoned answer that each proposal is owed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.foundation.db import Base
from app.proposals.models import Proposal


class Outcome(StrEnum):
    """What became of a proposal: the third column of DOMAIN.md's one vocabulary."""

    ADOPTED = "adopted"
    ADOPTED_IN_PART = "adopted_in_part"
    ADOPTED_TOGETHER = "adopted_together"
    TAKEN_INTO_ACCOUNT = "taken_into_account"
    ALREADY_COVERED = "already_covered"
    REFERRED = "referred"
    NOT_ADOPTED = "not_adopted"
    OUT_OF_SCOPE = "out_of_scope"


NEEDS_ORIGIN = frozenset(
    {
        Outcome.ADOPTED,
        Outcome.ADOPTED_IN_PART,
        Outcome.ADOPTED_TOGETHER,
        Outcome.TAKEN_INTO_ACCOUNT,
    }
)
"""An answer of these kinds needs a live origin when it is published."""


class Answer(Base):
    """One published answer; the one with the highest number is in force. Insert-only."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id))
    number: Mapped[int]
    outcome: Mapped[Outcome]
    language: Mapped[str]
    text: Mapped[str]
    """The reasons."""
    referred_to: Mapped[str | None]
    on_behalf_of: Mapped[str]
    """The institution that answers."""
    answered_at: Mapped[datetime]
    answered_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))

    proposal: Mapped[Proposal] = relationship()
    answered_by: Mapped[Account] = relationship()
