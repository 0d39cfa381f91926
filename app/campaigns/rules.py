"""What must hold of a campaign's words, dates and promises, whoever writes them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.accounts.identity import offers_verification
from app.campaigns.models import Assurance, Campaign, Pacing
from app.campaigns.stages import (
    LAST_REVISION_BEFORE_VOTING,
    NOTICE,
    SUBMISSION_ENDS_BEFORE_VOTING_DOES,
)
from app.foundation.language import Sentence, _
from app.foundation.lemmas import fold
from app.foundation.text import LocalizedText, clean, clean_line
from app.plans.models import Plan

Faults = dict[str, Sentence]
"""A sentence for each field that cannot stand as it is."""

LONGEST = {
    "title": 150,
    "summary": 600,
    "text": 20_000,
    "rules_text": 20_000,
    "contact_organisation": 200,
    "contact_person": 100,
    "contact_email": 254,
    "contact_note": 600,
    "name": 100,
    "hint": 300,
    "reason": 2_000,
}
SHORTEST_REASON = 10
LARGEST_LIMIT = 10_000
DECIDERS = 2
"""How many moderators there must be, so that an appeal is decided by somebody else."""

_SLUG = re.compile(r"(?!create$)[a-z0-9]+(-[a-z0-9]+)*")
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a campaign says about itself."""

    title: LocalizedText
    summary: LocalizedText
    text: LocalizedText
    contact_organisation: LocalizedText
    contact_email: str
    contact_person: str = ""
    contact_note: LocalizedText | None = None
    rules_text: LocalizedText | None = None
    plan: Plan | None = None
    """The action plan that it feeds."""


@dataclass(frozen=True, kw_only=True)
class Dates:
    """When each stage opens and closes; a closing moment is the first that is too late."""

    pacing: Pacing = Pacing.IN_TURN
    submission_opens_at: datetime
    submission_closes_at: datetime
    voting_opens_at: datetime
    voting_closes_at: datetime
    review_closes_at: datetime
    answers_due_at: datetime

    @classmethod
    def of(cls, campaign: Campaign) -> "Dates":
        return cls(**{each.name: getattr(campaign, each.name) for each in fields(cls)})

    def moved(self, which: str, to: datetime) -> "Dates":
        """The same dates but for one."""
        dates: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        return Dates(**(dates | {which: to}))


MOVABLE = (
    "submission_opens_at",
    "submission_closes_at",
    "voting_opens_at",
    "voting_closes_at",
    "review_closes_at",
    "answers_due_at",
)
"""The dates by the names of their columns, in the order in which they come in turn."""


@dataclass(frozen=True, kw_only=True)
class Promises:
    """What people are told before they vote, and what cannot change once voting is open."""

    method: str = "support"
    vote_limit: int | None = None
    shortlist_rule: Mapping[str, Any] = field(default_factory=lambda: {"rule": "top", "k": 10})
    minimum_age: int = 16
    to_propose: Assurance = Assurance.EMAIL
    to_comment: Assurance = Assurance.EMAIL
    to_support: Assurance = Assurance.EMAIL
    conclusion_before_promotion: bool = True

    @classmethod
    def of(cls, campaign: Campaign) -> "Promises":
        return cls(**{each.name: getattr(campaign, each.name) for each in fields(cls)})

    def differs_from(self, other: "Promises") -> list[str]:
        """The names of the promises that are not the same."""
        return [
            each.name
            for each in fields(self)
            if getattr(self, each.name) != getattr(other, each.name)
        ]


REQUIREMENTS: list[Callable[[Promises], Mapping[str, Sentence]]] = []
"""What rooms downstream demand of the promises: that there is such a method, such a shortlist
rule. ``wiring`` fills it, because those live downstream."""


def faults_of_names(slug: str, reference_prefix: str) -> Faults:
    """What is wrong with a campaign's address and with the letters before its references."""
    faults: Faults = {}
    if not _SLUG.fullmatch(slug) or not 3 <= len(slug) <= 60:
        faults["slug"] = _(
            "Use 3 to 60 small letters without accents, digits and hyphens, as in plan-2028."
        )
    if not _PREFIX.fullmatch(reference_prefix):
        faults["reference_prefix"] = _(
            "Use 2 to 10 capital letters without accents and digits, beginning with a letter, "
            "as in OGP6."
        )
    return faults


def faults_of_words(words: Words, default_language: str) -> Faults:
    """What is wrong with the words; a campaign in preparation may still lack most of them."""
    faults: Faults = {}
    if not words.title.wordings.get(default_language):
        faults[f"title_{default_language}"] = _("Write the title in this language.")
    for name in ("title", "summary", "text", "rules_text", "contact_organisation", "contact_note"):
        faults |= faults_of_length(name, getattr(words, name))
    if len(words.contact_person) > LONGEST["contact_person"]:
        faults["contact_person"] = too_long("contact_person")
    if words.contact_email and not is_address(words.contact_email):
        faults["contact_email"] = _("Write a whole e-mail address, as in name@institution.example.")
    return faults


def faults_of_length(name: str, text: LocalizedText | None) -> Faults:
    """A sentence for each wording that is too long, under the name of its field."""
    wordings = text.wordings if text else {}
    return {
        f"{name}_{language}": too_long(name)
        for language, wording in wordings.items()
        if len(wording) > LONGEST[name]
    }


def too_long(name: str) -> Sentence:
    return _("This is too long: at most %(most)s characters.", most=LONGEST[name])


def is_address(text: str) -> bool:
    return len(text) <= LONGEST["contact_email"] and bool(_EMAIL.fullmatch(text))


def faults_of_dates(dates: Dates) -> Faults:
    """Where the dates do not follow each other as the pacing demands."""
    return _in_order(dates) | (
        _faults_in_turn(dates) if dates.pacing is Pacing.IN_TURN else _faults_side_by_side(dates)
    )


def _in_order(dates: Dates) -> Faults:
    faults: Faults = {}
    if dates.submission_closes_at <= dates.submission_opens_at:
        faults["submission_closes_at"] = _("Submission must close after it opens.")
    if dates.voting_closes_at <= dates.voting_opens_at:
        faults["voting_closes_at"] = _("Voting must close after it opens.")
    if dates.review_closes_at <= dates.voting_closes_at:
        faults["review_closes_at"] = _("The review must end after voting has closed.")
    if dates.answers_due_at <= dates.review_closes_at:
        faults["answers_due_at"] = _("The answers must be due after the review has ended.")
    return faults


def _faults_in_turn(dates: Dates) -> Faults:
    """Sorting lasts long enough to check what came in on the last day."""
    if dates.voting_opens_at < dates.submission_closes_at + LAST_REVISION_BEFORE_VOTING:
        return {
            "voting_opens_at": _(
                "Voting must open at least %(days)s days after submission closes, so that every "
                "proposal can be checked.",
                days=LAST_REVISION_BEFORE_VOTING.days,
            )
        }
    return {}


def _faults_side_by_side(dates: Dates) -> Faults:
    faults: Faults = {}
    if not dates.submission_opens_at <= dates.voting_opens_at < dates.submission_closes_at:
        faults["voting_opens_at"] = _(
            "Side by side, voting opens while submission is open: neither before it nor after it."
        )
    if dates.voting_closes_at < dates.submission_closes_at + SUBMISSION_ENDS_BEFORE_VOTING_DOES:
        faults.setdefault(
            "voting_closes_at",
            _(
                "Voting must stay open for at least %(days)s days after submission closes, so "
                "that the last proposal can be supported too.",
                days=SUBMISSION_ENDS_BEFORE_VOTING_DOES.days,
            ),
        )
    return faults


def faults_of_promises(promises: Promises) -> Faults:
    """What cannot be promised, by our own rules and by those of the rooms downstream."""
    faults: Faults = {}
    if promises.vote_limit is not None and not 1 <= promises.vote_limit <= LARGEST_LIMIT:
        faults["vote_limit"] = _(
            "Write a number from 1 to %(most)s, or leave it empty for no limit.",
            most=LARGEST_LIMIT,
        )
    if not 0 <= promises.minimum_age <= 99:
        faults["minimum_age"] = _("Write an age from 0 to 99.")
    for name in ("to_propose", "to_comment", "to_support"):
        if getattr(promises, name) is Assurance.VERIFIED and not offers_verification():
            faults[name] = _("Nobody can confirm their identity here yet.")
    if not promises.shortlist_rule.get("rule"):
        faults["shortlist_rule"] = _("Choose how the shortlist is made.")
    for requirement in REQUIREMENTS:
        faults = {**requirement(promises), **faults}
    return faults


def faults_before_announcing(campaign: Campaign, *, deciders: int, at: datetime) -> Faults:
    """What a campaign still lacks before the public may see it; nothing: it is complete."""
    from_now = (
        {"submission_opens_at": _("Submission must open in the future.")}
        if campaign.submission_opens_at <= at
        else {}
    )
    lacking: Faults = {}
    if not campaign.summary:
        lacking["summary"] = _("Write in a few sentences what it is about.")
    if not campaign.contact_email or not campaign.contact_organisation:
        lacking["contact_email"] = _("Say which institution runs it, and how it is reached.")
    if deciders < DECIDERS:
        lacking["moderators"] = _(
            "Appoint at least two moderators, so that an appeal is decided by somebody else."
        )
    return {
        **faults_of_promises(Promises.of(campaign)),
        **faults_of_dates(Dates.of(campaign)),
        **from_now,
        **lacking,
    }


def is_short_notice(campaign: Campaign, at: datetime) -> bool:
    """Whether announcing now gives people less than 14 days (OGP minimum requirement 3.1)."""
    return campaign.submission_opens_at - at < NOTICE


def faults_of_reason(reason: str, name: str = "reason") -> Faults:
    """A public reason is a sentence, not a word."""
    if len(reason) < SHORTEST_REASON:
        return {name: _("Give the reason in a sentence: everybody will read it.")}
    if len(reason) > LONGEST["reason"]:
        return {name: too_long("reason")}
    return {}


def cleaned(text: LocalizedText, *, lines: bool) -> LocalizedText:
    """The same text as it is kept: one line, or several."""
    keep = clean if lines else clean_line
    return LocalizedText.of(
        text.original_language, **{code: keep(words) for code, words in text.wordings.items()}
    )


def suggested_dates(at: datetime, zone: ZoneInfo) -> Dates:
    """Dates for a new campaign in turn, with time for everybody; the organiser changes them.

    Stages open at ten in the morning, when somebody is there to help, and close at midnight.
    """
    today = at.astimezone(zone).date()

    def after(days: int, hour: int = 0) -> datetime:
        return datetime.combine(today + timedelta(days=days), time(hour), zone)

    return Dates(
        submission_opens_at=after(21, hour=10),
        submission_closes_at=after(56),
        voting_opens_at=after(70, hour=10),
        voting_closes_at=after(98),
        review_closes_at=after(140),
        answers_due_at=after(200),
    )


def key_of(name: str, taken: Iterable[str]) -> str:
    """A theme's word in addresses, made from its name, unlike those that are taken."""
    letters: Sequence[str] = re.findall(r"[a-z0-9]+", fold(name))
    key = "-".join(letters)[:40].strip("-") or "theme"
    known = set(taken)
    number = 2
    unique = key
    while unique in known:
        unique, number = f"{key}-{number}", number + 1
    return unique
