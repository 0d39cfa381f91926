"""The thread of one proposal's life: what happened, where it stands, what is to come."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.accounts.models import Account
from app.answers.models import Answer
from app.answers.vocabulary import OUTCOMES
from app.campaigns import stages
from app.campaigns.models import Campaign, Pacing
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.language import Sentence, _
from app.proposals.models import Merge, Proposal, State, Step

OPEN = frozenset({State.SUBMITTED, State.RETURNED, State.PUBLISHED})


@dataclass(frozen=True)
class Knot:
    """One knot on the thread, for the template to put into words of its page."""

    state: str
    """``past``, ``now`` or ``next``."""
    name: Sentence
    at: datetime | None = None
    until: datetime | None = None
    who: Account | None = None
    reason: str | None = None
    strands: list[Proposal] = field(default_factory=list)
    """What was merged into it here."""


STEP_NAMES = {
    State.SUBMITTED: _("Submitted"),
    State.RETURNED: _("Returned for correction"),
    State.PUBLISHED: _("Published"),
    State.MERGED: _("Merged into another proposal"),
    State.WITHDRAWN: _("Withdrawn"),
    State.HIDDEN: _("Hidden by moderation"),
}


def life_of(
    proposal: Proposal,
    steps: Sequence[Step],
    merges: Sequence[Merge],
    answer: Answer | None = None,
) -> list[Knot]:
    """What happened, in the order of time, then what the campaign still has before it.

    Once it is answered nothing is to come here; where it lives on, its commitments tell.
    """
    past = [_knot(proposal, step) for step in steps]
    past += _gathered(proposal, merges)
    past.sort(key=lambda knot: knot.at or proposal.created_at)
    if answer is not None:
        name = _("Answered: %(outcome)s", outcome=OUTCOMES[answer.outcome])
        return [*past, Knot("past", name, at=answer.answered_at, who=answer.answered_by)]
    return past + (_to_come(proposal) if proposal.state in OPEN else [])


def _knot(proposal: Proposal, step: Step) -> Knot:
    name = STEP_NAMES.get(step.became, step.became.value)
    if step.was is State.HIDDEN:
        name = _("Restored")
    elif step.was is State.MERGED:
        name = _("Taken out of the merge again")
    elif step.was is State.PUBLISHED and step.became in {State.SUBMITTED, State.RETURNED}:
        name = _("Publication taken back")
    elif step.was is State.RETURNED and step.became is State.SUBMITTED:
        name = _("Submitted again")
    elif step.became is State.PUBLISHED and not proposal.is_checked and not step.taken_by_id:
        name = _("Published, not checked")
    return Knot("past", name, at=step.taken_at, who=step.taken_by, reason=step.reason)


def _gathered(proposal: Proposal, merges: Sequence[Merge]) -> list[Knot]:
    """Each act of merging into this proposal, with all that came in by it."""
    acts: dict[int, list[Merge]] = {}
    for merge in merges:
        if merge.target_id == proposal.id:
            acts.setdefault(merge.revision, []).append(merge)
    return [
        Knot(
            "past",
            _("Similar proposals merged into it"),
            at=act[0].merged_at,
            who=act[0].merged_by,
            reason=act[0].reason,
            strands=[merge.source for merge in act if merge.undone_at is None],
        )
        for act in acts.values()
        if any(merge.undone_at is None for merge in act)
    ]


def _to_come(proposal: Proposal) -> list[Knot]:
    campaign, at = proposal.campaign, clock.now()
    now = stages.stage_of(campaign, at)
    knots = []
    for name, opens, closes in _stages(campaign, proposal):
        if closes is not None and closes <= at:
            continue
        is_now = opens <= at and now not in {Stage.CONCLUDED, Stage.CANCELLED}
        knots.append(Knot("now" if is_now else "next", name, at=opens, until=closes))
    return [] if now in {Stage.CONCLUDED, Stage.CANCELLED} else knots


def _stages(
    campaign: Campaign, proposal: Proposal
) -> list[tuple[Sentence, datetime, datetime | None]]:
    ahead: list[tuple[Sentence, datetime, datetime | None]] = [
        (_("Voting"), campaign.voting_opens_at, campaign.voting_closes_at),
        (_("Review by the working group"), campaign.voting_closes_at, campaign.review_closes_at),
        (_("Reasoned answer"), campaign.review_closes_at, campaign.answers_due_at),
    ]
    if proposal.state is State.SUBMITTED and campaign.pacing is Pacing.IN_TURN:
        checked = stages.last_revision(campaign)
        return [(_("A moderator reads it"), proposal.submitted_at or checked, checked), *ahead]
    return ahead
