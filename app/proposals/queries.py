"""Finding proposals, and the rows that tell their life."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Account, HouseOffice
from app.accounts.queries import house_offices_of
from app.campaigns.models import Campaign, Pacing
from app.campaigns.queries import appointments_of
from app.campaigns.stages import LAST_REVISION_BEFORE_VOTING
from app.comments.models import Comment, Thread
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.lemmas import fold
from app.foundation.text import clean_line
from app.proposals.models import (
    CoAuthor,
    CoAuthorState,
    Merge,
    Proposal,
    Revision,
    State,
    Step,
    base_forms,
)
from app.proposals.similarity import most_alike

_WITH_ITS_PEOPLE = (
    joinedload(Proposal.campaign),
    joinedload(Proposal.theme),
    joinedload(Proposal.author),
    joinedload(Proposal.thread),
)

FOR_A_LIST = (
    joinedload(Proposal.theme),
    joinedload(Proposal.author),
    joinedload(Proposal.thread),
    joinedload(Proposal.merged_into),
)

MOST_COMPARED = 3000
"""Texts that a draft is compared with: the newest ones."""

_NAMED = "who is named on which proposal"

NamedAs = tuple[CoAuthorState, int | None]


def proposal(proposal_id: int) -> Proposal | None:
    return db.session.get(Proposal, proposal_id)


def by_reference(reference: str) -> Proposal | None:
    """A proposal with its campaign, theme, author and thread; whether the reader may see it is
    for ``READ_PROPOSAL`` to say."""
    return db.session.scalar(
        select(Proposal)
        .where(Proposal.reference == clean_line(reference).upper()[:60])
        .options(*_WITH_ITS_PEOPLE, joinedload(Proposal.merged_into))
    )


def draft(draft_id: int) -> Proposal | None:
    """A proposal that has no reference yet."""
    return db.session.scalar(
        select(Proposal).where(Proposal.id == draft_id).options(*_WITH_ITS_PEOPLE)
    )


def locked(proposals: Sequence[Proposal]) -> list[Proposal]:
    """The same proposals as they stand now, held against others until we are done.

    Always in the order of their ids, so that two who hold several never wait for each other.
    """
    db.session.flush()
    ids = sorted({proposal.id for proposal in proposals})
    rows = db.session.scalars(
        select(Proposal)
        .where(Proposal.id.in_(ids))
        .order_by(Proposal.id)
        .with_for_update(of=Proposal)
        .execution_options(populate_existing=True)
    ).all()
    return list(rows)


def is_public() -> Any:
    """The condition that everybody may know of a proposal; as ``standing.is_public`` says."""
    return or_(
        Proposal.state.in_([State.PUBLISHED, State.MERGED, State.HIDDEN]),
        and_(Proposal.state == State.WITHDRAWN, Proposal.published_at.is_not(None)),
    )


def visible_to(actor: Actor) -> Select[Proposal]:
    """Every proposal that this actor may know of; for lists, which are never filtered in Python."""
    query = select(Proposal)
    if not isinstance(actor, Account) or not actor.is_active:
        return query.where(is_public())
    own = select(CoAuthor.proposal_id).where(
        CoAuthor.account_id == actor.id, CoAuthor.state != CoAuthorState.DECLINED
    )
    runs = {campaign_id for campaign_id, _ in appointments_of(actor.id)}
    reads_all = HouseOffice.OBSERVER in house_offices_of(actor.id)
    handed_in = Proposal.state != State.DRAFT
    return query.where(
        or_(
            is_public(),
            Proposal.author_id == actor.id,
            Proposal.id.in_(own),
            and_(handed_in, Proposal.campaign_id.in_(runs)) if runs else false(),
            handed_in if reads_all else false(),
        )
    )


def named_as(account_id: int, proposal_id: int) -> tuple[CoAuthorState, int | None] | None:
    """How somebody stands beside a proposal's author, and the merge that gave the credit.

    Read once per transaction: for all that a page shows of one proposal, or for all proposals
    of one person.
    """
    known = db.session.info.setdefault(_NAMED, {})
    if (beside := known.get(("proposal", proposal_id))) is not None:
        return cast(NamedAs | None, beside.get(account_id))
    if ("account", account_id) not in known:
        rows = db.session.execute(
            select(CoAuthor.proposal_id, CoAuthor.state, CoAuthor.by_merge_id).where(
                CoAuthor.account_id == account_id
            )
        )
        known["account", account_id] = {row[0]: (row[1], row[2]) for row in rows}
    return cast(NamedAs | None, known["account", account_id].get(proposal_id))


def forget_who_is_named() -> None:
    """Read co-authors anew: somebody has just become one, or ceased to be one."""
    db.session.info.pop(_NAMED, None)


def co_authors_of(proposal: Proposal) -> Sequence[CoAuthor]:
    """Everybody named, asked or credited, the first first; with their accounts."""
    rows = db.session.scalars(
        select(CoAuthor)
        .where(CoAuthor.proposal_id == proposal.id)
        .options(joinedload(CoAuthor.account))
        .order_by(CoAuthor.since, CoAuthor.account_id)
    ).all()
    known = db.session.info.setdefault(_NAMED, {})
    known["proposal", proposal.id] = {row.account_id: (row.state, row.by_merge_id) for row in rows}
    return rows


def co_author(proposal: Proposal, account_id: int) -> CoAuthor | None:
    return db.session.get(CoAuthor, (proposal.id, account_id), populate_existing=True)


def revisions_of(proposal: Proposal) -> Sequence[Revision]:
    """Every revision, the newest first, with who wrote it."""
    return db.session.scalars(
        select(Revision)
        .where(Revision.proposal_id == proposal.id)
        .options(joinedload(Revision.written_by))
        .order_by(Revision.number.desc())
    ).all()


def revision(proposal: Proposal, number: int) -> Revision | None:
    return db.session.get(Revision, (proposal.id, number))


def steps_of(proposal: Proposal) -> Sequence[Step]:
    """Every change of state, the first first, with who took it."""
    return db.session.scalars(
        select(Step)
        .where(Step.proposal_id == proposal.id)
        .options(joinedload(Step.taken_by))
        .order_by(Step.id)
    ).all()


def last_step_to(proposal: Proposal, state: State) -> Step | None:
    """The step by which it last came into a state."""
    return db.session.scalar(
        select(Step)
        .where(Step.proposal_id == proposal.id, Step.became == state)
        .order_by(Step.id.desc())
        .limit(1)
    )


def merge(merge_id: int) -> Merge | None:
    return db.session.get(Merge, merge_id)


def merges_into(proposal: Proposal) -> Sequence[Merge]:
    """What went into a proposal and has not been taken out again, with the sources."""
    return db.session.scalars(
        select(Merge)
        .where(Merge.target_id == proposal.id, Merge.undone_at.is_(None))
        .options(joinedload(Merge.source), joinedload(Merge.merged_by))
        .order_by(Merge.id)
    ).all()


def all_merges_of(proposal: Proposal) -> Sequence[Merge]:
    """Every merge that a proposal was part of, the undone ones too."""
    return db.session.scalars(
        select(Merge)
        .where(or_(Merge.target_id == proposal.id, Merge.source_id == proposal.id))
        .options(joinedload(Merge.source), joinedload(Merge.target), joinedload(Merge.merged_by))
        .order_by(Merge.id)
    ).all()


def live_merge_of(source: Proposal) -> Merge | None:
    """The merge by which a proposal went into another, unless it was undone."""
    return db.session.scalar(
        select(Merge)
        .where(Merge.source_id == source.id, Merge.undone_at.is_(None))
        .options(joinedload(Merge.target), joinedload(Merge.merged_by))
    )


def has_merges(proposal: Proposal) -> bool:
    """Whether anything went into it and is still there."""
    return (
        db.session.scalar(
            select(Merge.id)
            .where(Merge.target_id == proposal.id, Merge.undone_at.is_(None))
            .limit(1)
        )
        is not None
    )


def drafts_of(account_id: int, campaign: Campaign | None = None) -> Sequence[Proposal]:
    """What somebody is still writing, the last saved first."""
    query = (
        select(Proposal)
        .join(Proposal.campaign)
        .where(Proposal.author_id == account_id, Proposal.state == State.DRAFT)
        .options(contains_eager(Proposal.campaign))
        .order_by(Proposal.saved_at.desc(), Proposal.id.desc())
    )
    if campaign is not None:
        query = query.where(Proposal.campaign_id == campaign.id)
    return db.session.scalars(query).all()


def begun_with(key: str, account_id: int) -> Proposal | None:
    """What somebody began writing in the form that carries this key."""
    return db.session.scalar(
        select(Proposal)
        .where(Proposal.draft_key == key, Proposal.author_id == account_id)
        .options(*_WITH_ITS_PEOPLE)
    )


class Order(StrEnum):
    """In what order a list is read."""

    SHUFFLED = "shuffled"
    NEWEST = "newest"
    MOST_COMMENTED = "commented"


@dataclass(frozen=True)
class Selection:
    """Which of a campaign's proposals somebody wants to see."""

    theme_id: int | None = None
    state: State | None = State.PUBLISHED
    """None: every state that is public."""
    language: str | None = None
    words: str = ""
    """What it has to hold, in any case and with or without diacritics."""
    ids: Select[Any] | None = None
    """A SELECT of what a search has found for the words in whole texts; titles count besides."""


def listed(campaign: Campaign, selection: Selection) -> Select[Proposal]:
    """The public proposals of a campaign that fit, in no order yet."""
    query = select(Proposal).where(Proposal.campaign_id == campaign.id, is_public())
    if selection.state is not None:
        query = query.where(Proposal.state == selection.state)
    if selection.theme_id is not None:
        query = query.where(Proposal.theme_id == selection.theme_id)
    if selection.language is not None:
        query = query.where(Proposal.language == selection.language)
    if words := fold(selection.words).split():
        in_title = and_(*(Proposal.title_folded.contains(word, autoescape=True) for word in words))
        in_text = false() if selection.ids is None else Proposal.id.in_(selection.ids)
        shown = Proposal.state.in_([State.PUBLISHED, State.MERGED])
        query = query.where(shown, or_(in_title, in_text))
    return query


def in_order(query: Select[Proposal], order: Order) -> Select[Proposal]:
    """The newest or the most commented first, with what a list shows of each."""
    if order is Order.MOST_COMMENTED:
        query = query.join(Proposal.thread).order_by(
            Thread.comment_count.desc(), Proposal.id.desc()
        )
    else:
        query = query.order_by(Proposal.published_at.desc(), Proposal.id.desc())
    return query.options(*FOR_A_LIST)


def ids_of(query: Select[Proposal]) -> list[int]:
    """The ids alone, in ascending order."""
    return list(db.session.scalars(query.with_only_columns(Proposal.id).order_by(Proposal.id)))


def by_ids(ids: Sequence[int], *, among: Select[Proposal] | None = None) -> list[Proposal]:
    """These proposals, in the order of the ids given; only those that a selection still holds."""
    query = select(Proposal) if among is None else among
    rows = db.session.scalars(query.where(Proposal.id.in_(ids)).options(*FOR_A_LIST)).all()
    found = {row.id: row for row in rows}
    return [found[number] for number in ids if number in found]


def forms_in(campaign: Campaign, language: str, *, but: int | None) -> Sequence[tuple[int, str]]:
    """The base forms of the newest published texts in one language, to compare a new one with."""
    query = (
        select(Proposal.id, Proposal.lemmas)
        .where(
            Proposal.campaign_id == campaign.id,
            Proposal.state == State.PUBLISHED,
            Proposal.language == language,
        )
        .order_by(Proposal.id.desc())
        .limit(MOST_COMPARED)
    )
    if but is not None:
        query = query.where(Proposal.id != but)
    return [(row[0], row[1]) for row in db.session.execute(query)]


def similar_to(proposal: Proposal, *, most: int = 5) -> list[Proposal]:
    """What is published in the same campaign and language and says much the same."""
    forms = base_forms(
        proposal.title, f"{proposal.situation} {proposal.solution}", proposal.language
    )
    others = forms_in(proposal.campaign, proposal.language, but=proposal.id)
    return by_ids(most_alike(forms, others, most=most))


def by_author(account_id: int) -> Select[Proposal]:
    """Everything somebody wrote or is named on, the newest first."""
    named = select(CoAuthor.proposal_id).where(
        CoAuthor.account_id == account_id, CoAuthor.state == CoAuthorState.ACCEPTED
    )
    return (
        select(Proposal)
        .where(or_(Proposal.author_id == account_id, Proposal.id.in_(named)))
        .options(*_WITH_ITS_PEOPLE)
        .order_by(Proposal.id.desc())
    )


def invitations_of(account_id: int) -> Sequence[CoAuthor]:
    """Where somebody is asked to be named, and has not answered."""
    return db.session.scalars(
        select(CoAuthor).where(
            CoAuthor.account_id == account_id, CoAuthor.state == CoAuthorState.INVITED
        )
    ).all()


def undecided(campaign: Campaign) -> Select[Proposal]:
    """What is handed in and waits for a moderator, the oldest promise first."""
    return (
        select(Proposal)
        .where(Proposal.campaign_id == campaign.id, Proposal.state == State.SUBMITTED)
        .options(*_WITH_ITS_PEOPLE)
        .order_by(Proposal.submitted_at, Proposal.id)
    )


def _lacks_its_moment() -> Any:
    """Published, with the moment of becoming votable not fixed, or fixed before the date moved.

    What was restored after voting opened goes without: nobody can support it.
    """
    return and_(
        Proposal.state == State.PUBLISHED,
        Proposal.was_restored_after_opening.is_(False),
        or_(
            Proposal.votable_from.is_(None),
            and_(
                Campaign.pacing == Pacing.IN_TURN,
                Proposal.votable_from != Campaign.voting_opens_at,
            ),
        ),
    )


def not_votable_yet(campaign: Campaign) -> Select[Proposal]:
    """What is published in a campaign and lacks the right moment of becoming votable."""
    return (
        select(Proposal)
        .join(Proposal.campaign)
        .where(Proposal.campaign_id == campaign.id, _lacks_its_moment())
    )


def campaigns_with_undecided(at: datetime) -> Sequence[Campaign]:
    """Running campaigns in which something is submitted and nobody has decided."""
    waiting = select(Proposal.campaign_id).where(Proposal.state == State.SUBMITTED)
    return db.session.scalars(
        select(Campaign).where(
            Campaign.id.in_(waiting),
            Campaign.announced_at <= at,
            Campaign.cancelled_at.is_(None),
            Campaign.concluded_at.is_(None),
        )
    ).all()


def campaigns_to_fix(at: datetime) -> Sequence[Campaign]:
    """Campaigns whose voting is near or open, and in which a proposal lacks its moment."""
    waiting = select(Proposal.campaign_id).join(Proposal.campaign).where(_lacks_its_moment())
    return db.session.scalars(
        select(Campaign).where(
            Campaign.id.in_(waiting),
            Campaign.announced_at <= at,
            Campaign.cancelled_at.is_(None),
            Campaign.voting_opens_at <= at + LAST_REVISION_BEFORE_VOTING,
            Campaign.voting_closes_at > at,
            Campaign.is_imported.is_(False),
        )
    ).all()


@dataclass
class Figures:
    """How many proposals a campaign has, of those that were handed in."""

    handed_in: int = 0
    published: int = 0
    unchecked: int = 0
    by_theme: dict[int | None, int] = field(default_factory=dict)
    """How many stand published in each theme; None: in no theme."""


def figures_of(campaign_ids: Collection[int]) -> dict[int, Figures]:
    """The figures of these campaigns, in one question to the database."""
    found = {campaign_id: Figures() for campaign_id in campaign_ids}
    rows = db.session.execute(
        select(Proposal.campaign_id, Proposal.theme_id, Proposal.state, func.count())
        .where(Proposal.campaign_id.in_(campaign_ids), Proposal.state != State.DRAFT)
        .group_by(Proposal.campaign_id, Proposal.theme_id, Proposal.state)
    )
    for campaign_id, theme_id, state, number in rows:
        figures = found[campaign_id]
        figures.handed_in += number
        if state is State.PUBLISHED:
            figures.published += number
            figures.by_theme[theme_id] = figures.by_theme.get(theme_id, 0) + number
        elif state is State.SUBMITTED:
            figures.unchecked += number
    return found


def count_people(campaign: Campaign) -> int:
    """How many people have proposed or commented."""
    authors = select(Proposal.author_id).where(
        Proposal.campaign_id == campaign.id, Proposal.state != State.DRAFT
    )
    commenters = (
        select(Comment.author_id)
        .join(Proposal, Proposal.thread_id == Comment.thread_id)
        .where(Proposal.campaign_id == campaign.id)
    )
    people = authors.union(commenters).subquery()
    return db.session.scalar(select(func.count()).select_from(people)) or 0


def handed_in_since(campaign: Campaign, moment: datetime) -> list[datetime]:
    """When proposals were handed in since a moment, the oldest first; for counts by the day."""
    moments = db.session.scalars(
        select(Proposal.submitted_at)
        .where(Proposal.campaign_id == campaign.id, Proposal.submitted_at >= moment)
        .order_by(Proposal.submitted_at)
    )
    return [each for each in moments if each is not None]


def longest_unchecked_since(campaign: Campaign) -> datetime | None:
    """Since when the proposal waits that has waited longest for a moderator."""
    return db.session.scalar(
        select(func.min(Proposal.submitted_at)).where(
            Proposal.campaign_id == campaign.id, Proposal.state == State.SUBMITTED
        )
    )
