"""Where a campaign stands: what the clock says, between three acts of people.

Every closing moment is the first that is too late: submission that closes at 30 June 00:00
takes a proposal at 29 June 23:59:59.999999.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.campaigns.models import Campaign, Pacing

NOTICE = timedelta(days=14)
"""How long before submission opens a campaign is announced (OGP minimum requirement 3.1)."""

LAST_REVISION_BEFORE_VOTING = timedelta(days=3)
"""Until then a merged or returned proposal may be revised; then the undecided are published."""

SUBMISSION_ENDS_BEFORE_VOTING_DOES = timedelta(days=7)
"""Side by side: the least time in which the last proposal can still be supported."""


class Stage(StrEnum):
    """In the order in which a campaign passes them."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    SUBMISSION = "submission"
    SORTING = "sorting"
    VOTING = "voting"
    REVIEW = "review"
    ANSWERING = "answering"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


PASSED_IN_TURN = (
    Stage.ANNOUNCED,
    Stage.SUBMISSION,
    Stage.SORTING,
    Stage.VOTING,
    Stage.REVIEW,
    Stage.ANSWERING,
    Stage.CONCLUDED,
)


def stage_of(campaign: Campaign, at: datetime) -> Stage:
    """Where the campaign stands at this moment.

    Side by side, voting runs during submission: while both are open the stage is SUBMISSION
    until submission closes, and ``takes_votes`` tells about the other.
    """
    if campaign.cancelled_at is not None and campaign.cancelled_at <= at:
        return Stage.CANCELLED
    if campaign.announced_at is None or at < campaign.announced_at:
        return Stage.DRAFT
    if campaign.concluded_at is not None and campaign.concluded_at <= at:
        return Stage.CONCLUDED
    for stage, begins in reversed(beginnings(campaign)):
        if begins <= at:
            return stage
    return Stage.ANNOUNCED


def beginnings(campaign: Campaign) -> list[tuple[Stage, datetime]]:
    """When each stage of the clock begins, in order. Side by side there is no sorting."""
    moments = [(Stage.SUBMISSION, campaign.submission_opens_at)]
    if campaign.pacing is Pacing.IN_TURN:
        moments += [
            (Stage.SORTING, campaign.submission_closes_at),
            (Stage.VOTING, campaign.voting_opens_at),
        ]
    else:
        moments += [(Stage.VOTING, campaign.submission_closes_at)]
    return [
        *moments,
        (Stage.REVIEW, campaign.voting_closes_at),
        (Stage.ANSWERING, campaign.review_closes_at),
    ]


def is_running(campaign: Campaign, at: datetime) -> bool:
    """Announced and neither concluded nor cancelled."""
    return stage_of(campaign, at) not in {Stage.DRAFT, Stage.CONCLUDED, Stage.CANCELLED}


def takes_proposals(campaign: Campaign, at: datetime) -> bool:
    """Whether a proposal submitted at this moment is taken."""
    return (
        is_running(campaign, at)
        and not campaign.is_imported
        and campaign.submission_opens_at <= at < campaign.submission_closes_at
    )


def takes_votes(campaign: Campaign, at: datetime) -> bool:
    """Whether a vote cast at this moment counts.

    The clock decides, not the job that announces the close: it may run a minute late, and a
    vote that arrives in that minute must still be refused.
    """
    return is_running(campaign, at) and campaign.voting_opens_at <= at < campaign.voting_closes_at


def voting_has_opened(campaign: Campaign, at: datetime) -> bool:
    """From then on no promise of the campaign can change."""
    return campaign.announced_at is not None and campaign.voting_opens_at <= at


def voting_has_closed(campaign: Campaign, at: datetime) -> bool:
    return campaign.announced_at is not None and campaign.voting_closes_at <= at


def may_be_sorted(campaign: Campaign, at: datetime) -> bool:
    """Whether proposals can be merged, split and put back: until voting opens.

    Side by side a proposal can be supported from its publication, so nothing is merged.
    """
    return (
        is_running(campaign, at)
        and campaign.pacing is Pacing.IN_TURN
        and campaign.submission_opens_at <= at < campaign.voting_opens_at
    )


def may_be_revised(campaign: Campaign, at: datetime) -> bool:
    """Whether an author may still change a published or returned text in sorting."""
    return may_be_sorted(campaign, at) and at < last_revision(campaign)


def last_revision(campaign: Campaign) -> datetime:
    """The moment from which texts stand as they are; what is undecided is published then."""
    return campaign.voting_opens_at - LAST_REVISION_BEFORE_VOTING


def answers_are_overdue(campaign: Campaign, at: datetime) -> bool:
    return stage_of(campaign, at) is Stage.ANSWERING and campaign.answers_due_at <= at


@dataclass(frozen=True)
class Knot:
    """One stage on the campaign's thread."""

    stage: Stage
    begins: datetime
    ends: datetime | None
    state: str
    """``past``, ``now`` or ``next``."""


def thread_of(campaign: Campaign, at: datetime) -> list[Knot]:
    """The stages as knots on a thread, each past, now or to come.

    A cancelled campaign's thread ends where it was cancelled.
    """
    now = stage_of(campaign, at)
    marks = [
        (Stage.ANNOUNCED, campaign.announced_at or campaign.created_at),
        *beginnings(campaign),
        (Stage.CONCLUDED, campaign.concluded_at or campaign.answers_due_at),
    ]
    if now is Stage.CANCELLED and campaign.cancelled_at is not None:
        begun = [mark for mark in marks if mark[1] <= campaign.cancelled_at]
        marks = [*begun, (Stage.CANCELLED, campaign.cancelled_at)]
    reached = [stage for stage, _ in marks].index(now) if now in dict(marks) else -1
    if now in {Stage.CONCLUDED, Stage.CANCELLED}:
        reached = len(marks)
    return [
        Knot(
            stage,
            begins,
            marks[place + 1][1] if place + 1 < len(marks) else None,
            "past" if place < reached else "now" if place == reached else "next",
        )
        for place, (stage, begins) in enumerate(marks)
    ]


def announcements(campaign: Campaign) -> list[tuple[Stage, datetime]]:
    """When each stage is announced to the world, in order.

    In turn, as it begins. Side by side voting opens while submission still runs: its opening is
    announced then, and the end of submission is nobody's beginning.
    """
    if campaign.pacing is Pacing.IN_TURN:
        return beginnings(campaign)
    return [
        (Stage.SUBMISSION, campaign.submission_opens_at),
        (Stage.VOTING, campaign.voting_opens_at),
        (Stage.REVIEW, campaign.voting_closes_at),
        (Stage.ANSWERING, campaign.review_closes_at),
    ]
