"""Reading the rows of a way. A constant number of SELECTs, however long the way is."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.answers import queries as answers
from app.commitments import queries as commitments
from app.commitments.models import Commitment, CommitmentStep, Origin, Retraction
from app.foundation.db import db
from app.proposals import queries as proposals
from app.proposals.models import Merge, Proposal, State
from app.review import queries as review
from app.review.models import Conclusion, ShortlistChange, ShortlistEntry
from app.trace.lineage import CommitmentRows, ProposalRows
from app.voting.models import Count, Tally


def rows_of_proposal(proposal: Proposal) -> ProposalRows:
    """Everything that the trace of one proposal shows."""
    entry = review.entry_of(proposal)
    origins = _origins_from(proposal)
    found = {origin.commitment_id: origin.commitment for origin in origins if origin.is_live}
    return ProposalRows(
        proposal=proposal,
        revisions=proposals.revisions_of(proposal),
        steps=proposals.steps_of(proposal),
        merges=_merges_of(proposal),
        tally=db.session.get(Tally, proposal.campaign_id),
        count=db.session.get(Count, (proposal.campaign_id, proposal.id)),
        entry=entry,
        changes=_changes_of(entry),
        conclusions=review.conclusions_of(entry) if entry else [],
        origins=origins,
        answers=answers.answers_to(proposal)
        if proposal.state in {State.PUBLISHED, State.MERGED}
        else [],
        commitment_steps=_steps_of(list(found)),
        commitments=found,
    )


def rows_of_commitment(commitment: Commitment) -> CommitmentRows:
    return CommitmentRows(
        commitment=commitment,
        versions=commitments.versions_of(commitment),
        steps=commitments.steps_of(commitment),
        origins=commitments.origins_of(commitment),
    )


def _origins_from(proposal: Proposal) -> Sequence[Origin]:
    """Every origin that names this proposal, retracted ones too."""
    return db.session.scalars(
        select(Origin)
        .where(Origin.proposal_id == proposal.id)
        .options(
            joinedload(Origin.commitment).joinedload(Commitment.current),
            joinedload(Origin.written_by),
            joinedload(Origin.retraction).joinedload(Retraction.retracted_by),
        )
        .order_by(Origin.id)
    ).all()


def _merges_of(proposal: Proposal) -> Sequence[Merge]:
    """Every merge it was part of, the undone too, with whoever undid one."""
    return db.session.scalars(
        select(Merge)
        .where(or_(Merge.target_id == proposal.id, Merge.source_id == proposal.id))
        .options(
            joinedload(Merge.source),
            joinedload(Merge.target),
            joinedload(Merge.merged_by),
            joinedload(Merge.undone_by),
        )
        .order_by(Merge.id)
    ).all()


def _changes_of(entry: ShortlistEntry | None) -> Sequence[ShortlistChange]:
    if entry is None:
        return []
    return db.session.scalars(
        select(ShortlistChange)
        .where(ShortlistChange.entry_id == entry.id)
        .options(joinedload(ShortlistChange.changed_by))
        .order_by(ShortlistChange.id)
    ).all()


def _steps_of(commitment_ids: Sequence[int]) -> Sequence[CommitmentStep]:
    if not commitment_ids:
        return []
    return db.session.scalars(
        select(CommitmentStep)
        .where(CommitmentStep.commitment_id.in_(commitment_ids))
        .options(joinedload(CommitmentStep.taken_by))
        .order_by(CommitmentStep.id)
    ).all()


def merged_into(sources: Sequence[Proposal]) -> dict[int, list[Proposal]]:
    """What went into each of these proposals, with authors; by the target's id."""
    ids = [proposal.id for proposal in sources]
    if not ids:
        return {}
    found: dict[int, list[Proposal]] = {}
    for proposal in db.session.scalars(
        select(Proposal)
        .where(Proposal.merged_into_id.in_(ids), Proposal.state == State.MERGED)
        .options(joinedload(Proposal.author))
        .order_by(Proposal.id)
    ):
        found.setdefault(proposal.merged_into_id or 0, []).append(proposal)
    return found


def counts_of(proposals_: Sequence[Proposal]) -> dict[int, Count]:
    ids = [proposal.id for proposal in proposals_]
    if not ids:
        return {}
    rows = db.session.scalars(select(Count).where(Count.proposal_id.in_(ids)))
    return {count.proposal_id: count for count in rows}


def conclusions_on(proposals_: Sequence[Proposal]) -> dict[int, Conclusion]:
    """What the groups last concluded about these proposals, by the proposal's id."""
    ids = [proposal.id for proposal in proposals_]
    if not ids:
        return {}
    rows = db.session.execute(
        select(ShortlistEntry.id, ShortlistEntry.proposal_id).where(
            ShortlistEntry.proposal_id.in_(ids)
        )
    )
    entries = {row[0]: row[1] for row in rows}
    latest = review.latest_conclusions(list(entries))
    return {entries[entry_id]: conclusion for entry_id, conclusion in latest.items()}
