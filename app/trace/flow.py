"""How the proposals of a campaign flow: from publication to commitments and answers.

Every proposal that was ever public is in exactly one end, so that the numbers add up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.answers.models import Answer, Outcome
from app.campaigns.models import Campaign
from app.commitments import queries as commitments
from app.commitments.models import Commitment, Origin
from app.commitments.queries import is_live
from app.foundation.db import db
from app.proposals.models import Proposal, State
from app.review.models import ShortlistEntry


class EndKind(StrEnum):
    COMMITMENT = "commitment"
    ANSWERED = "answered"
    """With an outcome, and in no commitment."""
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Row:
    """So many proposals whose way, or that of what they went into, was the same."""

    state: State
    owner_state: State
    """The state of what it went into; its own, if it was not merged."""
    is_shortlisted: bool
    outcome: Outcome | None
    commitment_id: int | None
    number: int


@dataclass(frozen=True)
class End:
    """Where some proposals ended, or stand."""

    kind: EndKind
    own: int
    """Proposals that came here by themselves."""
    merged: int
    """Proposals that had been merged into one of those."""
    shortlisted: int
    """Of both, those on the shortlist, or merged into one that is."""
    outcome: Outcome | None = None
    commitment: Commitment | None = None

    @property
    def total(self) -> int:
        return self.own + self.merged


@dataclass(frozen=True)
class Flow:
    """What became of everything that was ever public in a campaign."""

    ends: Sequence[End]

    @property
    def total(self) -> int:
        return sum(end.total for end in self.ends)

    @property
    def withdrawn(self) -> int:
        return self._of(EndKind.WITHDRAWN)

    @property
    def hidden(self) -> int:
        return self._of(EndKind.HIDDEN)

    @property
    def kept(self) -> int:
        """What neither was withdrawn nor hidden, merged ones too."""
        return self.total - self.withdrawn - self.hidden

    @property
    def merged(self) -> int:
        return sum(end.merged for end in self.standing)

    @property
    def shortlisted(self) -> int:
        return sum(end.shortlisted for end in self.standing)

    @property
    def adopted(self) -> int:
        return self._of(EndKind.COMMITMENT)

    @property
    def answered_otherwise(self) -> int:
        return self._of(EndKind.ANSWERED)

    @property
    def waiting(self) -> int:
        return self._of(EndKind.WAITING)

    @property
    def standing(self) -> list[End]:
        return [end for end in self.ends if end.kind not in {EndKind.WITHDRAWN, EndKind.HIDDEN}]

    @property
    def commitments(self) -> list[End]:
        return [end for end in self.ends if end.kind is EndKind.COMMITMENT]

    @property
    def outcomes(self) -> list[End]:
        return [end for end in self.ends if end.kind is EndKind.ANSWERED]

    def _of(self, kind: EndKind) -> int:
        return sum(end.total for end in self.ends if end.kind is kind)


def flow_of(campaign: Campaign) -> Flow:
    """In two SELECTs, however many proposals there are."""
    made = {each.id: each for each in commitments.commitments_of(campaign)}
    return Flow(ends_of(_rows(campaign), made))


def ends_of(rows: Iterable[Row], made: dict[int, Commitment]) -> list[End]:
    """The ends, commitments first by number, then outcomes in the order of the vocabulary."""
    gathered: dict[tuple[EndKind, Outcome | None, int | None], list[int]] = {}
    for row in rows:
        key = _key(row)
        sums = gathered.setdefault(key, [0, 0, 0])
        sums[1 if row.state is State.MERGED else 0] += row.number
        sums[2] += row.number if row.is_shortlisted else 0
    ends = [
        End(kind, own, merged, shortlisted, outcome, made[number] if number else None)
        for (kind, outcome, number), (own, merged, shortlisted) in gathered.items()
    ]
    return sorted(ends, key=_order)


def _key(row: Row) -> tuple[EndKind, Outcome | None, int | None]:
    if row.owner_state is State.WITHDRAWN:
        return EndKind.WITHDRAWN, None, None
    if row.owner_state is State.HIDDEN:
        return EndKind.HIDDEN, None, None
    if row.commitment_id is not None:
        return EndKind.COMMITMENT, None, row.commitment_id
    if row.outcome is not None:
        return EndKind.ANSWERED, row.outcome, None
    return EndKind.WAITING, None, None


def _order(end: End) -> tuple[int, int]:
    within = 0
    if end.commitment is not None:
        within = end.commitment.number
    elif end.outcome is not None:
        within = list(Outcome).index(end.outcome)
    return list(EndKind).index(end.kind), within


def _rows(campaign: Campaign) -> list[Row]:
    owner, later = aliased(Proposal), aliased(Answer)
    each = (
        select(
            Proposal.state.label("state"),
            owner.state.label("owner_state"),
            _is_shortlisted(owner).label("is_shortlisted"),
            Answer.outcome.label("outcome"),
            _first_commitment(owner).label("commitment_id"),
        )
        .join(
            owner,
            owner.id
            == case((Proposal.state == State.MERGED, Proposal.merged_into_id), else_=Proposal.id),
        )
        .outerjoin(
            Answer,
            and_(
                Answer.proposal_id == owner.id,
                ~exists().where(
                    later.proposal_id == Answer.proposal_id, later.number > Answer.number
                ),
            ),
        )
        .where(Proposal.campaign_id == campaign.id, _was_public())
        .subquery()
    )
    rows = db.session.execute(select(*each.c, func.count()).group_by(*each.c))
    return [Row(row[0], row[1], bool(row[2]), row[3], row[4], row[5]) for row in rows]


def _was_public() -> ColumnElement[bool]:
    return or_(
        Proposal.state.in_([State.PUBLISHED, State.MERGED, State.HIDDEN]),
        and_(Proposal.state == State.WITHDRAWN, Proposal.published_at.is_not(None)),
    )


def _is_shortlisted(owner: Any) -> ColumnElement[bool]:
    return (
        exists()
        .where(ShortlistEntry.proposal_id == owner.id, ShortlistEntry.removed_at.is_(None))
        .correlate(owner)
    )


def _first_commitment(owner: Any) -> Any:
    return (
        select(func.min(Origin.commitment_id))
        .where(Origin.proposal_id == owner.id, is_live())
        .correlate(owner)
        .scalar_subquery()
    )
