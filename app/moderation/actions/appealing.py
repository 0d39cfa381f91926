"""The person concerned asks once that somebody else looks again; somebody else does."""

from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.models import Account
from app.foundation import clock
from app.foundation.db import db, is_postgresql
from app.foundation.events import publish
from app.foundation.language import _, spoken
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict
from app.moderation import queries
from app.moderation.events import AppealDecided, AppealMade
from app.moderation.measures import reverse
from app.moderation.models import Appeal, AppealOutcome, Decision
from app.moderation.permissions import APPEAL, DECIDE_APPEAL, JUDGE_ANOTHER
from app.moderation.rules import LONGEST_APPEAL, LONGEST_FACTS
from app.moderation.verdicts import (
    appeal_decided_already,
    held_by_decision,
    holding,
    words_of,
    words_told,
)


def appeal(decision: Decision, *, text: str, by: Account) -> Appeal:
    """Once for each decision; the same words sent twice stand once. Raises Conflict for others."""
    authorise(by, APPEAL, decision)
    text = words_of(
        text,
        "text",
        most=LONGEST_APPEAL,
        missing=_("Say why you think the decision is wrong. One sentence is enough."),
    )
    if _insert(decision, text, by):
        made = queries.appeal_of(decision)
        assert made is not None  # noqa: S101  just inserted
        publish(AppealMade(decision_id=decision.id, campaign_id=decision.campaign_id), by=by)
        return made
    known = queries.appeal_of(decision)
    if known is not None and known.text == text:
        return known
    raise Conflict(_("You have appealed this decision already. It can be appealed once."))


def _insert(decision: Decision, text: str, by: Account) -> bool:
    """Whether this is the first: of two at the same moment, one is."""
    insert = postgresql.insert if is_postgresql() else sqlite.insert
    inserted = db.session.scalar(
        insert(Appeal)
        .values(
            decision_id=decision.id,
            text=text,
            language=spoken(),
            appealed_at=clock.now(),
            appealed_by_id=by.id,
        )
        .on_conflict_do_nothing()
        .returning(Appeal.decision_id)
    )
    return inserted is not None


def decide_appeal(appeal: Appeal, *, outcome: AppealOutcome, reasons: str, by: Account) -> None:
    """Upheld: what was decided is reversed, as far as it still stands. Rejected: it stays.

    Raises Conflict when somebody else was quicker.
    """
    authorise(by, DECIDE_APPEAL, appeal)
    authorise(by, JUDGE_ANOTHER, appeal)
    reasons = words_told(
        reasons,
        "reasons",
        most=LONGEST_FACTS,
        missing=_("Give the reasons, in words. They will be public."),
    )
    decision = appeal.decision
    subjects = (held_by_decision(decision), decision.subject)
    with holding(*subjects, campaign=decision.campaign, by=by):
        db.session.refresh(appeal)
        if appeal.outcome is not None:
            if appeal.decided_by_id == by.id and appeal.outcome is outcome:
                return
            raise appeal_decided_already(appeal)
        appeal.outcome, appeal.reasons, appeal.reasons_language = outcome, reasons, spoken()
        appeal.decided_at, appeal.decided_by_id = clock.now(), by.id
        if outcome is AppealOutcome.UPHELD:
            reverse(decision, reason=reasons, by=by)
        publish(AppealDecided(decision_id=decision.id, campaign_id=decision.campaign_id), by=by)
