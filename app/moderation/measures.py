"""What each decision does to its subject, and how that is reversed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.accounts.actions import lift_suspension, suspend_account
from app.accounts.models import Account
from app.comments import queries as comments
from app.comments import trees
from app.comments.models import Comment
from app.foundation.db import db
from app.moderation import queries
from app.moderation.matters import Matter, split
from app.moderation.models import Decision, DecisionAct
from app.proposals.actions import (
    hide_comment,
    hide_proposal,
    publish_proposal,
    release_revision,
    restore_comment,
    restore_proposal,
    return_proposal,
    withhold_revision,
)
from app.proposals.models import Proposal, State
from app.proposals.permissions import PUBLISH_PROPOSAL
from app.proposals.standing import HIDEABLE


@dataclass(frozen=True)
class Passage:
    """What a decision to withhold needs: which revision, and what the text reads without it."""

    revision: int
    text: Mapping[str, str] = field(default_factory=dict)
    """``title``, ``situation``, ``solution``; only for the revision that stands now."""


def is_possible(matter: Matter, act: DecisionAct, passage: Passage | None = None) -> bool:
    """Whether this can be decided as things stand now; false once somebody else was quicker."""
    db.session.refresh(matter.thing)
    if act is DecisionAct.KEEP:
        return bool(queries.open_reports_on(matter.subject))
    if isinstance(matter.thing, Proposal):
        return _of_proposal(matter.thing, act, passage)
    if isinstance(matter.thing, Comment):
        hidden = matter.thing.hidden_at is not None
        return (act is DecisionAct.HIDE and not hidden) or (act is DecisionAct.RESTORE and hidden)
    suspended = matter.thing.is_suspended
    return (act is DecisionAct.SUSPEND and not suspended) or (act is DecisionAct.LIFT and suspended)


def _of_proposal(proposal: Proposal, act: DecisionAct, passage: Passage | None) -> bool:
    if act is DecisionAct.WITHHOLD:
        return passage is not None and proposal.state is not State.DRAFT
    states = {
        DecisionAct.RETURN: {State.SUBMITTED},
        DecisionAct.HIDE: HIDEABLE,
        DecisionAct.RESTORE: {State.HIDDEN},
    }
    return proposal.state in states.get(act, set())


def carry_out(
    matter: Matter,
    act: DecisionAct,
    *,
    facts: str,
    passage: Passage | None = None,
    by: Account,
) -> None:
    """Do to the subject what was decided. Keeping does nothing to it."""
    thing = matter.thing
    if isinstance(thing, Proposal) and act is DecisionAct.WITHHOLD and passage is not None:
        withhold_revision(thing, passage.revision, reason=facts, by=by, **passage.text)
    elif isinstance(thing, Proposal) and act in ON_PROPOSALS:
        ON_PROPOSALS[act](thing, reason=facts, by=by)
    elif isinstance(thing, Comment) and act is DecisionAct.HIDE:
        _hide(matter, thing, facts, by)
    elif isinstance(thing, Comment) and act is DecisionAct.RESTORE:
        _show(matter, thing, facts, by)
    elif isinstance(thing, Account) and act is DecisionAct.SUSPEND:
        suspend_account(thing, reason=facts, by=by)
    elif isinstance(thing, Account) and act is DecisionAct.LIFT:
        lift_suspension(thing, by=by)


ON_PROPOSALS: dict[DecisionAct, Callable[..., None]] = {
    DecisionAct.RETURN: return_proposal,
    DecisionAct.HIDE: hide_proposal,
    DecisionAct.RESTORE: restore_proposal,
}


def _hide(matter: Matter, comment: Comment, facts: str, by: Account) -> None:
    """On a proposal its room tells who follows; a draft commitment has only its thread."""
    if matter.proposal is not None:
        hide_comment(matter.proposal, comment, reason=facts, by=by)
    else:
        trees.hide(comments.locked(comment), reason=facts)


def _show(matter: Matter, comment: Comment, facts: str, by: Account) -> None:
    if matter.proposal is not None:
        restore_comment(matter.proposal, comment, reason=facts, by=by)
    else:
        trees.show(comments.locked(comment))


def reverse(decision: Decision, *, reason: str, by: Account) -> None:
    """Bring things back to where they were before, as far as the decision still stands.

    A proposal that was returned is published after an upheld appeal. What its author has
    withdrawn, or what somebody else has decided since, stays as it is.
    """
    kind, number = split(decision.subject)
    matter = queries.matter(kind, number, decision.campaign)
    if matter is None or queries.latest_decision_on(decision.subject) is not decision:
        return
    act = OPPOSITE.get(decision.act)
    if act is not None and is_possible(matter, act):
        carry_out(matter, act, facts=reason, by=by)
    elif decision.revision is not None and isinstance(matter.thing, Proposal):
        release_revision(matter.thing, decision.revision, reason=reason, by=by)
    elif decision.act is DecisionAct.RETURN and isinstance(matter.thing, Proposal):
        db.session.refresh(matter.thing)
        # Once the campaign has ended, being right is all that is left.
        if matter.thing.state is State.RETURNED and PUBLISH_PROPOSAL.allows(by, matter.thing):
            publish_proposal(matter.thing, by=by)


OPPOSITE = {
    DecisionAct.HIDE: DecisionAct.RESTORE,
    DecisionAct.RESTORE: DecisionAct.HIDE,
    DecisionAct.SUSPEND: DecisionAct.LIFT,
    DecisionAct.LIFT: DecisionAct.SUSPEND,
}
