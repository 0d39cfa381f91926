"""Who may change the shortlist, score, see scores and conclude."""

from typing import Any

from app.accounts.roles import OBSERVER
from app.campaigns import stages
from app.campaigns.roles import MODERATOR, ORGANISER, campaign_of
from app.foundation import clock
from app.foundation.language import _
from app.foundation.permissions import Condition, Permission
from app.groups.roles import CHAIR, MEMBER
from app.review.queries import shortlist_is_published


def _published(subject: Any) -> bool:
    return shortlist_is_published(campaign_of(subject))


def _runs(subject: Any) -> bool:
    return stages.is_running(campaign_of(subject), clock.now())


def _is_reviewed_now(subject: Any) -> bool:
    return stages.stage_of(campaign_of(subject), clock.now()) is stages.Stage.REVIEW


PUBLISHED = Condition(_published, _("The shortlist has not been made yet: voting comes first."))
RUNNING = Condition(_runs, _("This campaign is over; nothing of its review changes any more."))
IN_REVIEW = Condition(
    _is_reviewed_now, _("Scores are taken only while the campaign is in its review stage.")
)
SEALED = Condition(
    lambda subject: not subject.scores_are_open,
    _("The scores have been opened; nobody scores this proposal any more."),
)
OPENED = Condition(
    lambda subject: subject.scores_are_open,
    _("The scores are sealed until all are in, or until the chair closes the round."),
)
ON_LIST = Condition(
    lambda subject: subject.is_on_list, _("This proposal is not on the shortlist any more.")
)

MAKE_SHORTLIST = Permission(
    "review.make_shortlist",
    granted_to=[],
    otherwise=_("The shortlist follows from the tally; nobody makes it by hand."),
)
CHANGE_SHORTLIST = Permission(
    "review.change_shortlist",
    granted_to=[MODERATOR],
    provided=[PUBLISHED, RUNNING],
    otherwise=_("Only a moderator of this campaign can change the shortlist."),
)
ASSIGN_REVIEW = Permission(
    "review.assign",
    granted_to=[MODERATOR, ORGANISER],
    provided=[RUNNING, ON_LIST],
    otherwise=_("Only a moderator or an organiser can say which group reviews a proposal."),
)
TAKE_PART = Permission(
    "review.take_part",
    granted_to=[MEMBER],
    otherwise=_("Only members of this working group review here."),
)
ASSESS = Permission(
    "review.assess",
    granted_to=[MEMBER],
    provided=[ON_LIST, SEALED, IN_REVIEW],
    otherwise=_("Only members of the working group score its proposals."),
)
DECLARE_CONFLICT = Permission(
    "review.declare_conflict",
    granted_to=[MEMBER],
    provided=[ON_LIST, RUNNING],
    otherwise=_("Only members of the working group declare conflicts of interest here."),
)
OPEN_SCORES = Permission(
    "review.open_scores",
    granted_to=[CHAIR],
    provided=[RUNNING],
    otherwise=_("Only the chair closes the round."),
)
SEE_NAMED_SCORES = Permission(
    "review.see_named_scores",
    granted_to=[MEMBER, OBSERVER],
    provided=[OPENED],
    otherwise=_("Who gave which score stays in the group."),
)
CONCLUDE = Permission(
    "review.conclude",
    granted_to=[CHAIR],
    provided=[ON_LIST, OPENED, RUNNING],
    otherwise=_("Only the chair writes down what the group concludes."),
)
FORGET_PERSON = Permission(
    "review.forget_person",
    granted_to=[],
    otherwise=_("What somebody left behind is forgotten when they leave, and by nobody's hand."),
)
