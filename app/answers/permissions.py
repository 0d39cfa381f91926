"""Who may answer and conclude, and the sentence that says why not."""

from app.accounts.roles import OBSERVER
from app.campaigns import stages
from app.campaigns.models import Campaign
from app.campaigns.roles import MODERATOR, ORGANISER, campaign_of
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.language import _
from app.foundation.permissions import Condition, Permission
from app.proposals.models import Proposal, State


def _is_owed_one(subject: Campaign | Proposal) -> bool:
    return isinstance(subject, Campaign) or subject.state is State.PUBLISHED


def _is_not_cancelled(subject: Campaign | Proposal) -> bool:
    return campaign_of(subject).cancelled_at is None


def _voting_is_over(subject: Campaign | Proposal) -> bool:
    return stages.voting_has_closed(campaign_of(subject), clock.now())


def _has_not_ended(campaign: Campaign) -> bool:
    return campaign.concluded_at is None and campaign.cancelled_at is None


def _is_answering(campaign: Campaign) -> bool:
    return stages.stage_of(campaign, clock.now()) is Stage.ANSWERING


ANSWER_PROPOSAL = Permission(
    "answers.answer",
    granted_to=[MODERATOR],
    provided=[
        Condition(
            _is_not_cancelled,
            otherwise=_("This campaign was cancelled, so nothing in it is answered."),
        ),
        Condition(
            _is_owed_one,
            otherwise=_(
                "Only a published proposal is answered. A merged one shares the answer of the "
                "proposal it went into; a withdrawn or hidden one has its own reason."
            ),
        ),
        Condition(
            _voting_is_over,
            otherwise=_("Proposals are answered once voting has closed."),
        ),
    ],
    otherwise=_("Only a moderator of this campaign can answer."),
)
CONCLUDE_CAMPAIGN = Permission(
    "answers.conclude",
    granted_to=[ORGANISER],
    provided=[
        Condition(_has_not_ended, otherwise=_("This campaign has already ended.")),
        Condition(
            _is_answering,
            otherwise=_("A campaign can be concluded once its review has closed."),
        ),
    ],
    otherwise=_("Only an organiser of this campaign can conclude it."),
)
SEE_DESK = Permission(
    "answers.see_desk",
    granted_to=[MODERATOR, ORGANISER, OBSERVER],
    otherwise=_("Only moderators and organisers of this campaign can see this desk."),
)
