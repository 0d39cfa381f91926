"""Where a thread is torn: every place in the graph where what is stored does not add up.

Each check is one SELECT over all rows, so that 20,000 proposals take seconds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.answers import queries as answers
from app.answers.lacks import Lack
from app.answers.models import Answer
from app.campaigns.models import Campaign
from app.commitments.models import (
    Commitment,
    CommitmentState,
    CommitmentStep,
    Origin,
    Retraction,
    Version,
)
from app.commitments.queries import is_live
from app.foundation.db import db
from app.proposals.models import Merge, Proposal, Revision, State, Step


class Tear(StrEnum):
    """What does not add up."""

    UNANSWERED = "concluded with one unanswered"
    ANSWER_WITHOUT_ORIGIN = "answer without origin"
    ORIGIN_WITHOUT_ANSWER = "origin without answer"
    ANSWER_DENIES_ORIGIN = "answer denies its origin"
    RETRACTED = "origin retracted, answer still rests on it"
    MERGED_WITHOUT_TARGET = "merged without a target"
    MERGE_WITHOUT_TRACE = "merge is not what the proposal says"
    OUT_OF_DRAFT = "commitment out of draft without origin"
    STATE = "state is not what the last step says"
    REVISIONS = "revisions are not numbered 1, 2, 3"
    VERSIONS = "versions are not numbered 1, 2, 3"
    ANSWERS = "answers are not numbered 1, 2, 3"
    COMMITMENT_STATE = "commitment's state is not what its last step says"


@dataclass(frozen=True)
class Gap:
    tear: Tear
    where: str
    """``OGP5-0042``, or ``commitment 3``."""
    campaign_id: int

    def __str__(self) -> str:
        return f"{self.where}: {self.tear.value}"


def gaps(campaign: Campaign | None = None) -> Iterator[Gap]:
    """Every gap of a campaign, or of them all."""
    yield from _between_answers_and_origins(campaign)
    for tear, find in _PROPOSALS.items():
        query = _within(find(), campaign)
        for reference, proposal_id, campaign_id in db.session.execute(query):
            yield Gap(tear, reference or f"proposal {proposal_id}", campaign_id)
    for tear, find in _COMMITMENTS.items():
        query = _within(find(), campaign, of=Commitment)
        for number, campaign_id in db.session.execute(query):
            yield Gap(tear, f"commitment {number}", campaign_id)


_LACKS = {
    Lack.UNANSWERED: Tear.UNANSWERED,
    Lack.ANSWER_WITHOUT_ORIGIN: Tear.ANSWER_WITHOUT_ORIGIN,
    Lack.ORIGIN_WITHOUT_ANSWER: Tear.ORIGIN_WITHOUT_ANSWER,
    Lack.ANSWER_DENIES_ORIGIN: Tear.ANSWER_DENIES_ORIGIN,
}


def _between_answers_and_origins(campaign: Campaign | None) -> Iterator[Gap]:
    """What answers and origins lack; somebody who waits is a gap once the campaign is concluded."""
    found = answers.gaps(campaign, waiting=False).subquery()
    rows = db.session.execute(
        select(found.c.lack, found.c.reference, Proposal.campaign_id, _was_retracted())
        .join(Proposal, Proposal.id == found.c.proposal_id)
        .order_by(Proposal.campaign_id, found.c.lack, found.c.reference)
    )
    for lack, reference, campaign_id, was_retracted in rows:
        tear = _LACKS[Lack(lack)]
        if tear is Tear.ANSWER_WITHOUT_ORIGIN and was_retracted:
            tear = Tear.RETRACTED
        yield Gap(tear, reference, campaign_id)


def _was_retracted() -> Any:
    return (
        exists()
        .where(Origin.proposal_id == Proposal.id, Retraction.origin_id == Origin.id)
        .correlate(Proposal)
    )


def _within(query: Select[Any], campaign: Campaign | None, of: Any = Proposal) -> Select[Any]:
    query = query.order_by(of.campaign_id, of.id)
    return query if campaign is None else query.where(of.campaign_id == campaign.id)


def _proposals(*conditions: Any) -> Select[Any]:
    columns: Any = (Proposal.reference, Proposal.id, Proposal.campaign_id)
    return select(*columns).where(*conditions)


def _merged_without_target() -> Select[Any]:
    target = aliased(Proposal)
    return (
        _proposals(Proposal.state == State.MERGED)
        .outerjoin(target, target.id == Proposal.merged_into_id)
        .where(
            or_(
                target.id.is_(None),
                target.campaign_id != Proposal.campaign_id,
                target.state.not_in([State.PUBLISHED, State.HIDDEN, State.WITHDRAWN]),
            )
        )
    )


def _merge_without_trace() -> Select[Any]:
    """Merged although no merge that stands says so; or one stands, and it is not merged there.

    A merged proposal that was hidden keeps its merge.
    """
    stands = exists().where(
        Merge.source_id == Proposal.id,
        Merge.target_id == Proposal.merged_into_id,
        Merge.undone_at.is_(None),
    )
    any_stands = exists().where(Merge.source_id == Proposal.id, Merge.undone_at.is_(None))
    return _proposals(
        or_(
            and_(Proposal.state == State.MERGED, ~stands.correlate(Proposal)),
            and_(
                Proposal.state.in_([State.PUBLISHED, State.SUBMITTED, State.RETURNED]),
                any_stands.correlate(Proposal),
            ),
        )
    )


def _state_without_step() -> Select[Any]:
    last = select(Step.proposal_id, func.max(Step.id).label("id")).group_by(Step.proposal_id)
    newest = last.subquery()
    step = aliased(Step)
    return (
        _proposals(Proposal.state != State.DRAFT)
        .outerjoin(newest, newest.c.proposal_id == Proposal.id)
        .outerjoin(step, step.id == newest.c.id)
        .where(or_(step.id.is_(None), step.became != Proposal.state))
    )


def _revisions_out_of_order() -> Select[Any]:
    numbered = (
        select(
            Revision.proposal_id,
            func.count().label("n"),
            func.min(Revision.number).label("first"),
            func.max(Revision.number).label("last"),
        )
        .group_by(Revision.proposal_id)
        .subquery()
    )
    return (
        _proposals(Proposal.state != State.DRAFT)
        .outerjoin(numbered, numbered.c.proposal_id == Proposal.id)
        .where(
            or_(
                numbered.c.n.is_(None),
                numbered.c.first != 1,
                numbered.c.last != numbered.c.n,
                numbered.c.last != Proposal.current_revision,
            )
        )
    )


def _answers_out_of_order() -> Select[Any]:
    numbered = (
        select(
            Answer.proposal_id,
            func.count().label("n"),
            func.min(Answer.number).label("first"),
            func.max(Answer.number).label("last"),
        )
        .group_by(Answer.proposal_id)
        .subquery()
    )
    return (
        _proposals()
        .join(numbered, numbered.c.proposal_id == Proposal.id)
        .where(or_(numbered.c.first != 1, numbered.c.last != numbered.c.n))
    )


_PROPOSALS: dict[Tear, Callable[[], Select[Any]]] = {
    Tear.MERGED_WITHOUT_TARGET: _merged_without_target,
    Tear.MERGE_WITHOUT_TRACE: _merge_without_trace,
    Tear.STATE: _state_without_step,
    Tear.REVISIONS: _revisions_out_of_order,
    Tear.ANSWERS: _answers_out_of_order,
}


def _commitments(*conditions: Any) -> Select[Any]:
    columns: Any = (Commitment.number, Commitment.campaign_id)
    return select(*columns).where(*conditions)


def _out_of_draft_without_origin() -> Select[Any]:
    rests = exists().where(Origin.commitment_id == Commitment.id, is_live()).correlate(Commitment)
    return _commitments(Commitment.state != CommitmentState.DRAFT, ~rests)


def _commitment_without_step() -> Select[Any]:
    newest = (
        select(CommitmentStep.commitment_id, func.max(CommitmentStep.id).label("id"))
        .group_by(CommitmentStep.commitment_id)
        .subquery()
    )
    step = aliased(CommitmentStep)
    return (
        _commitments()
        .outerjoin(newest, newest.c.commitment_id == Commitment.id)
        .outerjoin(step, step.id == newest.c.id)
        .where(or_(step.id.is_(None), step.became != Commitment.state))
    )


def _versions_out_of_order() -> Select[Any]:
    numbered = (
        select(
            Version.commitment_id,
            func.count().label("n"),
            func.max(Version.number).label("last"),
        )
        .group_by(Version.commitment_id)
        .subquery()
    )
    return (
        _commitments()
        .outerjoin(numbered, numbered.c.commitment_id == Commitment.id)
        .where(
            or_(
                numbered.c.n.is_(None),
                numbered.c.last != numbered.c.n,
                numbered.c.last != Commitment.current_version,
            )
        )
    )


_COMMITMENTS: dict[Tear, Callable[[], Select[Any]]] = {
    Tear.OUT_OF_DRAFT: _out_of_draft_without_origin,
    Tear.COMMITMENT_STATE: _commitment_without_step,
    Tear.VERSIONS: _versions_out_of_order,
}
