"""What a group thinks of a proposal, as pages and data say it: never who scored what."""

from collections.abc import Callable, Sequence
from typing import Any

from app.accounts.models import Account
from app.campaigns import stages
from app.foundation import clock
from app.proposals.models import Proposal
from app.proposals.standing import shows_text
from app.review import queries
from app.review.criteria import RECOMMENDATIONS, spreads_of
from app.review.models import Assessment, Conclusion, ShortlistEntry


def name_of(account: Account | None) -> str:
    """The name somebody chose; nothing once they have left."""
    return account.display_name if account and account.erased_at is None else ""


def shortlist_facts(proposal: Proposal) -> dict[str, Any] | None:
    """What a proposal's page says about the shortlist; None if there is nothing to say.

    Costs nothing before voting has closed, afterwards at most two SELECTs.
    """
    if not stages.voting_has_closed(proposal.campaign, clock.now()):
        return None
    found = queries.standing_of(proposal)
    if found is None:
        return None
    entry = found.entry
    scores = queries.open_assessments([entry.id]) if entry.scores_are_open else {}
    return {
        "entry": entry,
        "count": found.count,
        "conclusion": found.conclusion,
        "spreads": spreads_of(scores.get(entry.id, [])),
    }


def opinion_as_json(
    entry: ShortlistEntry, scores: Sequence[Assessment], conclusion: Conclusion | None
) -> dict[str, Any]:
    """Medians, spreads and the conclusion, as everybody may read them."""
    return {
        "proposal": entry.proposal.reference,
        "group": entry.group.slug if entry.group else None,
        "scored_by": len(scores),
        "scores": {
            spread.criterion.key: {
                "median": spread.median,
                "lowest": spread.lowest,
                "highest": spread.highest,
                "scores": list(spread.scores),
            }
            for spread in spreads_of(scores)
        },
        "conclusion": conclusion_as_json(conclusion),
    }


def conclusion_as_json(conclusion: Conclusion | None) -> dict[str, Any] | None:
    if conclusion is None:
        return None
    return {
        "number": conclusion.number,
        "recommendation": conclusion.recommendation.value,
        "reasons": conclusion.reasons,
        "dissent": conclusion.dissent,
        "referred_to": conclusion.referred_to,
        "language": conclusion.language,
        "concluded_at": conclusion.concluded_at.isoformat(),
        "concluded_by": name_of(conclusion.concluded_by),
    }


FOR_TEMPLATES: dict[str, Callable[..., Any]] = {
    "shortlist_facts": shortlist_facts,
    "recommendation_name": RECOMMENDATIONS.__getitem__,
    "name_of": name_of,
    "shows_text": shows_text,
}
"""What any page may call; ``shortlists/on_proposal.html`` does."""
