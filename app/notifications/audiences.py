"""Who hears of what: for each audience the SELECTs of account ids, and why they are told.

Whoever runs a campaign is found by asking the same roles that authorise them. Those who voted are
part of a campaign's crowd, and the crowd is told one thing, for one reason: nothing here, in
an inbox or in a letter says what somebody supported, nor who of the crowd voted at all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, or_, select

from app.accounts.models import Account, HouseAppointment
from app.campaigns.models import Campaign, CampaignAppointment
from app.campaigns.roles import MODERATOR, ORGANISER
from app.comments.models import Comment
from app.commitments.models import Commitment, Origin, Retraction
from app.follows.models import Follow
from app.foundation.db import db
from app.foundation.events import subject
from app.groups.models import Membership
from app.moderation.models import Decision, Report
from app.proposals.models import CoAuthor, CoAuthorState, Proposal, State
from app.review.models import ShortlistEntry
from app.voting.models import Participation


class Because(StrEnum):
    """Why somebody is told."""

    AUTHOR = "author"
    COMMENTER = "commenter"
    FOLLOWER = "follower"
    CAMPAIGN = "campaign"
    """Took part in the campaign in any way, or follows it."""
    OFFICE = "office"
    GROUP = "group"
    CONCERNED = "concerned"
    """It is about this very person."""
    REPORTER = "reporter"


@dataclass(frozen=True)
class Hearers:
    """Some people, why they are told, and what it is about for them."""

    because: Because
    subject: str
    accounts: Select[Any]


Audience = Callable[[Any], Iterable[Hearers]]
"""From an event to those who hear of it. Who is named twice is told once, for the first reason."""


# ── A proposal's people ──────────────────────────────────────────────────────────────────────


def authors(event: Any) -> list[Hearers]:
    """The author and whoever accepted to be named beside, also if they stopped following:
    these moments ask something of them."""
    return [Hearers(Because.AUTHOR, event.subject, _authors_of(event.proposal_id))]


def people_of_proposal(event: Any) -> list[Hearers]:
    """Authors, commenters and followers, until they stop."""
    return _people_of(event.proposal_id)


def people_of_both(event: Any) -> list[Hearers]:
    """Those of the proposal that was merged, and those of the one that it went into."""
    return [
        *_people_of(event.proposal_id, [event.proposal_id]),
        *_people_of(event.target_id, [event.target_id]),
    ]


def people_of_origin(event: Any) -> list[Hearers]:
    """The people of the proposal that a commitment comes from; it may come from something else.

    What a promotion writes is told with it: proposal.promoted.
    """
    origin = db.session.get_one(Origin, event.origin_id)
    if origin.proposal_id is None or (event.name == "origin.written" and origin.is_promotion):
        return []
    return _people_of(origin.proposal_id)


def people_of_shortlist(event: Any) -> list[Hearers]:
    """For each proposal on the shortlist, its people; told about their own one."""
    on_list = select(ShortlistEntry.proposal_id).where(
        ShortlistEntry.campaign_id == event.campaign_id, ShortlistEntry.removed_at.is_(None)
    )
    return [hearers for each in db.session.scalars(on_list) for hearers in _people_of(each)]


def people_of_comment(event: Any) -> list[Hearers]:
    """Who is answered, the proposal's authors, and its followers."""
    answered = select(Comment.author_id).where(
        Comment.id
        == select(Comment.parent_id).where(Comment.id == event.comment_id).scalar_subquery()
    )
    people = _people_of(event.proposal_id)
    return [people[0], Hearers(Because.COMMENTER, event.subject, answered), people[2]]


def comment_author(event: Any) -> list[Hearers]:
    written = select(Comment.author_id).where(Comment.id == event.comment_id)
    return [Hearers(Because.COMMENTER, event.subject, written)]


def _people_of(proposal_id: int, family: list[int] | None = None) -> list[Hearers]:
    """Authors, commenters and followers of a proposal and of those that were merged into it."""
    family = family or _family_of(proposal_id)
    about = subject("proposal", proposal_id)
    known_as = [subject("proposal", each) for each in family]
    stopped = select(Follow.account_id).where(
        Follow.subject.in_(known_as), Follow.stopped_at.is_not(None)
    )
    following = select(Follow.account_id).where(
        Follow.subject.in_(known_as), Follow.stopped_at.is_(None)
    )
    commented = (
        select(Comment.author_id)
        .join(Proposal, Proposal.thread_id == Comment.thread_id)
        .where(Proposal.id.in_(family))
    )
    wrote_merged = select(Proposal.author_id).where(
        Proposal.id.in_(family), Proposal.id != proposal_id
    )
    people = select(Account.id).where(or_(Account.id.not_in(stopped), Account.id.in_(following)))
    by = Account.id.in_
    return [
        Hearers(Because.AUTHOR, about, people.where(by(_authors_of(proposal_id)))),
        Hearers(Because.COMMENTER, about, people.where(by(commented))),
        Hearers(Because.FOLLOWER, about, people.where(or_(by(following), by(wrote_merged)))),
    ]


def _family_of(proposal_id: int) -> list[int]:
    """A proposal, those that were merged into it, and those that had been merged into them."""
    family = select(Proposal.id).where(Proposal.id == proposal_id).cte("family", recursive=True)
    family = family.union(select(Proposal.id).join(family, Proposal.merged_into_id == family.c.id))
    return list(db.session.scalars(select(family.c.id)))


def _authors_of(proposal_id: int) -> Select[Any]:
    return select(Account.id).where(
        or_(
            Account.id.in_(select(Proposal.author_id).where(Proposal.id == proposal_id)),
            Account.id.in_(
                select(CoAuthor.account_id).where(
                    CoAuthor.proposal_id == proposal_id, CoAuthor.state == CoAuthorState.ACCEPTED
                )
            ),
        )
    )


def _followers(about: str) -> Select[Any]:
    return select(Follow.account_id).where(Follow.subject == about, Follow.stopped_at.is_(None))


def _stopped(about: str) -> Select[Any]:
    return select(Follow.account_id).where(Follow.subject == about, Follow.stopped_at.is_not(None))


# ── A campaign's people ──────────────────────────────────────────────────────────────────────


def crowd(event: Any) -> list[Hearers]:
    """Everyone who proposed, commented or voted, and who follows the campaign: the same for all."""
    about = subject("campaign", event.campaign_id)
    here = Proposal.campaign_id == event.campaign_id
    accounts = select(Account.id).where(
        Account.id.not_in(_stopped(about)),
        or_(
            Account.id.in_(_followers(about)),
            Account.id.in_(
                select(Participation.account_id).where(
                    Participation.campaign_id == event.campaign_id, Participation.n > 0
                )
            ),
            Account.id.in_(select(Proposal.author_id).where(here, Proposal.state != State.DRAFT)),
            Account.id.in_(
                select(Comment.author_id)
                .join(Proposal, Proposal.thread_id == Comment.thread_id)
                .where(here)
            ),
        ),
    )
    return [Hearers(Because.CAMPAIGN, about, accounts)]


def moderators(event: Any) -> list[Hearers]:
    """Told about the campaign, whatever it is that waits at its desk."""
    about = subject("campaign", event.campaign_id)
    return [Hearers(Because.OFFICE, about, MODERATOR.holders(_campaign(event)))]


def organisers(event: Any) -> list[Hearers]:
    about = subject("campaign", event.campaign_id)
    return [Hearers(Because.OFFICE, about, ORGANISER.holders(_campaign(event)))]


def at_stages(audience: Audience, *stages: str) -> Audience:
    """This audience, when one of these stages begins."""

    def only_then(event: Any) -> Iterable[Hearers]:
        return audience(event) if event.stage in stages else []

    return only_then


def appointed_in_campaign(event: Any) -> list[Hearers]:
    person = select(CampaignAppointment.account_id).where(
        CampaignAppointment.id == event.appointment_id
    )
    return [Hearers(Because.CONCERNED, event.subject, person)]


def _campaign(event: Any) -> Campaign:
    return db.session.get_one(Campaign, event.campaign_id)


# ── Groups and commitments ───────────────────────────────────────────────────────────────────


def group_members(event: Any) -> list[Hearers]:
    about = subject("group", event.group_id)
    return [Hearers(Because.GROUP, about, _members_of(event.group_id))]


def groups_of_shortlist(event: Any) -> list[Hearers]:
    """Each group that has something to assess."""
    asked = select(ShortlistEntry.group_id).where(
        ShortlistEntry.campaign_id == event.campaign_id,
        ShortlistEntry.removed_at.is_(None),
        ShortlistEntry.group_id.is_not(None),
    )
    return [
        Hearers(Because.GROUP, subject("group", each), _members_of(each))
        for each in db.session.scalars(asked.distinct())
        if each is not None
    ]


def group_of_proposal(event: Any) -> list[Hearers]:
    """The group that reviews a proposal on the shortlist."""
    groups = select(ShortlistEntry.group_id).where(ShortlistEntry.proposal_id == event.proposal_id)
    return [Hearers(Because.GROUP, event.subject, _members_of(groups.scalar_subquery()))]


def group_of_commitment(event: Any) -> list[Hearers]:
    group = select(Commitment.group_id).where(Commitment.id == event.commitment_id)
    about = subject("commitment", event.commitment_id)
    return [Hearers(Because.GROUP, about, _members_of(group.scalar_subquery()))]


def people_behind_commitment(event: Any) -> list[Hearers]:
    """The people of every proposal that it comes from, each told about their own one."""
    behind = (
        select(Origin.proposal_id)
        .where(
            Origin.commitment_id == event.commitment_id,
            Origin.proposal_id.is_not(None),
            Origin.id.not_in(select(Retraction.origin_id)),
        )
        .distinct()
    )
    return [
        hearers
        for each in db.session.scalars(behind)
        if each is not None
        for hearers in _people_of(each)
    ]


def followers_of_commitment(event: Any) -> list[Hearers]:
    about = subject("commitment", event.commitment_id)
    return [Hearers(Because.FOLLOWER, about, _followers(about))]


def followers_of_campaign(event: Any) -> list[Hearers]:
    """Those who chose to follow it; told about a commitment of it."""
    about = subject("commitment", event.commitment_id)
    followers = _followers(subject("campaign", event.campaign_id))
    return [Hearers(Because.FOLLOWER, about, followers)]


def followers_of_plan(event: Any) -> list[Hearers]:
    """Those who chose to follow a campaign that fed it; told about the plan."""
    campaigns = select(Campaign.id).where(Campaign.plan_id == event.plan_id)
    known_as = [subject("campaign", each) for each in db.session.scalars(campaigns)]
    followers = select(Follow.account_id).where(
        Follow.subject.in_(known_as), Follow.stopped_at.is_(None)
    )
    return [Hearers(Because.FOLLOWER, event.subject, followers)]


def seated(event: Any) -> list[Hearers]:
    person = select(Membership.account_id).where(Membership.id == event.membership_id)
    return [Hearers(Because.CONCERNED, event.subject, person)]


def _members_of(group: Any) -> Select[Any]:
    return select(Membership.account_id).where(
        Membership.group_id == group, Membership.ended_at.is_(None)
    )


# ── One person ───────────────────────────────────────────────────────────────────────────────


def account_named(event: Any) -> list[Hearers]:
    """The account that the event names."""
    person = select(Account.id).where(Account.id == event.account_id)
    return [Hearers(Because.CONCERNED, event.subject, person)]


def appointed_in_house(event: Any) -> list[Hearers]:
    person = select(HouseAppointment.account_id).where(HouseAppointment.id == event.appointment_id)
    return [Hearers(Because.CONCERNED, event.subject, person)]


def concerned_by_decision(event: Any) -> list[Hearers]:
    """Whose content or account was decided about; beside what else happened to that content."""
    person = select(Decision.concerns_id).where(
        Decision.id == event.decision_id, Decision.concerns_id.is_not(None)
    )
    thing = db.session.get_one(Decision, event.decision_id).subject
    about = thing if thing.startswith("proposal:") else event.subject
    return [Hearers(Because.CONCERNED, about, person)]


def reporters(event: Any) -> list[Hearers]:
    asked = select(Report.reporter_id).where(
        Report.decision_id == event.decision_id, Report.reporter_id.is_not(None)
    )
    return [Hearers(Because.REPORTER, event.subject, asked)]


def other_moderators(event: Any) -> list[Hearers]:
    """Those of the campaign but the one who took the decision: they may decide the appeal."""
    decided_by = select(Decision.decided_by_id).where(Decision.id == event.decision_id)
    others = MODERATOR.holders(_campaign(event)).where(Account.id.not_in(decided_by))
    return [Hearers(Because.OFFICE, event.subject, others)]
