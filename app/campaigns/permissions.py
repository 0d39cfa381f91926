"""Who may read, make and run a campaign."""

from typing import Any

from sqlalchemy import Select, false, select

from app.accounts.models import Account
from app.accounts.roles import ADMINISTRATOR, OBSERVER
from app.campaigns import stages
from app.campaigns.models import Campaign
from app.campaigns.queries import every_campaign, organised_by
from app.campaigns.roles import MODERATOR, ORGANISER, campaign_of
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.language import _
from app.foundation.permissions import Condition, Permission, Role


def _is_announced(subject: Any) -> bool:
    return campaign_of(subject).announced_at is not None


def _reads(actor: Actor, subject: Any) -> bool:
    return _is_announced(subject)


def _readers(subject: Any) -> Select[Any]:
    everyone = select(Account.id)
    return everyone if _is_announced(subject) else everyone.where(false())


READER = Role("reader", held_by=_reads, holders=_readers)
"""Everyone, as soon as the campaign is announced."""


def _in_preparation(subject: Any) -> bool:
    return campaign_of(subject).announced_at is None


def _is_running(subject: Any) -> bool:
    return stages.is_running(campaign_of(subject), clock.now())


def _is_open(subject: Any) -> bool:
    campaign = campaign_of(subject)
    return campaign.cancelled_at is None and campaign.concluded_at is None


def _voting_has_not_opened(subject: Any) -> bool:
    return not stages.voting_has_opened(campaign_of(subject), clock.now())


def _takes_votes(subject: Any) -> bool:
    return stages.takes_votes(campaign_of(subject), clock.now())


IN_PREPARATION = Condition(_in_preparation, _("This campaign has already been announced."))
IS_RUNNING = Condition(
    _is_running, _("This can only be done while a campaign is announced and not ended.")
)
IS_OPEN = Condition(_is_open, _("This campaign has ended."))
BEFORE_VOTING = Condition(
    _voting_has_not_opened,
    _("Voting has opened: what was promised before it cannot be changed any more."),
)
WHILE_VOTING = Condition(_takes_votes, _("Voting is not open now."))

_NOT_AN_ORGANISER = _("Only the organisers of this campaign can do this.")

SEE_CAMPAIGN = Permission(
    "campaigns.see",
    granted_to=[READER, ORGANISER, MODERATOR, OBSERVER, ADMINISTRATOR],
    otherwise=_("This campaign has not been announced yet."),
)
CREATE_CAMPAIGN = Permission(
    "campaigns.create",
    granted_to=[ADMINISTRATOR],
    otherwise=_("Only an administrator can create a campaign."),
)
SEE_DESK = Permission(
    "campaigns.see_desk",
    granted_to=[ORGANISER, ADMINISTRATOR, OBSERVER],
    otherwise=_NOT_AN_ORGANISER,
)
CHANGE_WORDS = Permission(
    "campaigns.change_words",
    granted_to=[ORGANISER],
    provided=[IS_OPEN],
    otherwise=_NOT_AN_ORGANISER,
)
CHANGE_THEMES = Permission(
    "campaigns.change_themes",
    granted_to=[ORGANISER],
    provided=[IS_OPEN],
    otherwise=_NOT_AN_ORGANISER,
)
CHANGE_THEME_LIST = Permission(
    "campaigns.change_theme_list",
    granted_to=[ORGANISER],
    provided=[IS_OPEN, BEFORE_VOTING],
    otherwise=_NOT_AN_ORGANISER,
)
SET_DATES = Permission(
    "campaigns.set_dates",
    granted_to=[ORGANISER],
    provided=[IN_PREPARATION],
    otherwise=_NOT_AN_ORGANISER,
)
CHANGE_PROMISES = Permission(
    "campaigns.change_promises",
    granted_to=[ORGANISER],
    provided=[IS_OPEN, BEFORE_VOTING],
    otherwise=_NOT_AN_ORGANISER,
)
ANNOUNCE_CAMPAIGN = Permission(
    "campaigns.announce",
    granted_to=[ORGANISER],
    provided=[IN_PREPARATION],
    otherwise=_NOT_AN_ORGANISER,
)
MOVE_DATE = Permission(
    "campaigns.move_date",
    granted_to=[ORGANISER],
    provided=[IS_RUNNING],
    otherwise=_NOT_AN_ORGANISER,
)
PROLONG_VOTING = Permission(
    "campaigns.prolong_voting",
    granted_to=[ORGANISER],
    provided=[WHILE_VOTING],
    otherwise=_NOT_AN_ORGANISER,
)
CANCEL_CAMPAIGN = Permission(
    "campaigns.cancel",
    granted_to=[ORGANISER],
    provided=[IS_RUNNING],
    otherwise=_NOT_AN_ORGANISER,
)
APPOINT = Permission(
    "campaigns.appoint",
    granted_to=[ORGANISER, ADMINISTRATOR],
    provided=[IS_OPEN],
    otherwise=_("Only organisers and administrators can give and take offices."),
)


def sees_unannounced(actor: Actor) -> bool:
    """Whether somebody reads every campaign in preparation, by an office of the whole house."""
    return any(role.held_by(actor, None) for role in (OBSERVER, ADMINISTRATOR))


def desks_of(account: Account) -> Select[Campaign]:
    """Every campaign whose desk this person may open, the newest first."""
    return every_campaign() if sees_unannounced(account) else organised_by(account.id)
