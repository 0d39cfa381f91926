"""Answers as open data."""

from typing import Any

from apiflask import APIBlueprint

from app.answers import queries
from app.answers.models import Answer
from app.api.v1.shapes.answers import AnswersShape
from app.campaigns import queries as campaigns
from app.campaigns.permissions import SEE_CAMPAIGN
from app.foundation.paging import page_of
from app.http.caching import cacheable
from app.http.requests import may_see, open_to_everyone, page_number

bp = APIBlueprint("api_answers", __name__, url_prefix="/api/v1", tag="Answers")

SIZE = 100


@bp.get("/campaigns/<slug>/answers")
@open_to_everyone
@cacheable
@bp.output(AnswersShape)
def answers(slug: str) -> Any:
    """Coverage and the answers in force, the newest first; a hundred to a page (``?page=2``)."""
    campaign = may_see(SEE_CAMPAIGN, campaigns.by_slug(slug))
    page = page_of(queries.in_force(campaign), page_number(), size=SIZE)
    outcomes = queries.outcomes_of(campaign)
    return {
        "campaign": campaign.slug,
        "coverage": queries.coverage(campaign),
        "outcomes": {outcome.value: count for outcome, count in outcomes.items()},
        "total": page.total,
        "page": page.number,
        "pages": page.last,
        "answers": [answer_as_json(each) for each in page.rows],
    }


def answer_as_json(answer: Answer) -> dict[str, Any]:
    return {
        "proposal": answer.proposal.reference,
        "number": answer.number,
        "outcome": answer.outcome.value,
        "text": answer.text,
        "language": answer.language,
        "referred_to": answer.referred_to,
        "on_behalf_of": answer.on_behalf_of,
        "answered_at": answer.answered_at,
        "answered_by": answer.answered_by.display_name,
    }
