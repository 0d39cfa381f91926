"""What is held about whom: their scores, their conflicts of interest, what they concluded."""

from sqlalchemy import select

from app.accounts.holdings import Holdings, rows
from app.accounts.models import Account
from app.proposals.models import Proposal
from app.review.models import Assessment, Conclusion, ConflictOfInterest, ShortlistEntry


def held_about(person: Account) -> Holdings:
    return {
        "scores": rows(
            select(
                Proposal.reference.label("proposal"),
                Assessment.impact,
                Assessment.feasibility,
                Assessment.openness,
                Assessment.clarity,
                Assessment.recommendation,
                Assessment.ground,
                Assessment.assessed_at,
            )
            .join(ShortlistEntry, ShortlistEntry.id == Assessment.entry_id)
            .join(Proposal, Proposal.id == ShortlistEntry.proposal_id)
            .where(Assessment.account_id == person.id)
            .order_by(Assessment.id)
        ),
        "conflicts_of_interest": rows(
            select(
                Proposal.reference.label("proposal"),
                ConflictOfInterest.reason,
                ConflictOfInterest.declared_at,
                ConflictOfInterest.withdrawn_at,
            )
            .join(ShortlistEntry, ShortlistEntry.id == ConflictOfInterest.entry_id)
            .join(Proposal, Proposal.id == ShortlistEntry.proposal_id)
            .where(ConflictOfInterest.account_id == person.id)
            .order_by(ConflictOfInterest.id)
        ),
        "conclusions": rows(
            select(
                Proposal.reference.label("proposal"),
                Conclusion.number,
                Conclusion.recommendation,
                Conclusion.reasons,
                Conclusion.dissent,
                Conclusion.concluded_at,
            )
            .join(ShortlistEntry, ShortlistEntry.id == Conclusion.entry_id)
            .join(Proposal, Proposal.id == ShortlistEntry.proposal_id)
            .where(Conclusion.concluded_by_id == person.id)
            .order_by(Conclusion.id)
        ),
    }
