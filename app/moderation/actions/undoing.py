"""Taking back what one has just done at the desk: instead of being asked "are you sure?"."""

from sqlalchemy import update

from app.accounts.models import Account
from app.foundation import clock
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import _
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict
from app.moderation import claims, queries
from app.moderation.events import DecisionUndone
from app.moderation.matters import Matter, split
from app.moderation.measures import reverse
from app.moderation.models import Decision, DecisionAct, Report
from app.moderation.permissions import DECIDE, UNDO
from app.moderation.rules import UNDO_WITHIN
from app.moderation.verdicts import decided_already, hold
from app.proposals.actions import take_back_publication, take_back_return, undo_merge
from app.proposals.models import Merge, Proposal, State

A_SLIP = _("Taken back at once by the moderator who did it.")


def undo_decision(decision: Decision, *, by: Account) -> None:
    """As if it had not been decided; the register says that it was taken back. Twice is once."""
    authorise(by, UNDO, decision)
    hold(decision.subject, decision.campaign, by=by)
    db.session.refresh(decision)
    if decision.undone_at is not None:
        return
    kind, number = split(decision.subject)
    matter = queries.matter(kind, number, decision.campaign)
    latest = queries.latest_decision_on(decision.subject)
    if matter is None or latest is not decision:
        raise decided_already(matter) if matter else Conflict(A_SLIP)
    _reverse(decision, matter, by)
    decision.undone_at, decision.undone_by_id = clock.now(), by.id
    db.session.execute(
        update(Report).where(Report.decision_id == decision.id).values(decision_id=None)
    )
    claims.let_go(decision.subject, account_id=by.id)
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
    hold(matter.subject, matter.campaign, by=by)
    db.session.refresh(matter.thing)
    step = queries.last_step_of(matter.number)
    if matter.thing.state is not State.PUBLISHED:
        if step is not None and step.taken_by_id == by.id and step.was is State.PUBLISHED:
            return
        raise decided_already(matter)
    take_back_publication(matter.thing, by=by)
    claims.let_go(matter.subject, account_id=by.id)


def undo_merge_at_desk(merge: Merge, *, by: Account) -> None:
    """Take apart what one has just merged. Twice is once."""
    matters = [queries.matter("proposal", number) for number in (merge.source_id, merge.target_id)]
    held = sorted(filter(None, matters), key=lambda matter: matter.number)
    for matter in held:
        authorise(by, DECIDE, matter)
    for matter in held:
        hold(matter.subject, matter.campaign, by=by)
    db.session.refresh(merge)
    if merge.undone_at is not None:
        return
    if merge.merged_by_id != by.id or clock.now() >= merge.merged_at + UNDO_WITHIN:
        raise Conflict(
            _("Only what you merged yourself in the last ten minutes can be undone here.")
        )
    undo_merge(merge, reason=str(A_SLIP), by=by)
    for matter in held:
        claims.let_go(matter.subject, account_id=by.id)
