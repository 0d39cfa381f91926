"""Taking back what one has just done at the desk: instead of being asked "are you sure?"."""

from sqlalchemy import update

from app.accounts.models import Account
from app.foundation import clock
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import _
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict, NotFound
from app.moderation import queries
from app.moderation.events import DecisionUndone
from app.moderation.matters import Matter, split
from app.moderation.measures import reverse
from app.moderation.models import Decision, DecisionAct, Report
from app.moderation.permissions import DECIDE, UNDO
from app.moderation.rules import UNDO_WITHIN
from app.moderation.verdicts import decided_already, holding
from app.proposals.actions import take_back_publication, take_back_return, undo_merge
from app.proposals.models import Merge, Proposal, State

A_SLIP = _("Taken back at once by the moderator who did it.")


def undo_decision(decision: Decision, *, by: Account) -> None:
    """As if it had not been decided; the register says that it was taken back. Twice is once."""
    authorise(by, UNDO, decision)
    with holding(decision.subject, campaign=decision.campaign, by=by):
        db.session.refresh(decision)
        if decision.undone_at is not None:
            return
        kind, number = split(decision.subject)
        matter = queries.matter(kind, number, decision.campaign)
        if matter is None:
            raise NotFound
        if queries.latest_decision_on(decision.subject) is not decision:
            raise decided_already(matter)
        _reverse(decision, matter, by)
        decision.undone_at, decision.undone_by_id = clock.now(), by.id
        db.session.execute(
            update(Report).where(Report.decision_id == decision.id).values(decision_id=None)
        )
        publish(DecisionUndone(decision_id=decision.id, campaign_id=decision.campaign_id), by=by)


def _reverse(decision: Decision, matter: Matter, by: Account) -> None:
    if decision.act is DecisionAct.RETURN and isinstance(matter.thing, Proposal):
        db.session.refresh(matter.thing)
        if matter.thing.state is not State.RETURNED:
            raise decided_already(matter)
        take_back_return(matter.thing, by=by)
    else:
        reverse(decision, reason=str(A_SLIP), by=by)


def undo_publication(matter: Matter, *, by: Account) -> None:
    """Put back to be checked what one has just published. Twice is once."""
    authorise(by, DECIDE, matter)
    assert isinstance(matter.thing, Proposal)  # noqa: S101  the page offers it for nothing else
    with holding(matter.subject, campaign=matter.campaign, by=by):
        db.session.refresh(matter.thing)
        step = queries.last_step_of(matter.number)
        if matter.thing.state is State.PUBLISHED:
            take_back_publication(matter.thing, by=by)
        elif step is None or step.taken_by_id != by.id or step.was is not State.PUBLISHED:
            raise decided_already(matter)


def undo_merge_at_desk(merge: Merge, *, by: Account) -> None:
    """Take apart what one has just merged. Twice is once."""
    for proposal in (merge.source, merge.target):
        authorise(by, DECIDE, proposal)
    subjects = (f"proposal:{merge.source_id}", f"proposal:{merge.target_id}")
    with holding(*subjects, campaign=merge.source.campaign, by=by):
        db.session.refresh(merge)
        if merge.undone_at is not None:
            return
        if merge.merged_by_id != by.id or clock.now() >= merge.merged_at + UNDO_WITHIN:
            raise Conflict(
                _("Only what you merged yourself in the last ten minutes can be undone here.")
            )
        undo_merge(merge, reason=str(A_SLIP), by=by)
