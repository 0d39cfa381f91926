"""The whole way of a proposal, a commitment, a campaign."""

import textwrap

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.answers.vocabulary import OUTCOMES
from app.campaigns import queries as campaigns
from app.campaigns.permissions import SEE_CAMPAIGN
from app.commitments import queries as commitments
from app.commitments.permissions import READ_COMMITMENT
from app.commitments.vocabulary import FIELDS, RELATIONS, SOURCES
from app.http.caching import cacheable
from app.http.requests import may_see, open_to_everyone
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.proposals.permissions import READ_PROPOSAL
from app.trace import queries
from app.trace.drawing import ACROSS, DOWN, drawn
from app.trace.flow import flow_of
from app.trace.lineage import of_commitment, of_proposal

bp = Blueprint("traces", __name__)


@bp.get("/proposals/<reference>/trace")
@open_to_everyone
@cacheable
def proposal_trace(reference: str) -> ResponseReturnValue:
    """Everything that happened to one proposal; each with who, when, why."""
    proposal: Proposal = may_see(READ_PROPOSAL, proposals.by_reference(reference))
    rows = queries.rows_of_proposal(proposal)
    return render_template(
        "traces/proposal.html",
        proposal=proposal,
        campaign=proposal.campaign,
        knots=of_proposal(rows),
        is_answered=bool(rows.answers),
        commitments=list(rows.commitments.values()),
        fields=FIELDS,
        source_names=SOURCES,
    )


@bp.get("/commitments/<int:commitment_id>/trace")
@open_to_everyone
@cacheable
def commitment_trace(commitment_id: int) -> ResponseReturnValue:
    """A commitment's whole ancestry, passage by passage with both quotes, and its own way."""
    made = may_see(READ_COMMITMENT, commitments.commitment(commitment_id))
    rows = queries.rows_of_commitment(made)
    live = [origin for origin in rows.origins if origin.is_live]
    behind = list(
        {origin.proposal.id: origin.proposal for origin in live if origin.proposal}.values()
    )
    return render_template(
        "traces/commitment.html",
        here="commitments",
        commitment=made,
        campaign=made.campaign,
        knots=of_commitment(rows),
        origins=live,
        withheld=commitments.withheld_revisions(live),
        behind=behind,
        counts=queries.counts_of(behind),
        conclusions=queries.conclusions_on(behind),
        merged=queries.merged_into(behind),
        fields=FIELDS,
        relations=RELATIONS,
        source_names=SOURCES,
    )


@bp.get("/campaigns/<slug>/trace")
@open_to_everyone
@cacheable
def campaign_trace(slug: str) -> ResponseReturnValue:
    """A whole campaign in one picture, and the same in words."""
    campaign = may_see(SEE_CAMPAIGN, campaigns.by_slug(slug))
    flow = flow_of(campaign)
    return render_template(
        "traces/campaign.html",
        campaign=campaign,
        flow=flow,
        across=drawn(flow, ACROSS, downwards=False),
        down=drawn(flow, DOWN, downwards=True),
        outcomes=OUTCOMES,
        two_lines=two_lines,
    )


def two_lines(title: str, most: int = 24) -> list[str]:
    """A title as the picture has room for it: at most two lines, cut at a word."""
    lines = textwrap.wrap(title, most, max_lines=2, placeholder="…")
    return [line.replace(",…", "…") for line in lines]
