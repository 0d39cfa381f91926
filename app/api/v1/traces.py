"""The whole way of a proposal, a commitment and a campaign as open data."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint

from app.api.v1.commitments import origin_as_json, wordings
from app.api.v1.shapes.traces import CampaignTraceShape, CommitmentTraceShape, ProposalTraceShape
from app.campaigns import queries as campaigns
from app.campaigns.permissions import SEE_CAMPAIGN
from app.commitments import queries as commitments
from app.commitments.permissions import READ_COMMITMENT
from app.http.caching import cacheable
from app.http.requests import may_see, open_to_everyone
from app.proposals import queries as proposals
from app.proposals.permissions import READ_PROPOSAL
from app.trace import queries
from app.trace.flow import End, flow_of
from app.trace.lineage import Knot, of_commitment, of_proposal

bp = APIBlueprint("api_traces", __name__, url_prefix="/api/v1", tag="Traces")


@bp.get("/proposals/<reference>/trace")
@open_to_everyone
@cacheable
@bp.output(ProposalTraceShape)
def proposal_trace(reference: str) -> Any:
    """Everything that happened to one proposal; each with who, when, why."""
    proposal = may_see(READ_PROPOSAL, proposals.by_reference(reference))
    target = proposal.merged_into
    return {
        "proposal": proposal.reference,
        "campaign": proposal.campaign.slug,
        "state": proposal.state.value,
        "merged_into": target.reference if target else None,
        "knots": [_knot(knot) for knot in of_proposal(queries.rows_of_proposal(proposal))],
    }


@bp.get("/commitments/<int:commitment_id>/trace")
@open_to_everyone
@cacheable
@bp.output(CommitmentTraceShape)
def commitment_trace(commitment_id: int) -> Any:
    """A commitment's whole ancestry, passage by passage, and its own way."""
    made = may_see(READ_COMMITMENT, commitments.commitment(commitment_id))
    rows = queries.rows_of_commitment(made)
    withheld = commitments.withheld_revisions(rows.origins)
    return {
        "commitment": made.id,
        "number": made.number,
        "campaign": made.campaign.slug,
        "state": made.state.value,
        "origins": [origin_as_json(origin, withheld) for origin in rows.origins],
        "knots": [_knot(knot) for knot in of_commitment(rows)],
    }


@bp.get("/campaigns/<slug>/trace")
@open_to_everyone
@cacheable
@bp.output(CampaignTraceShape)
def campaign_trace(slug: str) -> Any:
    """What became of everything that was ever public in a campaign; the numbers add up."""
    campaign = may_see(SEE_CAMPAIGN, campaigns.by_slug(slug))
    flow = flow_of(campaign)
    return {
        "campaign": campaign.slug,
        "total": flow.total,
        "withdrawn": flow.withdrawn,
        "hidden": flow.hidden,
        "merged": flow.merged,
        "shortlisted": flow.shortlisted,
        "adopted": flow.adopted,
        "answered_otherwise": flow.answered_otherwise,
        "waiting": flow.waiting,
        "ends": [_end(end) for end in flow.ends],
    }


def _knot(knot: Knot) -> dict[str, Any]:
    facts = {
        name: fact.isoformat() if isinstance(fact, date) else fact
        for name, fact in knot.facts.items()
    }
    return {
        "kind": knot.kind.value,
        "at": knot.at,
        "by": knot.by,
        "why": knot.why,
        "language": knot.language,
        "facts": facts,
    }


def _end(end: End) -> dict[str, Any]:
    return {
        "kind": end.kind.value,
        "outcome": end.outcome.value if end.outcome else None,
        "commitment": end.commitment.id if end.commitment else None,
        "title": wordings(end.commitment.current.title if end.commitment else None),
        "own": end.own,
        "merged": end.merged,
        "shortlisted": end.shortlisted,
    }
