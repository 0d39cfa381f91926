"""The rules of a proposal's text, and the sentences that say what to mend."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.foundation.language import Sentence, _
from app.foundation.refusals import Invalid
from app.foundation.text import clean, clean_line
from app.proposals.models import Proposal, Revision, Value

TITLE_LEAST, TITLE_MOST = 10, 150
ANSWER_LEAST, ANSWER_MOST = 30, 5000
NOTE_MOST = 500
REASON_MOST = 2000
ORGANISATION_MOST = 120
DRAFT_MOST = 50_000
"""A draft may be too long to submit, so that nothing is lost; but not without end."""


@dataclass(frozen=True)
class Text:
    """The title and the answers to the three questions, cleaned."""

    title: str
    situation: str
    solution: str
    values: tuple[str, ...]

    @classmethod
    def of(cls, source: Proposal | Revision) -> "Text":
        return cls(source.title, source.situation, source.solution, tuple(source.values))

    @classmethod
    def written(cls, title: str, situation: str, solution: str, values: Sequence[str]) -> "Text":
        """What somebody typed, cleaned; unknown values are left out."""
        chosen = {str(value) for value in values}
        return cls(
            clean_line(title),
            clean(situation),
            clean(solution),
            tuple(value.value for value in Value if value.value in chosen),
        )


def check(text: Text) -> None:
    """Raise Invalid with a sentence for each field that cannot be submitted as it stands."""
    faults: dict[str, Sentence] = {}
    if fault := _title_fault(text.title):
        faults["title"] = fault
    if fault := _answer_fault(
        text.situation, _("Write what happens now and why that is bad. One sentence is enough.")
    ):
        faults["situation"] = fault
    if fault := _answer_fault(text.solution, _("Write what you propose. One sentence is enough.")):
        faults["solution"] = fault
    if not text.values:
        faults["values"] = _("Choose at least one. If in doubt, take what matters most to you.")
    if faults:
        raise Invalid(faults)


def check_draft(text: Text) -> None:
    """Raise Invalid only for what is too long to be kept at all."""
    parts = {"title": text.title, "situation": text.situation, "solution": text.solution}
    faults = {
        name: _("This is too long to be kept: at most %(most)s characters.", most=DRAFT_MOST)
        for name, part in parts.items()
        if len(part) > DRAFT_MOST
    }
    if faults:
        raise Invalid(faults)


def _title_fault(title: str) -> Sentence | None:
    if not _has_words(title):
        return _("Write a title: one sentence that says what you propose.")
    if len(title) < TITLE_LEAST:
        return _("Write a longer title: at least %(least)s characters.", least=TITLE_LEAST)
    if len(title) > TITLE_MOST:
        return _(
            "Shorten the title by %(over)s characters, so that it can be read in one breath.",
            over=len(title) - TITLE_MOST,
        )
    return None


def _answer_fault(answer: str, missing: Sentence) -> Sentence | None:
    if not _has_words(answer):
        return missing
    if len(answer) < ANSWER_LEAST:
        return _("Write a little more: at least %(least)s characters.", least=ANSWER_LEAST)
    if len(answer) > ANSWER_MOST:
        return _(
            "Shorten this by %(over)s characters: at most %(most)s fit.",
            over=len(answer) - ANSWER_MOST,
            most=ANSWER_MOST,
        )
    return None


def _has_words(text: str) -> bool:
    """Whether there is a letter or a figure in it, not only signs."""
    return any(sign.isalnum() for sign in text)


def reason_of(reason: str, *, field: str = "reason") -> str:
    """A reason, cleaned; raises Invalid where none is given. Whoever decides gives one."""
    words = clean(reason)
    if not _has_words(words):
        raise Invalid({field: _("Give the reason, in words. It will be public.")})
    if len(words) > REASON_MOST:
        raise Invalid(
            {field: _("Shorten the reason by %(over)s characters.", over=len(words) - REASON_MOST)}
        )
    return words


def note_of(note: str) -> str:
    """What changed, in the words of who changed it; may be empty."""
    words = clean(note)
    if len(words) > NOTE_MOST:
        raise Invalid(
            {"note": _("Shorten this by %(over)s characters.", over=len(words) - NOTE_MOST)}
        )
    return words


def organisation_of(name: str | None) -> str | None:
    """The organisation that something is proposed for, or None."""
    words = clean_line(name)
    if len(words) > ORGANISATION_MOST:
        raise Invalid(
            {
                "on_behalf_of": _(
                    "Shorten the name by %(over)s characters.",
                    over=len(words) - ORGANISATION_MOST,
                )
            }
        )
    return words or None
