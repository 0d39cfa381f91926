"""The register of moderators' decisions as data."""

from typing import Any

from apiflask import APIBlueprint
from flask import abort

from app.api.v1.shapes.decisions import RegisterShape
from app.campaigns.permissions import SEE_CAMPAIGN
from app.campaigns.queries import by_slug
from app.foundation.paging import page_of
from app.http.caching import cacheable
from app.http.requests import actor, open_to_everyone, page_number
from app.moderation.matters import split
from app.moderation.models import Decision
from app.moderation.queries import register_of

bp = APIBlueprint("api_decisions", __name__, url_prefix="/api/v1", tag="Moderation")

SIZE = 100


@bp.get("/campaigns/<slug>/decisions")
@open_to_everyone
@cacheable
@bp.output(RegisterShape)
@bp.doc(summary="Moderators' decisions, the newest first")
def decisions(slug: str) -> Any:
    """A hundred to a page; ``?page=2`` goes on. Never holds a hidden text nor a name."""
    campaign = by_slug(slug)
    if campaign is None or not SEE_CAMPAIGN.allows(actor(), campaign):
        abort(404)
    page = page_of(register_of(campaign), page_number(), size=SIZE)
    return {
        "campaign": campaign.slug,
        "total": page.total,
        "page": page.number,
        "pages": page.last,
        "decisions": [_shape(decision) for decision in page.rows],
    }


def _shape(decision: Decision) -> dict[str, Any]:
    kind, _number = split(decision.subject)
    appeal = decision.appeal
    return {
        "number": decision.id,
        "act": decision.act.value,
        "about": kind,
        "proposal": decision.proposal.reference if decision.proposal else None,
        "revision": decision.revision,
        "rule": decision.rule,
        "facts": decision.facts,
        "language": decision.language,
        "decided_at": decision.decided_at,
        "taken_back_at": decision.undone_at,
        "appeal": appeal
        and {
            "appealed_at": appeal.appealed_at,
            "outcome": appeal.outcome.value if appeal.outcome else None,
            "reasons": appeal.reasons,
            "reasons_language": appeal.reasons_language,
            "decided_at": appeal.decided_at,
        },
    }
