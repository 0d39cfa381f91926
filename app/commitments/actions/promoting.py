"""The one act that turns a shortlisted proposal into a draft commitment, or a part of one."""

from app.comments.models import Thread
from app.commitments import queries, texts
from app.commitments.actions._rows import (
    _account_id,
    _as_typed,
    _current,
    _relation,
    _save,
    _step,
    _write_origin,
    _write_version,
)
from app.commitments.events import (
    ProposalPromoted,
)
from app.commitments.models import (
    Commitment,
    CommitmentState,
    Field,
    Origin,
    Relation,
)
from app.commitments.permissions import (
    PROMOTE_PROPOSAL,
    SAVE_VERSION,
)
from app.commitments.texts import DraftText
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import _
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict, NotFound
from app.proposals import queries as proposals
from app.proposals.models import Proposal


def promote_proposal(
    proposal: Proposal,
    *,
    into: Commitment | None,
    title: str,
    relation: Relation | str,
    reason: str,
    adds_text: bool = True,
    by: Actor,
) -> Commitment:
    """Turn a shortlisted proposal into a draft commitment, or into a part of an existing one.

    A new draft takes over the proposal's words: its situation as the problem, its solution as
    the solution. With ``into`` the proposal's solution becomes the last paragraph of the
    commitment's (unless ``adds_text`` is false, or they are written in different languages), as
    a version of its own. The origin is written with it. Raises Conflict if the proposal already
    lives on there.
    """
    authorise(by, PROMOTE_PROPOSAL, queries.candidate(proposal))
    words = texts.reason_of(reason)
    chosen = _relation(relation)
    [proposal] = proposals.locked([proposal])
    before = queries.promotion_of(proposal)
    if into is None:
        if before is not None:
            raise Conflict(
                _(
                    "This proposal has already become part of commitment No %(number)s.",
                    number=before.commitment.number,
                )
            )
        commitment = _new_commitment(proposal, title, by=by)
    else:
        commitment = _taken_into(into, proposal, adds_text=adds_text, by=by)
    _write_origin(
        Origin(
            commitment_id=commitment.id,
            version=commitment.current_version,
            field=None if into is None else Field.SOLUTION,
            proposal_id=proposal.id,
            revision=proposal.current_revision,
            relation=chosen,
            reason=words,
            is_promotion=True,
        ),
        by=by,
    )
    publish(ProposalPromoted(proposal.id, commitment.id, commitment.campaign_id), by=by)
    return commitment


def _new_commitment(proposal: Proposal, title: str, *, by: Actor) -> Commitment:
    code, at = proposal.language, clock.now()
    thread = Thread()
    db.session.add(thread)
    db.session.flush()
    group = queries.candidate(proposal).group
    commitment = Commitment(
        campaign_id=proposal.campaign_id,
        plan_id=proposal.campaign.plan_id,
        group_id=group.id if group else None,
        number=queries.next_number(proposal.campaign),
        thread_id=thread.id,
        created_at=at,
        created_by_id=_account_id(by),
    )
    db.session.add(commitment)
    db.session.flush()
    draft = DraftText(
        {
            Field.TITLE: title or proposal.title,
            Field.PROBLEM: proposal.situation,
            Field.SOLUTION: proposal.solution,
        }
    ).cleaned()
    texts.check(draft)
    _write_version(commitment, None, draft, code, note="", by=by)
    _step(commitment, CommitmentState.DRAFT, reason="", by=by)
    return commitment


def _taken_into(into: Commitment, proposal: Proposal, *, adds_text: bool, by: Actor) -> Commitment:
    if into.campaign_id != proposal.campaign_id:
        raise NotFound
    commitment = queries.locked(into)
    authorise(by, SAVE_VERSION, commitment)
    lives_on = {origin.commitment_id for origin in queries.live_origins_of(proposal)}
    if commitment.id in lives_on:
        raise Conflict(
            _(
                "This proposal already lives on in commitment No %(number)s.",
                number=commitment.number,
            )
        )
    version = _current(commitment)
    solution = version.solution
    if not adds_text or solution.original_language != proposal.language:
        return commitment
    code = proposal.language
    joined = "\n\n".join(filter(None, [solution.wordings.get(code), proposal.solution]))
    draft = _as_typed(version, queries.milestones_of(commitment), code)
    draft = DraftText(
        {**draft.texts, Field.SOLUTION: joined},
        draft.lead_institution,
        draft.supporting,
        draft.starts_on,
        draft.ends_on,
        draft.milestones,
    ).cleaned()
    texts.check(draft)
    note = f"+ {proposal.reference}"
    _save(commitment, version, draft, code, note=note, by=by)
    return commitment
