"""The whole way of a proposal or a commitment, as knots on a thread. Pure: rows in, knots out.

Each knot says what happened, when, who did it and why. A name is what somebody chose to be
shown under, empty once they have left; None where nobody decided: the clock or a rule did.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.accounts.models import Account
from app.answers.models import Answer
from app.commitments.models import (
    Commitment,
    CommitmentState,
    CommitmentStep,
    Origin,
    Version,
)
from app.proposals.models import Merge, Proposal, Revision, State, Step
from app.proposals.standing import shows_text
from app.review.models import ChangeKind, Conclusion, ShortlistChange, ShortlistEntry
from app.voting.models import Count, Tally


class Kind(StrEnum):
    """What happened."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    REVISED = "revised"
    GATHERED = "gathered"
    """Others were merged into it."""
    MERGED = "merged"
    """It was merged into another."""
    MERGE_UNDONE = "merge_undone"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    RESTORED = "restored"
    COUNTED = "counted"
    SHORTLISTED = "shortlisted"
    ADDED_TO_SHORTLIST = "added_to_shortlist"
    TAKEN_OFF_SHORTLIST = "taken_off_shortlist"
    RETURNED_TO_SHORTLIST = "returned_to_shortlist"
    CONCLUDED = "concluded"
    PROMOTED = "promoted"
    ORIGIN = "origin"
    ORIGIN_RETRACTED = "origin_retracted"
    ANSWERED = "answered"
    DRAFTED = "drafted"
    VERSION = "version"
    CONSULTATION = "consultation"
    REVISED_TEXT = "revised_text"
    FINAL = "final"
    APPROVED = "approved"


@dataclass(frozen=True)
class Knot:
    kind: Kind
    at: datetime
    by: str | None = None
    why: str | None = None
    language: str | None = None
    """Of ``why``, where it is known."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """References, numbers, words of the vocabulary, and titles that everybody may read."""


@dataclass(frozen=True)
class ProposalRows:
    """Everything that is stored about the way of one proposal."""

    proposal: Proposal
    revisions: Sequence[Revision]
    steps: Sequence[Step]
    merges: Sequence[Merge]
    tally: Tally | None
    count: Count | None
    entry: ShortlistEntry | None
    changes: Sequence[ShortlistChange]
    conclusions: Sequence[Conclusion]
    origins: Sequence[Origin]
    answers: Sequence[Answer]
    commitment_steps: Sequence[CommitmentStep]
    commitments: Mapping[int, Commitment]


@dataclass(frozen=True)
class CommitmentRows:
    """Everything that is stored about the way of one commitment."""

    commitment: Commitment
    versions: Sequence[Version]
    steps: Sequence[CommitmentStep]
    origins: Sequence[Origin]


def of_proposal(rows: ProposalRows) -> list[Knot]:
    """A proposal's way, in the order of time."""
    knots = [
        *_steps(rows),
        *_revisions(rows),
        *_merges(rows),
        *_vote(rows),
        *_shortlist(rows),
        *_conclusions(rows),
        *_origins(rows.origins),
        *_answers(rows),
        *(
            _commitment_step(step, rows.commitments[step.commitment_id])
            for step in rows.commitment_steps
            if step.became is not CommitmentState.DRAFT
        ),
    ]
    return _in_order(knots)


def of_commitment(rows: CommitmentRows) -> list[Knot]:
    """A commitment's way, in the order of time."""
    knots = [
        *(_commitment_step(step, rows.commitment) for step in rows.steps),
        *_versions(rows),
        *_origins(rows.origins),
    ]
    return _in_order(knots)


def _in_order(knots: list[Knot]) -> list[Knot]:
    """By time; what happened at the same moment in the order of a life."""
    order = {kind: place for place, kind in enumerate(Kind)}
    return sorted(knots, key=lambda knot: (knot.at, order[knot.kind]))


def name_of(account: Account | None) -> str | None:
    if account is None:
        return None
    return account.display_name if account.erased_at is None else ""


_STEPS = {
    State.SUBMITTED: Kind.SUBMITTED,
    State.RETURNED: Kind.RETURNED,
    State.PUBLISHED: Kind.PUBLISHED,
    State.WITHDRAWN: Kind.WITHDRAWN,
    State.HIDDEN: Kind.HIDDEN,
}


def _steps(rows: ProposalRows) -> Iterator[Knot]:
    """Changes of state; a merge and its undoing are told by their own rows."""
    for step in rows.steps:
        if State.MERGED in {step.was, step.became} or step.became not in _STEPS:
            continue
        kind = Kind.RESTORED if step.was is State.HIDDEN else _STEPS[step.became]
        yield Knot(
            kind,
            step.taken_at,
            name_of(step.taken_by),
            step.reason,
            facts={
                "became": step.became.value,
                "was": step.was.value if step.was else None,
                "is_checked": rows.proposal.is_checked,
            },
        )


def _revisions(rows: ProposalRows) -> Iterator[Knot]:
    """Every revision but the first, which came with the submission."""
    for revision in rows.revisions:
        if revision.number == 1:
            continue
        withheld = revision.withheld_at is not None
        yield Knot(
            Kind.REVISED,
            revision.written_at,
            name_of(revision.written_by),
            revision.withheld_reason if withheld else revision.note or None,
            rows.proposal.language,
            {"revision": revision.number, "how": revision.kind.value, "is_withheld": withheld},
        )


def _merges(rows: ProposalRows) -> Iterator[Knot]:
    """Where it went; and each act by which others came in, with all that came by it."""
    acts: dict[int, list[Merge]] = {}
    for merge in rows.merges:
        if merge.target_id == rows.proposal.id:
            acts.setdefault(merge.revision, []).append(merge)
        else:
            yield _merge_knot(Kind.MERGED, merge, [merge.target])
        if merge.undone_at is not None:
            other = merge.source if merge.target_id == rows.proposal.id else merge.target
            yield Knot(
                Kind.MERGE_UNDONE,
                merge.undone_at,
                name_of(merge.undone_by),
                merge.undo_reason,
                facts={"proposals": [_named(other)]},
            )
    for act in acts.values():
        yield _merge_knot(Kind.GATHERED, act[0], [merge.source for merge in act])


def _merge_knot(kind: Kind, merge: Merge, others: Sequence[Proposal]) -> Knot:
    return Knot(
        kind,
        merge.merged_at,
        name_of(merge.merged_by),
        merge.reason,
        facts={"proposals": [_named(other) for other in others]},
    )


def _named(proposal: Proposal) -> dict[str, str | None]:
    """A proposal by its reference, and by its title where that may be read."""
    return {
        "reference": proposal.reference,
        "title": proposal.title if shows_text(proposal) else None,
        "language": proposal.language,
    }


def _vote(rows: ProposalRows) -> Iterator[Knot]:
    """The count, once it is published; of a proposal whose text stands."""
    if rows.tally is None or rows.count is None or not shows_text(rows.proposal):
        return
    yield Knot(
        Kind.COUNTED,
        rows.tally.counted_at,
        facts={
            "supports": rows.count.supports,
            "place": rows.count.place,
            "place_in_theme": rows.count.place_in_theme,
        },
    )


_CHANGES = {
    ChangeKind.ADDED: Kind.ADDED_TO_SHORTLIST,
    ChangeKind.REMOVED: Kind.TAKEN_OFF_SHORTLIST,
    ChangeKind.LEFT: Kind.TAKEN_OFF_SHORTLIST,
    ChangeKind.RETURNED: Kind.RETURNED_TO_SHORTLIST,
}


def _shortlist(rows: ProposalRows) -> Iterator[Knot]:
    """How it came onto the shortlist, and what people changed about that."""
    if rows.entry is None:
        return
    if not any(change.kind is ChangeKind.ADDED for change in rows.changes):
        yield Knot(
            Kind.SHORTLISTED if rows.entry.by_rule else Kind.ADDED_TO_SHORTLIST,
            rows.entry.entered_at,
            name_of(rows.entry.added_by),
            rows.entry.added_reason,
            facts={"position": rows.entry.position, "by_rule": rows.entry.by_rule},
        )
    for change in rows.changes:
        yield Knot(
            _CHANGES[change.kind],
            change.changed_at,
            name_of(change.changed_by),
            change.reason,
            facts={"by_rule": False},
        )


def _conclusions(rows: ProposalRows) -> Iterator[Knot]:
    group = rows.entry.group.slug if rows.entry and rows.entry.group else None
    for conclusion in rows.conclusions:
        yield Knot(
            Kind.CONCLUDED,
            conclusion.concluded_at,
            name_of(conclusion.concluded_by),
            conclusion.reasons,
            conclusion.language,
            {
                "recommendation": conclusion.recommendation.value,
                "group": group,
                "has_dissent": bool(conclusion.dissent),
                "number": conclusion.number,
            },
        )


def _origins(origins: Sequence[Origin]) -> Iterator[Knot]:
    for origin in origins:
        facts = {
            "commitment": origin.commitment.id,
            "number": origin.commitment.number,
            "version": origin.version,
            "field": origin.field.value if origin.field else None,
            "reference": origin.proposal.reference if origin.proposal else None,
            "revision": origin.revision,
            "relation": origin.relation.value if origin.relation else None,
            "source_kind": origin.other_kind.value if origin.other_kind else None,
            "source": origin.other_source,
            "is_live": origin.is_live,
        }
        yield Knot(
            Kind.PROMOTED if origin.is_promotion else Kind.ORIGIN,
            origin.written_at,
            name_of(origin.written_by),
            origin.reason,
            facts=facts,
        )
        if origin.retraction is not None:
            yield Knot(
                Kind.ORIGIN_RETRACTED,
                origin.retraction.retracted_at,
                name_of(origin.retraction.retracted_by),
                origin.retraction.reason,
                facts=facts,
            )


def _answers(rows: ProposalRows) -> Iterator[Knot]:
    """Its own answers, or those of what it was merged into."""
    for answer in rows.answers:
        inherited = answer.proposal_id != rows.proposal.id
        yield Knot(
            Kind.ANSWERED,
            answer.answered_at,
            name_of(answer.answered_by),
            answer.text,
            answer.language,
            {
                "outcome": answer.outcome.value,
                "number": answer.number,
                "on_behalf_of": answer.on_behalf_of,
                "referred_to": answer.referred_to,
                "inherited_from": answer.proposal.reference if inherited else None,
            },
        )


_COMMITMENT_STEPS = {
    CommitmentState.DRAFT: Kind.DRAFTED,
    CommitmentState.CONSULTATION: Kind.CONSULTATION,
    CommitmentState.REVISED: Kind.REVISED_TEXT,
    CommitmentState.FINAL: Kind.FINAL,
    CommitmentState.APPROVED: Kind.APPROVED,
}


def _commitment_step(step: CommitmentStep, commitment: Commitment) -> Knot:
    facts: dict[str, Any] = {
        "commitment": commitment.id,
        "number": commitment.number,
        "version": step.version,
    }
    if step.became is CommitmentState.APPROVED:
        facts["approved_on"] = commitment.approved_on
        facts["link"] = commitment.approval_link
    return Knot(
        _COMMITMENT_STEPS[step.became],
        step.taken_at,
        name_of(step.taken_by),
        step.reason or None,
        facts=facts,
    )


def _versions(rows: CommitmentRows) -> Iterator[Knot]:
    for version in rows.versions:
        if version.number == 1:
            continue
        yield Knot(
            Kind.VERSION,
            version.written_at,
            name_of(version.written_by),
            version.note or None,
            facts={"commitment": rows.commitment.id, "version": version.number},
        )
