"""Deciding about what waits at the desk. Each decision is public, with its rule and its facts."""

from collections.abc import Sequence

from sqlalchemy import update

from app.accounts.models import Account
from app.config import KNOWN_LANGUAGES
from app.foundation import clock
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import Sentence, _
from app.foundation.permissions import authorise
from app.foundation.refusals import Invalid
from app.moderation import queries
from app.moderation.events import DecisionTaken, ReportsDecided
from app.moderation.matters import Matter
from app.moderation.measures import Passage, carry_out, is_possible
from app.moderation.models import Decision, DecisionAct, Report
from app.moderation.permissions import BE_IMPARTIAL, DECIDE, SUSPEND
from app.moderation.rules import LONGEST_FACTS, RULES_OF
from app.moderation.verdicts import decided_already, holding, words_told
from app.proposals.actions import merge_proposals, publish_proposal
from app.proposals.models import Merge, Proposal, State
from app.proposals.queries import live_merge_of
from app.proposals.standing import MERGEABLE

REASON_MISSING = _("Give the reason, in words. It will be public.")
ABOUT_PEOPLE = {DecisionAct.SUSPEND, DecisionAct.LIFT}


def decide(
    matter: Matter,
    act: DecisionAct,
    *,
    rule: str,
    facts: str,
    language: str,
    passage: Passage | None = None,
    by: Account,
) -> Decision:
    """Decide, once: the same pressed twice stands once.

    Open reports on the same thing are decided with it. Raises Conflict with who decided, when
    and what, for whoever comes second, and when somebody else is working on it.
    """
    authorise(by, SUSPEND if act in ABOUT_PEOPLE else DECIDE, matter)
    authorise(by, BE_IMPARTIAL, matter)
    facts = _checked(act, rule, facts, language)
    with holding(matter.subject, campaign=matter.campaign, by=by):
        if not is_possible(matter, act, passage):
            if known := _decided_by_me(matter, act, facts, by):
                return known
            raise decided_already(matter)
        carry_out(matter, act, facts=facts, passage=passage, by=by)
        made = _write(matter, act, rule=rule, facts=facts, language=language, by=by)
        made.revision = passage.revision if passage else None
        _decide_reports(made)
        publish(DecisionTaken(decision_id=made.id, campaign_id=matter.campaign.id), by=by)
    return made


def _checked(act: DecisionAct, rule: str, facts: str, language: str) -> str:
    faults: dict[str, Sentence] = {}
    if rule not in RULES_OF[act]:
        faults["rule"] = _("Choose the rule that the decision rests on.")
    if language not in KNOWN_LANGUAGES:
        faults["language"] = _("Choose the language that you write in.")
    try:
        facts = words_told(facts, "facts", most=LONGEST_FACTS, missing=REASON_MISSING)
    except Invalid as fault:
        faults |= fault.faults
    if faults:
        raise Invalid(faults)
    return facts


def _decided_by_me(matter: Matter, act: DecisionAct, facts: str, by: Account) -> Decision | None:
    known = queries.latest_decision_on(matter.subject)
    same = known and (known.act, known.facts, known.decided_by_id) == (act, facts, by.id)
    return known if same else None


def _write(
    matter: Matter, act: DecisionAct, *, rule: str, facts: str, language: str, by: Account
) -> Decision:
    made = Decision(
        campaign_id=matter.campaign.id,
        subject=matter.subject,
        proposal_id=matter.proposal.id if matter.proposal else None,
        concerns_id=None if act is DecisionAct.KEEP else matter.concerns_id,
        act=act,
        rule=rule,
        facts=facts,
        language=language,
        decided_at=clock.now(),
        decided_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _decide_reports(decision: Decision) -> None:
    """What was reported about the same thing is decided by this, whatever was decided."""
    decided = db.session.execute(
        update(Report)
        .where(Report.subject == decision.subject, Report.decision_id.is_(None))
        .values(decision_id=decision.id)
        .returning(Report.id)
    ).all()
    if decided:
        publish(
            ReportsDecided(decision_id=decision.id, campaign_id=decision.campaign_id), by=SYSTEM
        )


def publish_at_desk(matter: Matter, *, by: Account) -> None:
    """Let everybody read a proposal that waited. Raises Conflict when somebody was quicker."""
    authorise(by, DECIDE, matter)
    authorise(by, BE_IMPARTIAL, matter)
    assert isinstance(matter.thing, Proposal)  # noqa: S101  the page offers it for nothing else
    with holding(matter.subject, campaign=matter.campaign, by=by):
        db.session.refresh(matter.thing)
        if matter.thing.state is State.SUBMITTED:
            publish_proposal(matter.thing, by=by)
        elif not _published_by_me(matter.thing, by):
            raise decided_already(matter)


def _published_by_me(proposal: Proposal, by: Account) -> bool:
    step = queries.last_step_of(proposal.id)
    mine = step is not None and step.taken_by_id == by.id
    return proposal.state is State.PUBLISHED and mine


def merge_at_desk(
    sources: Sequence[Matter],
    *,
    into: Matter,
    reason: str,
    title: str | None = None,
    situation: str | None = None,
    solution: str | None = None,
    by: Account,
) -> Sequence[Merge]:
    """Let proposals go into another one, whose text may be reworded to hold them all.

    Everything concerned is held meanwhile, in one order for everybody.
    """
    for matter in [into, *sources]:
        authorise(by, DECIDE, matter)
        authorise(by, BE_IMPARTIAL, matter)
    reason = words_told(reason, "reason", most=LONGEST_FACTS, missing=REASON_MISSING)
    subjects = {matter.subject for matter in [into, *sources]}
    proposals = [matter.thing for matter in sources if isinstance(matter.thing, Proposal)]
    target = into.thing
    assert isinstance(target, Proposal)  # noqa: S101  the page offers it for nothing else
    with holding(*subjects, campaign=into.campaign, by=by):
        if known := _merged_by_me(proposals, target, by):
            return known
        for matter in sources:
            db.session.refresh(matter.thing)
            if matter.proposal is not None and matter.proposal.state not in MERGEABLE:
                raise decided_already(matter)
        return merge_proposals(
            proposals,
            into=target,
            reason=reason,
            title=title,
            situation=situation,
            solution=solution,
            by=by,
        )


def _merged_by_me(sources: Sequence[Proposal], target: Proposal, by: Account) -> Sequence[Merge]:
    """The merges, if the same was pressed twice."""
    merges = [live_merge_of(source) for source in sources]
    mine = [
        merge
        for merge in merges
        if merge and merge.target_id == target.id and merge.merged_by_id == by.id
    ]
    return mine if len(mine) == len(sources) else []
