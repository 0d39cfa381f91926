"""Who is told of what, how soon and how: one row for every kind of event of the house.

"Why did I get this e-mail?" is answered here. An event of which nobody is told stands here too,
with the reason. ``wording.py`` has the words of each row.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.notifications import audiences as to
from app.notifications.audiences import Audience
from app.notifications.channels.base import Channel
from app.notifications.channels.email import EMAIL
from app.notifications.channels.inbox import INBOX


class Urgency(StrEnum):
    AT_ONCE = "at_once"
    """In a letter within minutes, for those who want letters immediately."""
    CAN_WAIT = "can_wait"
    """In the daily letter at the earliest."""


@dataclass(frozen=True)
class Moment:
    """That some people are told of an event."""

    audiences: tuple[Audience, ...]
    urgency: Urgency = Urgency.AT_ONCE
    channels: tuple[Channel, ...] = (INBOX, EMAIL)


@dataclass(frozen=True)
class Silent:
    """That nobody is told of an event, and why not."""

    reason: str


def at_once(*audiences: Audience) -> Moment:
    return Moment(audiences)


def can_wait(*audiences: Audience) -> Moment:
    return Moment(audiences, Urgency.CAN_WAIT)


_OF_COMMITMENT = (
    to.people_behind_commitment,
    to.followers_of_commitment,
    to.group_of_commitment,
    to.followers_of_campaign,
)

CATALOGUE: dict[str, Moment | Silent] = {
    # People
    "account.opened": Silent("it was the person's own act"),
    "account.erased": Silent("whoever left wants to hear no more"),
    "account.suspended": at_once(to.account_named),
    "account.suspension_lifted": at_once(to.account_named),
    "account.office_given": at_once(to.appointed_in_house),
    "account.office_ended": at_once(to.appointed_in_house),
    # Groups
    "group.created": Silent("nobody sits in it yet"),
    "group.changed": Silent("its page shows it; who comes and goes is told by itself"),
    "group.member_seated": at_once(to.seated),
    "group.chair_appointed": at_once(to.seated),
    "group.seat_ended": at_once(to.seated),
    # Campaigns
    "campaign.created": Silent("it is in preparation, and not public"),
    "campaign.changed": Silent("a moved date, which matters, is told by itself"),
    "campaign.announced": at_once(to.moderators, to.organisers),
    "campaign.stage_began": at_once(
        to.at_stages(to.moderators, "sorting", "answering"),
        to.at_stages(to.crowd, "submission", "voting"),
    ),  # The end of voting is told with its result: tally.published.
    "campaign.date_moved": at_once(to.crowd, to.moderators),
    "campaign.cancelled": at_once(to.crowd, to.moderators),
    "campaign.office_given": at_once(to.appointed_in_campaign),
    "campaign.office_ended": at_once(to.appointed_in_campaign),
    "campaign.imported": Silent("it was held elsewhere; nobody took part in it here"),
    "campaign.concluded": at_once(to.crowd, to.moderators),
    # Plans
    "plan.created": Silent("it says nothing yet; its campaigns are announced by themselves"),
    "plan.changed": Silent("what it consists of, its commitments, is told by itself"),
    "plan.approved": at_once(to.followers_of_plan),
    # Proposals
    "proposal.submitted": can_wait(to.moderators),
    "proposal.published": at_once(to.authors),
    "proposal.publication_taken_back": at_once(to.authors),
    "proposal.returned": at_once(to.authors),
    "proposal.return_taken_back": at_once(to.authors),
    "proposal.revised": can_wait(to.people_of_proposal),
    "proposal.merged": at_once(to.people_of_both),
    "proposal.merge_undone": at_once(to.people_of_both),
    "proposal.withdrawn": at_once(to.people_of_proposal),
    "proposal.hidden": at_once(to.authors, to.people_of_proposal),
    "proposal.restored": at_once(to.authors, to.people_of_proposal),
    "proposal.revision_withheld": at_once(to.authors),
    "proposal.revision_released": at_once(to.authors),
    "co_author.invited": at_once(to.account_named),
    "co_author.accepted": can_wait(to.authors),
    "co_author.declined": can_wait(to.authors),
    "comment.written": can_wait(to.people_of_comment),
    "comment.edited": Silent("the comment itself was told; its page shows that it was edited"),
    "comment.hidden": at_once(to.comment_author),
    "comment.restored": at_once(to.comment_author),
    # Voting
    "tally.published": at_once(to.crowd, to.moderators),
    # Review
    "shortlist.published": at_once(to.people_of_shortlist, to.groups_of_shortlist),
    "shortlist.changed": at_once(to.people_of_proposal, to.group_of_proposal),
    "review.assigned": can_wait(to.group_members),
    "review.conflict_declared": can_wait(to.group_of_proposal),
    "review.conflict_withdrawn": can_wait(to.group_of_proposal),
    "review.proposal_assessed": Silent("scores are sealed until the round opens"),
    "review.scores_opened": at_once(to.group_members),
    "review.proposal_concluded": at_once(to.people_of_proposal, to.moderators),
    # Commitments
    "proposal.promoted": at_once(to.people_of_proposal, to.group_of_commitment),
    "commitment.version_saved": can_wait(to.followers_of_commitment, to.group_of_commitment),
    "commitment.commented": can_wait(to.followers_of_commitment, to.group_of_commitment),
    "commitment.consultation_opened": at_once(*_OF_COMMITMENT),
    "commitment.final": at_once(*_OF_COMMITMENT),
    "commitment.approved": at_once(*_OF_COMMITMENT),
    "origin.written": at_once(to.people_of_origin),
    "origin.retracted": at_once(to.people_of_origin),
    # Answers
    "proposal.answered": at_once(to.authors, to.people_of_proposal),
    # Moderation
    "content.reported": at_once(to.moderators),
    "decision.taken": at_once(to.concerned_by_decision),
    "decision.undone": at_once(to.concerned_by_decision),
    "reports.decided": at_once(to.reporters),
    "appeal.made": at_once(to.other_moderators),
    "appeal.decided": at_once(to.concerned_by_decision),
}


def moments(urgency: Urgency) -> list[str]:
    """The names of the events that are this urgent."""
    return [
        name
        for name, row in CATALOGUE.items()
        if isinstance(row, Moment) and row.urgency is urgency
    ]
