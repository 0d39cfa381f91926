"""Supporting through the JSON interface: the same acts as on the pages, for who is signed in there.

The cookie says who asks and the header ``X-CSRFToken`` that the request is ours. The proposal
stands in the body, never in the address.
"""

from apiflask import APIBlueprint, Schema
from apiflask.fields import Boolean, List, String
from apiflask.validators import Length

from app.campaigns.models import Campaign
from app.campaigns.permissions import SEE_CAMPAIGN
from app.campaigns.queries import by_slug
from app.foundation.language import _
from app.foundation.refusals import Conflict, NotFound
from app.http.requests import actor, may_see, permission_required, signed_in
from app.proposals.models import Proposal
from app.proposals.permissions import READ_PROPOSAL
from app.proposals.queries import by_reference
from app.voting import actions, queries
from app.voting.keys import KeyMissing
from app.voting.permissions import SEE_OWN_SUPPORT, SUPPORT, WITHDRAW_SUPPORT

bp = APIBlueprint("api_voting", __name__, url_prefix="/api/v1/campaigns/<slug>/support")


class Named(Schema):
    """Which proposal is meant."""

    proposal = String(required=True, validate=Length(1, 60), metadata={"example": "OGP5-0042"})


class Given(Named):
    """A support; ``consent`` is the version of the consent that was agreed to."""

    consent = String(load_default=None, allow_none=True, validate=Length(max=20))


class Recorded(Schema):
    """What a voter keeps."""

    proposal = String()
    code = String(metadata={"description": "The first 12 hex digits of the commitment."})
    commitment = String()
    is_new = Boolean(metadata={"description": "False when this was supported already."})


class Withdrawn(Schema):
    was_there = Boolean()


class Supported(Schema):
    proposals = List(String())


@bp.put("")
@permission_required(SUPPORT)
@bp.input(Given, location="json")
@bp.output(Recorded)
@bp.doc(summary="Support a proposal", description="Twice is harmless.")
def support(slug: str, json_data: dict[str, str | None]) -> dict[str, object]:
    campaign = _campaign(slug)
    proposal = _proposal(campaign, json_data["proposal"])
    receipt = actions.support(campaign, proposal, consent=json_data["consent"], by=actor())
    return {
        "proposal": proposal.reference,
        "code": receipt.code,
        "commitment": receipt.commitment,
        "is_new": receipt.is_new,
    }


@bp.delete("")
@permission_required(WITHDRAW_SUPPORT)
@bp.input(Named, location="json")
@bp.output(Withdrawn)
@bp.doc(summary="Take a support back", description="Twice is harmless.")
def withdraw(slug: str, json_data: dict[str, str]) -> dict[str, bool]:
    campaign = _campaign(slug)
    proposal = _proposal(campaign, json_data["proposal"])
    return {"was_there": actions.withdraw_support(campaign, proposal, by=actor())}


@bp.get("")
@permission_required(SEE_OWN_SUPPORT)
@bp.output(Supported)
@bp.doc(summary="What I support in a campaign", description="For nobody else.")
def supported(slug: str) -> dict[str, list[str]]:
    try:
        choices = queries.all_choices_of(signed_in().id, _campaign(slug))
    except KeyMissing as problem:
        raise Conflict(_("The register of votes cannot be reached at the moment.")) from problem
    return {"proposals": sorted(choice.proposal for choice in choices)}


def _campaign(slug: str) -> Campaign:
    return may_see(SEE_CAMPAIGN, by_slug(slug))


def _proposal(campaign: Campaign, reference: str | None) -> Proposal:
    proposal = may_see(READ_PROPOSAL, by_reference(reference or ""))
    if proposal.campaign_id != campaign.id:
        raise NotFound
    return proposal
