"""Who may promote, draft, trace and approve, and the sentence that says why not."""

from typing import Any

from sqlalchemy import Select, false, or_, select

from app.accounts.models import Account
from app.accounts.roles import OBSERVER
from app.campaigns import stages
from app.campaigns.permissions import READER
from app.campaigns.roles import MODERATOR, ORGANISER, campaign_of
from app.commitments import standing
from app.commitments.models import CommitmentState
from app.commitments.queries import Candidate, groups_at_work_in
from app.commitments.vocabulary import PROMOTABLE
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.language import _
from app.foundation.permissions import Condition, Permission, Role
from app.groups.queries import sitting_accounts
from app.groups.roles import CHAIR, MEMBER
from app.proposals.models import State
from app.proposals.roles import COMMENTER

_DRAFTERS = _("Only moderators of this campaign and members of the commitment's group can do this.")
_DECIDERS = _("Only moderators and organisers of this campaign and the group's chair can do this.")


def _is_shortlisted(candidate: Candidate) -> bool:
    return candidate.entry is not None and candidate.proposal.state is State.PUBLISHED


def _is_concluded_where_needed(candidate: Candidate) -> bool:
    return candidate.conclusion is not None or not candidate.campaign.conclusion_before_promotion


def _is_recommended_where_needed(candidate: Candidate) -> bool:
    conclusion, campaign = candidate.conclusion, candidate.campaign
    if conclusion is None or not campaign.conclusion_before_promotion:
        return True
    return conclusion.recommendation in PROMOTABLE


_CAMPAIGN_RUNS = Condition(
    lambda subject: stages.is_running(campaign_of(subject), clock.now()),
    otherwise=_("This campaign is not running, so nothing can be promoted in it."),
)
_NOT_APPROVED = Condition(
    lambda commitment: commitment.state is not CommitmentState.APPROVED,
    otherwise=_("This commitment is approved: its text stands."),
)

READ_COMMITMENT = Permission(
    "commitments.read",
    granted_to=[READER, MODERATOR, ORGANISER, OBSERVER],
    otherwise=_("This commitment is not public."),
)
PROMOTE_PROPOSAL = Permission(
    "commitments.promote",
    granted_to=[MODERATOR, CHAIR],
    provided=[
        _CAMPAIGN_RUNS,
        Condition(
            _is_shortlisted,
            otherwise=_(
                "Only a proposal on the shortlist can be promoted. "
                "A moderator can add one to the shortlist, with a public reason."
            ),
        ),
        Condition(
            _is_concluded_where_needed,
            otherwise=_(
                "The working group has not concluded on this proposal yet. "
                "By the rules of this campaign its conclusion comes first."
            ),
        ),
        Condition(
            _is_recommended_where_needed,
            otherwise=_(
                "The working group does not recommend taking this proposal up, in whole, in part, "
                "together with others or as background, so it cannot be promoted."
            ),
        ),
    ],
    otherwise=_(
        "Only a moderator of this campaign, or the chair of the group that reviews "
        "this proposal, can promote it."
    ),
)
SAVE_VERSION = Permission(
    "commitments.save_version",
    granted_to=[MODERATOR, MEMBER],
    provided=[
        _NOT_APPROVED,
        Condition(
            lambda commitment: standing.takes_versions(commitment, clock.now()),
            otherwise=_(
                "The text stands while people comment on it. "
                "It can be revised once the consultation has closed."
            ),
        ),
    ],
    otherwise=_DRAFTERS,
)
ADD_ORIGIN = Permission(
    "commitments.add_origin", granted_to=[MODERATOR, MEMBER], otherwise=_DRAFTERS
)
RETRACT_ORIGIN = Permission(
    "commitments.retract_origin",
    granted_to=[MODERATOR, CHAIR],
    otherwise=_("Only moderators of this campaign and the group's chair can retract an origin."),
)
OPEN_CONSULTATION = Permission(
    "commitments.open_consultation",
    granted_to=[MODERATOR, ORGANISER, CHAIR],
    provided=[
        _NOT_APPROVED,
        Condition(
            lambda commitment: commitment.state in standing.IN_WORK,
            otherwise=_("Only a draft, or a revised text, can be put to public consultation."),
        ),
    ],
    otherwise=_DECIDERS,
)
COMMENT_ON_DRAFT = Permission(
    "commitments.comment",
    granted_to=[COMMENTER],
    provided=[
        Condition(
            lambda commitment: standing.takes_comments(commitment, clock.now()),
            otherwise=_("The consultation on this commitment is not open now."),
        )
    ],
    otherwise=_("Sign in to comment. Where a campaign asks for a proven identity, prove it first."),
)
REPLY_ON_DRAFT = Permission(
    "commitments.reply",
    granted_to=[MODERATOR, ORGANISER, MEMBER],
    provided=[
        _NOT_APPROVED,
        Condition(
            lambda commitment: commitment.consultation_opens_at is not None,
            otherwise=_("There has been no consultation on this commitment yet."),
        ),
    ],
    otherwise=_("After the consultation only those who draft the commitment can reply."),
)
"""Those who draft answer what was said also after the consultation has closed."""
MAKE_FINAL = Permission(
    "commitments.make_final",
    granted_to=[MODERATOR, ORGANISER, CHAIR],
    provided=[
        _NOT_APPROVED,
        Condition(
            lambda commitment: commitment.state is not CommitmentState.FINAL,
            otherwise=_("This commitment is already final."),
        ),
        Condition(
            lambda commitment: standing.may_be_final(commitment, clock.now()),
            otherwise=_("A commitment can be final once its public consultation has closed."),
        ),
    ],
    otherwise=_DECIDERS,
)
APPROVE_COMMITMENT = Permission(
    "commitments.approve",
    granted_to=[MODERATOR, ORGANISER],
    provided=[
        _NOT_APPROVED,
        Condition(
            lambda commitment: commitment.state is CommitmentState.FINAL,
            otherwise=_("Only a final text can be approved."),
        ),
    ],
    otherwise=_("Only moderators and organisers of this campaign can record an approval."),
)


def _sits_here(actor: Actor, subject: Any) -> bool:
    groups = groups_at_work_in(campaign_of(subject))
    return any(MEMBER.held_by(actor, group) for group in groups)


def _all_who_sit(subject: Any) -> Select[Any]:
    members = [sitting_accounts(group.id) for group in groups_at_work_in(campaign_of(subject))]
    return select(Account.id).where(or_(false(), *(Account.id.in_(each) for each in members)))


DRAFTER = Role("member of a group of the campaign", held_by=_sits_here, holders=_all_who_sit)
"""Whoever sits in a group that reviews a theme of the campaign or drafts a commitment of it."""

SEE_DESK = Permission(
    "commitments.see_desk",
    granted_to=[MODERATOR, ORGANISER, DRAFTER, OBSERVER],
    otherwise=_("Only those who draft in this campaign can see this desk."),
)
