"""Commitments as open data: whatever their pages say, their ancestry above all."""

from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from app import config
from app.api.v1.shapes.commitments import CommitmentShape, CommitmentsShape
from app.campaigns import queries as campaigns
from app.campaigns.permissions import SEE_CAMPAIGN
from app.commitments import queries
from app.commitments.models import Commitment, Field, Origin
from app.commitments.permissions import READ_COMMITMENT
from app.foundation.text import LocalizedText
from app.http.caching import cacheable
from app.http.requests import may_see, open_to_everyone
from app.proposals.standing import shows_text

bp = APIBlueprint("api_commitments", __name__, url_prefix="/api/v1", tag="Commitments")


@bp.get("/campaigns/<slug>/commitments")
@open_to_everyone
@cacheable
@bp.output(CommitmentsShape)
def commitments(slug: str) -> Any:
    """Every commitment that came out of a campaign."""
    campaign = may_see(SEE_CAMPAIGN, campaigns.by_slug(slug))
    counts = queries.origin_counts(campaign)
    return {
        "campaign": campaign.slug,
        "commitments": [
            {
                "id": each.id,
                "number": each.number,
                "title": wordings(each.current.title),
                "state": each.state.value,
                "page": _page(each),
                "proposals": counts.get(each.id, 0),
            }
            for each in queries.commitments_of(campaign)
        ],
    }


@bp.get("/commitments/<int:commitment_id>")
@open_to_everyone
@cacheable
@bp.output(CommitmentShape)
def commitment(commitment_id: int) -> Any:
    """One commitment as it stands, with every origin it ever had."""
    made = may_see(READ_COMMITMENT, queries.commitment(commitment_id))
    version, origins = made.current, queries.origins_of(made)
    withheld = queries.withheld_revisions(origins)
    return {
        "id": made.id,
        "number": made.number,
        "campaign": made.campaign.slug,
        "plan": made.plan.slug if made.plan else None,
        "state": made.state.value,
        "version": version.number,
        "texts": {part.value: wordings(version.text(part)) for part in Field},
        "lead_institution": version.lead_institution,
        "supporting": version.supporting,
        "starts_on": version.starts_on,
        "ends_on": version.ends_on,
        "milestones": [
            {
                "number": each.number,
                "title": wordings(each.title),
                "output": wordings(each.output),
                "starts_on": each.starts_on,
                "ends_on": each.ends_on,
                "responsible": each.responsible,
            }
            for each in queries.milestones_of(made)
        ],
        "origins": [origin_as_json(origin, withheld) for origin in origins],
        "consultation_opens_at": made.consultation_opens_at,
        "consultation_closes_at": made.consultation_closes_at,
        "approved_on": made.approved_on,
        "approval_act": wordings(made.approval_act),
        "approval_link": made.approval_link,
        "page": _page(made),
    }


def origin_as_json(origin: Origin, withheld: set[tuple[int, int]]) -> dict[str, Any]:
    """An origin with both quotes, unless the proposal's words were taken from sight."""
    proposal, retraction = origin.proposal, origin.retraction
    is_shown = proposal is None or (
        shows_text(proposal) and (proposal.id, origin.revision) not in withheld
    )
    return {
        "version": origin.version,
        "field": origin.field.value if origin.field else None,
        "passage": origin.passage,
        "proposal": proposal.reference if proposal else None,
        "revision": origin.revision,
        "proposal_field": origin.proposal_field,
        "proposal_passage": origin.proposal_passage if is_shown else None,
        "relation": origin.relation.value if origin.relation else None,
        "source_kind": origin.other_kind.value if origin.other_kind else None,
        "source": origin.other_source,
        "reason": origin.reason,
        "at": origin.written_at,
        "by": origin.written_by.display_name,
        "retraction": retraction
        and {
            "at": retraction.retracted_at,
            "by": retraction.retracted_by.display_name,
            "reason": retraction.reason,
        },
    }


def wordings(text: LocalizedText | None) -> dict[str, str]:
    return {"original": text.original_language, **text.wordings} if text else {}


def _page(made: Commitment) -> str:
    settings = config.settings()
    return settings.site_address + url_for(
        "commitments.commitment", commitment_id=made.id, language=settings.default_language
    )
