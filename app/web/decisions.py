"""The public register of moderation decisions."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.campaigns.models import Campaign
from app.campaigns.permissions import SEE_CAMPAIGN
from app.campaigns.queries import by_slug
from app.foundation.paging import page_of
from app.http.caching import cacheable
from app.http.requests import actor, found, open_to_everyone, page_number
from app.moderation import queries
from app.moderation.models import Decision
from app.moderation.permissions import APPEAL
from app.moderation.roles import CONCERNED
from app.moderation.rules import WORDS
from app.proposals.permissions import READ_PROPOSAL

bp = Blueprint("decisions", __name__)


@bp.get("/campaigns/<slug>/decisions/")
@open_to_everyone
@cacheable
def register(slug: str) -> ResponseReturnValue:
    campaign = _public(by_slug(slug))
    return render_template(
        "decisions/register.html",
        campaign=campaign,
        page=page_of(queries.register_of(campaign), page_number()),
        rule_words=WORDS,
    )


@bp.get("/decisions/<int:number>")
@open_to_everyone
@cacheable
def decision(number: int) -> ResponseReturnValue:
    """One decision; whoever it concerns finds here how to appeal it."""
    asked = found(queries.decision(number))
    _public(asked.campaign)
    return render_template(
        "decisions/decision.html",
        decision=asked,
        rule_words=WORDS,
        has_page=_has_page(asked),
        is_concerned=CONCERNED.held_by(actor(), asked),
        reason_not=APPEAL.refusal(actor(), asked),
    )


def _public(campaign: Campaign | None) -> Campaign:
    if campaign is None or not SEE_CAMPAIGN.allows(actor(), campaign):
        abort(404)
    return campaign


def _has_page(decision: Decision) -> bool:
    """Whether whoever asks may follow a link to what it is about."""
    return decision.proposal is not None and READ_PROPOSAL.allows(actor(), decision.proposal)
