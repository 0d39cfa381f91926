"""Who may support, and who may count."""

from app.accounts.roles import SIGNED_IN, VERIFIED
from app.campaigns.models import Assurance, Campaign
from app.campaigns.stages import Stage, stage_of, takes_votes, voting_has_closed
from app.foundation import clock
from app.foundation.language import Sentence, _
from app.foundation.permissions import Condition, Permission

CLOSED = _("Voting has closed. What was recorded before counts.")
NOT_YET = _("Voting has not opened yet.")
OVER = _("Nobody votes in this campaign here.")


def why_no_votes(campaign: Campaign) -> Sentence | None:
    """Why no support is taken at this moment, by the clock; None if it is."""
    at = clock.now()
    if campaign.is_imported or stage_of(campaign, at) in {Stage.DRAFT, Stage.CANCELLED}:
        return OVER
    if takes_votes(campaign, at):
        return None
    return CLOSED if voting_has_closed(campaign, at) else NOT_YET


CONDITIONS = (
    Condition(lambda campaign: why_no_votes(campaign) is not OVER, OVER),
    Condition(lambda campaign: why_no_votes(campaign) is not NOT_YET, NOT_YET),
    Condition(lambda campaign: why_no_votes(campaign) is None, CLOSED),
)

SUPPORT = Permission(
    "voting.support",
    granted_to=[SIGNED_IN],
    provided=CONDITIONS,
    otherwise=_("Only people who are signed in, and whose account is not suspended, can vote."),
)
SUPPORT_AS_VERIFIED = Permission(
    "voting.support_as_verified",
    granted_to=[VERIFIED],
    provided=CONDITIONS,
    otherwise=_("To vote in this campaign, first prove who you are through an identity provider."),
)
WITHDRAW_SUPPORT = Permission(
    "voting.withdraw_support",
    granted_to=[SIGNED_IN],
    provided=CONDITIONS,
    otherwise=_("Only people who are signed in, and whose account is not suspended, can do this."),
)
SEE_OWN_SUPPORT = Permission(
    "voting.see_own_support",
    granted_to=[SIGNED_IN],
    otherwise=_("Sign in to see what you support."),
)
OPEN_REGISTER = Permission(
    "voting.open_register", granted_to=[], otherwise=_("The clock does this, not a person.")
)
CLOSE_VOTING = Permission(
    "voting.close", granted_to=[], otherwise=_("The clock does this, not a person.")
)
LET_GO = Permission(
    "voting.let_go",
    granted_to=[],
    otherwise=_("This follows from other acts; nobody does it by hand."),
)
IMPORT_CONSULTATION = Permission(
    "voting.import",
    granted_to=[],
    otherwise=_("Only whoever runs the server can import a consultation."),
)


def permission_to_support(campaign: Campaign) -> Permission:
    """The permission that this campaign's way of knowing people asks for."""
    return SUPPORT_AS_VERIFIED if campaign.to_support is Assurance.VERIFIED else SUPPORT
