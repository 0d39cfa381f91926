"""Finding what is on the shortlist and what groups think of it.

Scores leave this module by two doors only: ``own_assessments`` gives a person what they wrote
themselves, and ``open_assessments`` gives what has been opened. Everything else says at most
*that* somebody scored.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import Account
from app.campaigns.models import Campaign, Theme
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.groups.models import Group, Membership
from app.proposals.models import Proposal, State
from app.review.events import ShortlistPublished
from app.review.models import (
    Assessment,
    Conclusion,
    ConflictOfInterest,
    Round,
    ShortlistChange,
    ShortlistEntry,
)
from app.voting.models import Count, Shortlisted

# ── The shortlist ────────────────────────────────────────────────────────────────────────────


def entry(entry_id: int) -> ShortlistEntry | None:
    return db.session.get(ShortlistEntry, entry_id)


def entry_of(proposal: Proposal) -> ShortlistEntry | None:
    """This proposal's place on the shortlist, also one that it has lost."""
    return db.session.scalar(_entries().where(ShortlistEntry.proposal_id == proposal.id))


def entry_by_reference(reference: str) -> ShortlistEntry | None:
    return db.session.scalar(_entries().join(Proposal).where(Proposal.reference == reference))


def entries_of(campaign: Campaign) -> Sequence[ShortlistEntry]:
    """Every entry of a campaign in its order, those that were taken off too."""
    return db.session.scalars(
        _entries()
        .where(ShortlistEntry.campaign_id == campaign.id)
        .order_by(ShortlistEntry.position, ShortlistEntry.id)
    ).all()


def entries_for(group: Group, campaign: Campaign) -> Sequence[ShortlistEntry]:
    """What this group reviews in this campaign, in the order of the shortlist."""
    return db.session.scalars(
        _entries()
        .where(
            ShortlistEntry.group_id == group.id,
            ShortlistEntry.campaign_id == campaign.id,
            ShortlistEntry.removed_at.is_(None),
        )
        .order_by(ShortlistEntry.position, ShortlistEntry.id)
    ).all()


def _entries() -> Select[ShortlistEntry]:
    """Entries with all that a line about one says, in one SELECT."""
    return select(ShortlistEntry).options(
        joinedload(ShortlistEntry.proposal).joinedload(Proposal.theme),
        joinedload(ShortlistEntry.campaign),
        joinedload(ShortlistEntry.group),
        joinedload(ShortlistEntry.round),
        joinedload(ShortlistEntry.added_by),
        joinedload(ShortlistEntry.removed_by),
    )


def entries_in(round_: Round) -> Sequence[ShortlistEntry]:
    """What is scored in this round: only what is still on the list."""
    return db.session.scalars(
        select(ShortlistEntry).where(
            ShortlistEntry.round_id == round_.id, ShortlistEntry.removed_at.is_(None)
        )
    ).all()


def last_position(campaign: Campaign) -> int:
    return (
        db.session.scalar(
            select(func.max(ShortlistEntry.position)).where(
                ShortlistEntry.campaign_id == campaign.id
            )
        )
        or 0
    )


def shortlist_is_published(campaign: Campaign) -> bool:
    """Whether the rule has been applied; the list may well be empty."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    EventRecord.name == ShortlistPublished.name,
                    EventRecord.campaign_id == campaign.id,
                )
            )
        )
    )


def given_by_rule(campaign: Campaign) -> Sequence[tuple[Proposal, int]]:
    """Proposals that the rule gives and that are not on the list yet, with their positions."""
    rows = db.session.execute(
        select(Proposal, Shortlisted.position)
        .join(Shortlisted, Shortlisted.proposal_id == Proposal.id)
        .where(
            Shortlisted.campaign_id == campaign.id,
            Proposal.state == State.PUBLISHED,
            ~exists().where(ShortlistEntry.proposal_id == Proposal.id),
        )
        .order_by(Shortlisted.position, Proposal.id)
        .options(joinedload(Proposal.theme))
    )
    return [(proposal, position) for proposal, position in rows]


def restored_without_count(campaign: Campaign) -> Sequence[Proposal]:
    """Proposals restored after voting had opened that the group has not been given yet."""
    return db.session.scalars(
        select(Proposal)
        .where(
            Proposal.campaign_id == campaign.id,
            Proposal.state == State.PUBLISHED,
            Proposal.was_restored_after_opening,
            ~exists().where(ShortlistEntry.proposal_id == Proposal.id),
        )
        .order_by(Proposal.id)
        .options(joinedload(Proposal.theme))
    ).all()


def position_by_rule(proposal: Proposal) -> int | None:
    return db.session.scalar(
        select(Shortlisted.position).where(Shortlisted.proposal_id == proposal.id)
    )


def changes_of(campaign: Campaign) -> Mapping[int, Sequence[ShortlistChange]]:
    """What people changed, by entry, the oldest first."""
    found: dict[int, list[ShortlistChange]] = defaultdict(list)
    for change in db.session.scalars(
        select(ShortlistChange)
        .join(ShortlistEntry, ShortlistEntry.id == ShortlistChange.entry_id)
        .where(ShortlistEntry.campaign_id == campaign.id)
        .order_by(ShortlistChange.id)
        .options(joinedload(ShortlistChange.changed_by))
    ):
        found[change.entry_id].append(change)
    return found


def last_change_of(entry: ShortlistEntry) -> ShortlistChange | None:
    return db.session.scalar(
        select(ShortlistChange)
        .where(ShortlistChange.entry_id == entry.id)
        .order_by(ShortlistChange.id.desc())
        .limit(1)
    )


# ── Why it is there ──────────────────────────────────────────────────────────────────────────


def counts_of_entries(campaign: Campaign) -> Mapping[int, Count]:
    """What was counted for each proposal on the shortlist, by proposal id."""
    return {
        count.proposal_id: count
        for count in db.session.scalars(
            select(Count)
            .join(
                ShortlistEntry,
                and_(
                    ShortlistEntry.proposal_id == Count.proposal_id,
                    ShortlistEntry.campaign_id == Count.campaign_id,
                ),
            )
            .where(Count.campaign_id == campaign.id)
        )
    }


def how_many_were_counted(campaign: Campaign) -> int:
    return (
        db.session.scalar(
            select(func.count()).select_from(Count).where(Count.campaign_id == campaign.id)
        )
        or 0
    )


@dataclass(frozen=True)
class LastPlace:
    """The fewest supports with which the rule still took a proposal, and how many had as many."""

    supports: int
    tied: int


def last_places(campaign: Campaign) -> Mapping[int | None, LastPlace]:
    """The last place that the rule gave in each theme, and overall under ``None``.

    Proposals without a theme have no line of their own.
    """
    by_theme: dict[int | None, list[int]] = defaultdict(list)
    for theme_id, supports in db.session.execute(
        select(Proposal.theme_id, Count.supports)
        .join(Count, Count.proposal_id == Proposal.id)
        .join(Shortlisted, Shortlisted.proposal_id == Proposal.id)
        .where(Shortlisted.campaign_id == campaign.id)
    ):
        by_theme[None].append(supports)
        if theme_id is not None:
            by_theme[theme_id].append(supports)
    return {
        theme: LastPlace(min(counts), counts.count(min(counts)))
        for theme, counts in by_theme.items()
    }


@dataclass(frozen=True)
class Standing:
    """What stands beside one proposal: its place on the list, its count, the group's conclusion."""

    entry: ShortlistEntry
    count: Count | None
    conclusion: Conclusion | None


def standing_of(proposal: Proposal) -> Standing | None:
    """All of it in one SELECT; None if it never was on the shortlist."""
    row = db.session.execute(
        _entries()
        .add_columns(Count, Conclusion)
        .outerjoin(Count, Count.proposal_id == ShortlistEntry.proposal_id)
        .outerjoin(
            Conclusion, and_(Conclusion.entry_id == ShortlistEntry.id, _is_latest(Conclusion))
        )
        .where(ShortlistEntry.proposal_id == proposal.id)
        .options(joinedload(Conclusion.concluded_by))
    ).first()
    return Standing(row[0], row[1], row[2]) if row else None


# ── Groups and their rounds ──────────────────────────────────────────────────────────────────


def groups_in(campaign: Campaign) -> Sequence[Group]:
    """The groups that the campaign's themes point to."""
    return db.session.scalars(
        select(Group)
        .where(
            Group.id.in_(
                select(Theme.group_id).where(
                    Theme.campaign_id == campaign.id, Theme.group_id.is_not(None)
                )
            )
        )
        .order_by(Group.id)
    ).all()


def themes_using(group: Group, *, announced_by: datetime) -> Sequence[Theme]:
    """The themes that this group works for, of campaigns that the public may know of."""
    return db.session.scalars(
        select(Theme)
        .join(Campaign, Campaign.id == Theme.campaign_id)
        .where(Theme.group_id == group.id, Campaign.announced_at <= announced_by)
        .order_by(Theme.campaign_id.desc(), Theme.position, Theme.id)
        .options(joinedload(Theme.campaign))
    ).all()


def rounds_of(group: Group, campaign: Campaign) -> Sequence[Round]:
    return db.session.scalars(
        select(Round)
        .where(Round.group_id == group.id, Round.campaign_id == campaign.id)
        .order_by(Round.number)
    ).all()


def sealed_rounds_of_group(group_id: int) -> Sequence[Round]:
    """The rounds of a group, in whatever campaign, that have not been opened yet."""
    return db.session.scalars(
        select(Round).where(Round.group_id == group_id, Round.opened_at.is_(None))
    ).all()


def round_for_update(round_id: int) -> Round:
    """The round, held until this transaction ends, and as it is now."""
    return db.session.scalars(
        select(Round)
        .where(Round.id == round_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


# ── Who scored, and who is still expected ────────────────────────────────────────────────────


def scored(entry_ids: Collection[int]) -> Mapping[tuple[int, int], int]:
    """Which seat has scored which entry, and which account did it: never what they wrote."""
    return {
        (entry_id, seat_id): account_id
        for entry_id, seat_id, account_id in db.session.execute(
            select(Assessment.entry_id, Assessment.seat_id, Assessment.account_id).where(
                Assessment.entry_id.in_(entry_ids)
            )
        )
    }


def standing_conflicts(entry_ids: Collection[int]) -> Sequence[ConflictOfInterest]:
    """Declarations in force, with who declared them."""
    return db.session.scalars(
        select(ConflictOfInterest)
        .where(
            ConflictOfInterest.entry_id.in_(entry_ids), ConflictOfInterest.withdrawn_at.is_(None)
        )
        .order_by(ConflictOfInterest.id)
        .options(joinedload(ConflictOfInterest.account))
    ).all()


def conflict_of(entry: ShortlistEntry, account_id: int) -> ConflictOfInterest | None:
    """This person's declaration about this proposal, while it stands."""
    return db.session.scalar(
        select(ConflictOfInterest).where(
            ConflictOfInterest.entry_id == entry.id,
            ConflictOfInterest.account_id == account_id,
            ConflictOfInterest.withdrawn_at.is_(None),
        )
    )


def conflicts_declared_by(person: Account) -> Sequence[ConflictOfInterest]:
    """Every declaration of this person, withdrawn ones too."""
    return db.session.scalars(
        select(ConflictOfInterest).where(ConflictOfInterest.account_id == person.id)
    ).all()


def missing(round_: Round) -> Sequence[tuple[int, int]]:
    """The (entry id, seat id) pairs that the round still waits for.

    A seat is waited for as long as somebody on it, the member or a substitute, is not recused.
    """
    entry_ids = [each.id for each in entries_in(round_)]
    recused = {(each.entry_id, each.account_id) for each in standing_conflicts(entry_ids)}
    done = scored(entry_ids)
    sitting = db.session.execute(
        select(Membership.id, Membership.substitute_for_id, Membership.account_id).where(
            Membership.group_id == round_.group_id, Membership.ended_at.is_(None)
        )
    ).all()
    return sorted(
        {
            (entry_id, principal or own)
            for entry_id in entry_ids
            for own, principal, account_id in sitting
            if (entry_id, account_id) not in recused and (entry_id, principal or own) not in done
        }
    )


def anybody_scored(round_: Round) -> bool:
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Assessment.entry_id == ShortlistEntry.id,
                    ShortlistEntry.round_id == round_.id,
                    ShortlistEntry.removed_at.is_(None),
                )
            )
        )
    )


def has_been_scored(entry: ShortlistEntry) -> bool:
    return bool(db.session.scalar(select(exists().where(Assessment.entry_id == entry.id))))


# ── Scores ───────────────────────────────────────────────────────────────────────────────────


def assessment_of_seat(entry: ShortlistEntry, seat_id: int) -> Assessment | None:
    """For an action that is about to write it; no page asks this."""
    return db.session.scalar(
        select(Assessment).where(Assessment.entry_id == entry.id, Assessment.seat_id == seat_id)
    )


def sealed_assessments_of(person: Account) -> Sequence[Assessment]:
    """What somebody scored in rounds that have not been opened; for forgetting it."""
    return db.session.scalars(
        select(Assessment)
        .join(ShortlistEntry, ShortlistEntry.id == Assessment.entry_id)
        .join(Round, Round.id == ShortlistEntry.round_id)
        .where(Assessment.account_id == person.id, Round.opened_at.is_(None))
    ).all()


def own_assessments(account: Account, entry_ids: Collection[int]) -> Mapping[int, Assessment]:
    """What this person wrote themselves, by entry id."""
    return {
        each.entry_id: each
        for each in db.session.scalars(
            select(Assessment).where(
                Assessment.account_id == account.id, Assessment.entry_id.in_(entry_ids)
            )
        )
    }


def open_assessments(entry_ids: Collection[int]) -> Mapping[int, Sequence[Assessment]]:
    """What counts of the scores that have been opened, by entry id; nothing that is sealed.

    Set aside are those of people who are recused, and of seats that had ended by the opening.
    """
    found: dict[int, list[Assessment]] = defaultdict(list)
    for assessment in db.session.scalars(
        select(Assessment)
        .join(ShortlistEntry, ShortlistEntry.id == Assessment.entry_id)
        .join(Round, Round.id == ShortlistEntry.round_id)
        .join(Membership, Membership.id == Assessment.seat_id)
        .where(
            Assessment.entry_id.in_(entry_ids),
            Round.opened_at.is_not(None),
            or_(Membership.ended_at.is_(None), Membership.ended_at > Round.opened_at),
            ~exists().where(
                ConflictOfInterest.entry_id == Assessment.entry_id,
                ConflictOfInterest.account_id == Assessment.account_id,
                ConflictOfInterest.withdrawn_at.is_(None),
            ),
        )
        .order_by(Assessment.id)
        .options(joinedload(Assessment.account), joinedload(Assessment.seat))
    ):
        found[assessment.entry_id].append(assessment)
    return found


# ── Conclusions ──────────────────────────────────────────────────────────────────────────────


def conclusion_of(entry: ShortlistEntry) -> Conclusion | None:
    """What the group last concluded about it."""
    return db.session.scalar(
        select(Conclusion)
        .where(Conclusion.entry_id == entry.id, _is_latest(Conclusion))
        .options(joinedload(Conclusion.concluded_by))
    )


def conclusions_of(entry: ShortlistEntry) -> Sequence[Conclusion]:
    """All of them, the latest first."""
    return db.session.scalars(
        select(Conclusion)
        .where(Conclusion.entry_id == entry.id)
        .order_by(Conclusion.number.desc())
        .options(joinedload(Conclusion.concluded_by))
    ).all()


def latest_conclusions(entry_ids: Collection[int]) -> Mapping[int, Conclusion]:
    """The conclusion in force of each entry that has one, by entry id."""
    return {
        each.entry_id: each
        for each in db.session.scalars(
            select(Conclusion)
            .where(Conclusion.entry_id.in_(entry_ids), _is_latest(Conclusion))
            .options(joinedload(Conclusion.concluded_by))
        )
    }


def entries_reviewed_by(group: Group) -> Select[ShortlistEntry]:
    """What is on shortlists for this group, in whatever campaign, the newest campaign first."""
    return (
        _entries()
        .where(ShortlistEntry.group_id == group.id, ShortlistEntry.removed_at.is_(None))
        .order_by(ShortlistEntry.campaign_id.desc(), ShortlistEntry.position, ShortlistEntry.id)
    )


def _is_latest(conclusion: type[Conclusion]) -> Any:
    later = aliased(Conclusion)
    return ~exists().where(later.entry_id == conclusion.entry_id, later.number > conclusion.number)
