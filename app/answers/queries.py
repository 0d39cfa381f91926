"""Answers in force, who still waits, and what keeps a campaign from being concluded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.answers.lacks import Lack
from app.answers.models import NEEDS_ORIGIN, Answer, Outcome
from app.answers.vocabulary import RELATION_BEHIND
from app.campaigns.models import Campaign, Theme
from app.commitments.models import Commitment, Origin
from app.commitments.queries import is_live
from app.foundation import clock
from app.foundation.db import db
from app.proposals.models import Proposal, State

DAY = timedelta(days=1)


def answer_in_force(proposal: Proposal) -> Answer | None:
    """What became of a proposal, as it was last answered.

    A merged proposal inherits its target's: then the answer's ``proposal_id`` is the target's.
    """
    owner = proposal.merged_into_id if proposal.state is State.MERGED else proposal.id
    return db.session.scalar(
        select(Answer)
        .where(Answer.proposal_id == owner)
        .options(joinedload(Answer.answered_by), joinedload(Answer.proposal))
        .order_by(Answer.number.desc())
        .limit(1)
    )


def answers_in_force(proposals: Sequence[Proposal]) -> dict[int, Answer]:
    """What became of each of these proposals, by their ids, in one query."""
    owners = {
        each.id: each.merged_into_id if each.state is State.MERGED else each.id
        for each in proposals
    }
    found = db.session.scalars(
        select(Answer).where(Answer.proposal_id.in_(set(owners.values())), _is_in_force())
    )
    by_owner = {answer.proposal_id: answer for answer in found}
    return {mine: by_owner[owner] for mine, owner in owners.items() if owner in by_owner}


def answers_to(proposal: Proposal) -> Sequence[Answer]:
    """Every answer to a proposal, or to what it was merged into, the one in force first."""
    owner = proposal.merged_into_id if proposal.state is State.MERGED else proposal.id
    return db.session.scalars(
        select(Answer)
        .where(Answer.proposal_id == owner)
        .options(joinedload(Answer.answered_by), joinedload(Answer.proposal))
        .order_by(Answer.number.desc())
    ).all()


def answer(answer_id: int) -> Answer | None:
    return db.session.get(Answer, answer_id)


def _is_in_force() -> ColumnElement[bool]:
    later = aliased(Answer)
    return ~exists().where(later.proposal_id == Answer.proposal_id, later.number > Answer.number)


def _has_answer() -> ColumnElement[bool]:
    return exists().where(Answer.proposal_id == Proposal.id).correlate(Proposal)


def unanswered(campaign: Campaign) -> Select[Proposal]:
    """The published proposals that nobody has answered yet, the longest published first."""
    return (
        select(Proposal)
        .where(
            Proposal.campaign_id == campaign.id,
            Proposal.state == State.PUBLISHED,
            ~_has_answer(),
        )
        .options(joinedload(Proposal.theme).joinedload(Theme.group), joinedload(Proposal.author))
        .order_by(Proposal.published_at, Proposal.id)
    )


def in_force(
    campaign: Campaign, *, outcome: Outcome | None = None, theme: Theme | None = None
) -> Select[Answer]:
    """The answers to the published proposals of a campaign, the newest first."""
    query = (
        select(Answer)
        .join(Answer.proposal)
        .where(
            Proposal.campaign_id == campaign.id,
            Proposal.state == State.PUBLISHED,
            _is_in_force(),
        )
        .options(
            contains_eager(Answer.proposal).joinedload(Proposal.theme),
            contains_eager(Answer.proposal).joinedload(Proposal.author),
            joinedload(Answer.answered_by),
        )
        .order_by(Answer.answered_at.desc(), Answer.id.desc())
    )
    if outcome is not None:
        query = query.where(Answer.outcome == outcome)
    if theme is not None:
        query = query.where(Proposal.theme_id == theme.id)
    return query


def outcomes_of(campaign: Campaign) -> dict[Outcome, int]:
    """How many answers in force are of each kind."""
    rows = db.session.execute(
        select(Answer.outcome, func.count())
        .join(Answer.proposal)
        .where(
            Proposal.campaign_id == campaign.id,
            Proposal.state == State.PUBLISHED,
            _is_in_force(),
        )
        .group_by(Answer.outcome)
    )
    return {row[0]: row[1] for row in rows}


def states_of(campaign: Campaign) -> dict[State, int]:
    """How many proposals of a campaign stand in each state, of those that were ever public."""
    rows = db.session.execute(
        select(Proposal.state, func.count())
        .where(
            Proposal.campaign_id == campaign.id,
            Proposal.state.in_([State.PUBLISHED, State.MERGED, State.WITHDRAWN, State.HIDDEN]),
            or_(Proposal.state != State.WITHDRAWN, Proposal.published_at.is_not(None)),
        )
        .group_by(Proposal.state)
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class Coverage:
    """How far a campaign has kept its promise. Public from the first day."""

    published: int
    """Proposals that are owed an answer; a merged one shares its target's."""
    answered: int
    median_days: float | None
    """From the close of the review to the first answer; None: nobody is answered."""
    waiting_days: int
    """How long the unanswered have waited since the review closed; 0 while it is open."""
    due_at: datetime
    is_overdue: bool
    """Whether the promised day is over and somebody still waits."""

    @property
    def waiting(self) -> int:
        return self.published - self.answered

    @property
    def overdue(self) -> int:
        return self.waiting if self.is_overdue else 0

    @property
    def percent(self) -> float:
        return 100 * self.answered / self.published if self.published else 100.0


def coverage(campaign: Campaign) -> Coverage:
    """In two queries, however many proposals there are."""
    at = clock.now()
    owed, answered = db.session.execute(
        select(func.count(), func.count(case((_has_answer(), 1)))).where(
            Proposal.campaign_id == campaign.id, Proposal.state == State.PUBLISHED
        )
    ).one()
    waiting = max((at - campaign.review_closes_at) // DAY, 0) if answered < owed else 0
    return Coverage(
        owed,
        answered,
        _median_days(campaign, answered),
        waiting,
        campaign.answers_due_at,
        is_overdue=answered < owed and campaign.answers_due_at <= at,
    )


def _median_days(campaign: Campaign, answered: int) -> float | None:
    """The median of the days to the first answer, exact, without reading them all."""
    if answered == 0:
        return None
    moments = db.session.scalars(
        select(Answer.answered_at)
        .join(Answer.proposal)
        .where(
            Proposal.campaign_id == campaign.id,
            Proposal.state == State.PUBLISHED,
            Answer.number == 1,
        )
        .order_by(Answer.answered_at)
        .offset((answered - 1) // 2)
        .limit(2 - answered % 2)
    ).all()
    days = [max((moment - campaign.review_closes_at) / DAY, 0.0) for moment in moments]
    return sum(days) / len(days) if days else None


# ── Gaps ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, and where."""

    lack: Lack
    proposal_id: int
    reference: str
    commitment_id: int | None = None
    number: int | None = None
    """The commitment's."""


def fitting_origin(outcome: Outcome) -> ColumnElement[bool]:
    """The condition on an origin that an answer of this kind may rest on it."""
    return Origin.relation == RELATION_BEHIND[outcome]


def has_fitting_origin(proposal: Proposal, outcome: Outcome) -> bool:
    """Whether a live origin says of the proposal what an answer of this kind says."""
    return (
        db.session.scalar(
            select(Origin.id)
            .where(Origin.proposal_id == proposal.id, is_live(), fitting_origin(outcome))
            .limit(1)
        )
        is not None
    )


def gaps(campaign: Campaign | None = None, *, waiting: bool = True) -> Select[Any]:
    """Every gap between answers and origins: (lack, proposal, reference, commitment, number).

    Set-based, so that 20,000 proposals take seconds. Without a campaign, those of them all.
    ``waiting=False`` counts who is unanswered only where the campaign is concluded.
    """
    kinds = [
        _unanswered(campaign, waiting=waiting),
        _answers_without_origin(campaign),
        _origins_without_answer(campaign),
        _answers_that_deny(campaign),
    ]
    found = kinds[0].union_all(*kinds[1:]).subquery()
    return select(*found.c).order_by(found.c.lack, found.c.reference)


def gaps_of(campaign: Campaign, *, limit: int = 100) -> list[Gap]:
    """The first gaps of a campaign."""
    return [Gap(Lack(row[0]), *row[1:]) for row in db.session.execute(gaps(campaign).limit(limit))]


def count_of_gaps(campaign: Campaign) -> dict[Lack, int]:
    found = gaps(campaign).order_by(None).subquery()
    rows = db.session.execute(select(found.c.lack, func.count()).group_by(found.c.lack))
    return {Lack(row[0]): row[1] for row in rows}


def _row(lack: Lack, *, with_commitment: bool) -> tuple[Any, ...]:
    nothing = literal(None, Commitment.__table__.c.id.type)
    return (
        literal(lack.value).label("lack"),
        Proposal.id.label("proposal_id"),
        Proposal.reference.label("reference"),
        (Commitment.id if with_commitment else nothing).label("commitment_id"),
        (Commitment.number if with_commitment else nothing).label("number"),
    )


def _within(query: Select[Any], campaign: Campaign | None) -> Select[Any]:
    return query if campaign is None else query.where(Proposal.campaign_id == campaign.id)


def _unanswered(campaign: Campaign | None, *, waiting: bool) -> Select[Any]:
    query = select(*_row(Lack.UNANSWERED, with_commitment=False)).where(
        Proposal.state == State.PUBLISHED, ~_has_answer()
    )
    if not waiting:
        query = query.join(Proposal.campaign).where(Campaign.concluded_at.is_not(None))
    return _within(query, campaign)


def _answers_without_origin(campaign: Campaign | None) -> Select[Any]:
    fits = or_(*(and_(Answer.outcome == word, fitting_origin(word)) for word in NEEDS_ORIGIN))
    rests_on_one = (
        exists()
        .where(Origin.proposal_id == Proposal.id, is_live(), fits)
        .correlate(Proposal, Answer)
    )
    query = (
        select(*_row(Lack.ANSWER_WITHOUT_ORIGIN, with_commitment=False))
        .join(Answer, Answer.proposal_id == Proposal.id)
        .where(
            Proposal.state == State.PUBLISHED,
            _is_in_force(),
            Answer.outcome.in_(NEEDS_ORIGIN),
            ~rests_on_one,
        )
    )
    return _within(query, campaign)


def _origins_without_answer(campaign: Campaign | None) -> Select[Any]:
    """A merged proposal's origin is answered with its target's answer."""
    owner = case(
        (Proposal.state == State.MERGED, Proposal.merged_into_id),
        else_=Proposal.id,
    )
    answered = exists().where(Answer.proposal_id == owner).correlate(Proposal)
    query = (
        select(*_row(Lack.ORIGIN_WITHOUT_ANSWER, with_commitment=True))
        .join(Origin, Origin.proposal_id == Proposal.id)
        .join(Commitment, Commitment.id == Origin.commitment_id)
        .where(
            Proposal.state.in_([State.PUBLISHED, State.MERGED]),
            is_live(),
            ~answered,
        )
        .distinct()
    )
    return _within(query, campaign)


def _answers_that_deny(campaign: Campaign | None) -> Select[Any]:
    query = (
        select(*_row(Lack.ANSWER_DENIES_ORIGIN, with_commitment=True))
        .join(Answer, Answer.proposal_id == Proposal.id)
        .join(Origin, Origin.proposal_id == Proposal.id)
        .join(Commitment, Commitment.id == Origin.commitment_id)
        .where(
            Proposal.state == State.PUBLISHED,
            _is_in_force(),
            Answer.outcome.not_in(NEEDS_ORIGIN),
            is_live(),
        )
        .distinct()
    )
    return _within(query, campaign)
