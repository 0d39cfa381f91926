"""Deciding as one: whoever decides holds the thing meanwhile, and a second one hears who did."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from babel.dates import format_timedelta

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation import clock
from app.foundation.language import Sentence, _, spoken
from app.foundation.refusals import Conflict, Invalid, Refusal
from app.foundation.text import clean
from app.moderation import claims, queries
from app.moderation.matters import Matter
from app.moderation.models import Appeal, Decision
from app.moderation.rules import DONE, LEFT_OPEN


def hold(subject: str, campaign: Campaign, *, by: Account) -> None:
    """Nobody else decides this until our transaction ends; raise Conflict if somebody works on it.

    Two who decide at the same moment meet here: the second waits for the first, and then reads
    what became of it.
    """
    if claims.take(subject, campaign_id=campaign.id, account_id=by.id):
        return
    other = queries.claim_on(subject, at=clock.now())
    name = (other.account.display_name if other else "") or _("Somebody else")
    raise Conflict(
        _("%(name)s is working on this. It will be free in half an hour at the latest.", name=name)
    )


@contextmanager
def holding(*subjects: str, campaign: Campaign, by: Account) -> Iterator[None]:
    """Hold these while deciding; afterwards, decided or refused, they are free again.

    Always in one order, so that two who hold several never wait for each other.
    """
    for subject in sorted(subjects):
        hold(subject, campaign, by=by)
    try:
        yield
    except Refusal:
        _let_go(subjects, by)
        raise
    _let_go(subjects, by)


def _let_go(subjects: Iterable[str], by: Account) -> None:
    for subject in subjects:
        claims.let_go(subject, account_id=by.id)


def decided_already(matter: Matter) -> Conflict:
    """The refusal for whoever comes second: who decided, when, and what."""
    decision = queries.latest_decision_on(matter.subject)
    step = queries.last_step_of(matter.number) if matter.kind == "proposal" else None
    if step is not None and (decision is None or step.taken_at > decision.decided_at):
        return _told(step.taken_by, step.taken_at, DONE[step.became])
    if decision is not None:
        return _told(decision.decided_by, decision.decided_at, DONE[decision.act])
    return Conflict(_("This has changed since the page was drawn. Look at it again."))


def appeal_decided_already(appeal: Appeal) -> Conflict:
    """The same for an appeal."""
    assert appeal.outcome is not None  # noqa: S101  asked for nothing else
    assert appeal.decided_at is not None  # noqa: S101  stands beside the outcome
    return _told(appeal.decided_by, appeal.decided_at, DONE[appeal.outcome])


def _told(who: Account | None, when: datetime, what: Sentence) -> Conflict:
    if who is None:
        return Conflict(_("The clock decided this %(ago)s: %(what)s.", ago=ago(when), what=what))
    return Conflict(
        _(
            "%(name)s decided this %(ago)s: %(what)s.",
            name=who.display_name or _("A person who has left"),
            ago=ago(when),
            what=what,
        )
    )


def ago(when: datetime) -> str:
    """How long ago, in the reader's language: "a minute ago"."""
    return format_timedelta(when - clock.now(), add_direction=True, locale=spoken())


def words_of(words: str, field: str, *, most: int, missing: Sentence) -> str:
    """What somebody wrote, cleaned; raises Invalid for nothing and for too much."""
    text = clean(words)
    if not any(sign.isalnum() for sign in text):
        raise Invalid({field: missing})
    if len(text) > most:
        raise Invalid({field: _("Shorten this by %(over)s characters.", over=len(text) - most)})
    return text


def words_told(words: str, field: str, *, most: int, missing: Sentence) -> str:
    """What a moderator says in public; raises Invalid also for a saved phrase in which the
    specific is still missing."""
    text = words_of(words, field, most=most, missing=missing)
    if LEFT_OPEN in text:
        raise Invalid({field: _("Replace each “…” with what is specific here.")})
    return text


def held_by_decision(decision: Decision) -> str:
    """What somebody holds who works on the appeal against this decision."""
    return f"decision:{decision.id}"
