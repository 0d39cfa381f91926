"""The rows that each change of a proposal leaves behind."""

from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.language import Sentence
from app.foundation.refusals import Conflict
from app.proposals import queries
from app.proposals.models import Proposal, Revision, RevisionKind, State, Step
from app.proposals.texts import Text


def _held(proposal: Proposal) -> Proposal:
    """The proposal as it stands now, held until we are done."""
    [held] = queries.locked([proposal])
    return held


def _refuse_unless(condition: bool, otherwise: Sentence) -> None:
    """Raise Conflict: the proposal is no longer as it was when the page was drawn."""
    if not condition:
        raise Conflict(otherwise)


def _step(proposal: Proposal, became: State, *, by: Actor, reason: str | None = None) -> None:
    """Change its state, and write down from what, when, by whom and why."""
    db.session.add(
        Step(
            proposal_id=proposal.id,
            was=proposal.state,
            became=became,
            reason=reason,
            taken_at=clock.now(),
            taken_by_id=by.actor_id,
        )
    )
    proposal.state, proposal.state_reason = became, reason
    db.session.flush()  # steps are told in the order of their ids


def _revise(
    proposal: Proposal,
    text: Text,
    *,
    by: Actor,
    kind: RevisionKind = RevisionKind.AUTHOR,
    note: str = "",
) -> Revision:
    """Give it a new text, and keep that as its next revision."""
    _put(proposal, text)
    proposal.current_revision += 1
    revision = Revision(
        proposal_id=proposal.id,
        number=proposal.current_revision,
        title=text.title,
        situation=text.situation,
        solution=text.solution,
        values=list(text.values),
        kind=kind,
        note=note,
        written_by_id=by.actor_id,
        written_at=clock.now(),
    )
    db.session.add(revision)
    db.session.flush()
    return revision


def _put(proposal: Proposal, text: Text) -> None:
    proposal.title, proposal.situation, proposal.solution = (
        text.title,
        text.situation,
        text.solution,
    )
    proposal.values = list(text.values)
    proposal.saved_at = clock.now()
