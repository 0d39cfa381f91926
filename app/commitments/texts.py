"""What a draft commitment must hold, and whether a quoted passage really stands in a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from app.commitments.models import Field, Milestone, Version
from app.foundation.language import Sentence, _
from app.foundation.refusals import Invalid
from app.foundation.text import LocalizedText, clean, clean_line

TITLE_MOST = 250
TEXT_MOST = 10_000
NAMES_MOST = 1000
MILESTONES_MOST = 20
NOTE_MOST = 500
REASON_MOST = 2000
PASSAGE_MOST = 2000
LINK_MOST = 500


@dataclass(frozen=True)
class MilestoneText:
    """One milestone as somebody typed it, in one language."""

    title: str
    output: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    responsible: str = ""
    was: int | None = None
    """Its number in the version that was changed, so that its other wordings are kept."""


@dataclass(frozen=True)
class DraftText:
    """A commitment as somebody typed it, in one language."""

    texts: Mapping[Field, str]
    lead_institution: str = ""
    supporting: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    milestones: Sequence[MilestoneText] = field(default_factory=tuple)

    def cleaned(self) -> "DraftText":
        """Every text as it is kept. A milestone without a word in it is left out."""
        return DraftText(
            {
                part: (clean_line if part is Field.TITLE else clean)(self.texts.get(part, ""))
                for part in Field
            },
            clean_line(self.lead_institution),
            clean(self.supporting),
            self.starts_on,
            self.ends_on,
            tuple(
                MilestoneText(
                    clean_line(each.title),
                    clean(each.output),
                    each.starts_on,
                    each.ends_on,
                    clean_line(each.responsible),
                    each.was,
                )
                for each in self.milestones
                if any((clean(each.title), clean(each.output), clean(each.responsible)))
            ),
        )


def check(draft: DraftText) -> None:
    """Raise Invalid with a sentence for each field of a cleaned draft that cannot be kept."""
    faults: dict[str, Sentence] = {}
    if not has_words(draft.texts[Field.TITLE]):
        faults["title"] = _("Write a title: one line that says what will be done.")
    limits = {part.value: (draft.texts[part], TEXT_MOST) for part in Field}
    limits["title"] = (draft.texts[Field.TITLE], TITLE_MOST)
    limits["lead_institution"] = (draft.lead_institution, TITLE_MOST)
    limits["supporting"] = (draft.supporting, NAMES_MOST)
    for name, (words, most) in limits.items():
        if len(words) > most:
            faults[name] = too_long(words, most)
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        faults["ends_on"] = _("The last day lies before the first.")
    if fault := _milestones_fault(draft.milestones):
        faults["milestones"] = fault
    if faults:
        raise Invalid(faults)


def _milestones_fault(milestones: Sequence[MilestoneText]) -> Sentence | None:
    if len(milestones) > MILESTONES_MOST:
        return _("At most %(most)s milestones fit.", most=MILESTONES_MOST)
    for number, each in enumerate(milestones, 1):
        if not has_words(each.title):
            return _("Give milestone %(number)s a title.", number=number)
        if len(each.title) > TITLE_MOST or len(each.responsible) > TITLE_MOST:
            return _("Shorten milestone %(number)s.", number=number)
        if len(each.output) > TEXT_MOST:
            return _("Shorten milestone %(number)s.", number=number)
        if each.starts_on and each.ends_on and each.ends_on < each.starts_on:
            return _("Milestone %(number)s ends before it begins.", number=number)
    return None


def missing_for_consultation(version: Version) -> dict[str, Sentence]:
    """What the public could not judge without."""
    faults: dict[str, Sentence] = {}
    if not version.problem:
        faults["problem"] = _("Say first which problem it solves.")
    if not version.solution:
        faults["solution"] = _("Say first what will be done.")
    return faults


def missing_for_final(version: Version, milestones: Sequence[Milestone]) -> dict[str, Sentence]:
    """What a commitment cannot be final without: the fields that OGP's template requires."""
    faults = missing_for_consultation(version)
    if not version.lead_institution:
        faults["lead_institution"] = _("Name first the institution that leads it.")
    if version.starts_on is None or version.ends_on is None:
        faults["ends_on"] = _("Say first from when until when it runs.")
    if not milestones:
        faults["milestones"] = _("Write first at least one milestone.")
    return faults


def reworded(text: LocalizedText, language: str, words: str) -> LocalizedText:
    """The text with another wording in this language; the other wordings stay."""
    kept = {code: wording for code, wording in text.wordings.items() if code != language}
    original = text.original_language if kept else language
    return LocalizedText.of(original, **kept, **{language: words})


def occurs(passage: str, text: str) -> bool:
    """Whether a passage stands word for word in a text, however its lines are broken."""
    return " ".join(clean(passage).split()) in " ".join(clean(text).split())


def quoted(passage: str | None, *, field: str) -> str | None:
    """A quoted passage, cleaned; raises Invalid where it is too long."""
    words = clean(passage).strip("„“”\"«»'… ")
    if len(words) > PASSAGE_MOST:
        raise Invalid({field: too_long(words, PASSAGE_MOST)})
    return words or None


def reason_of(reason: str, *, field: str = "reason", most: int = REASON_MOST) -> str:
    """A reason, cleaned; raises Invalid where none is given. Whoever decides gives one."""
    words = clean(reason)
    if not has_words(words):
        raise Invalid({field: _("Give the reason, in words. It will be public.")})
    if len(words) > most:
        raise Invalid({field: too_long(words, most)})
    return words


def note_of(note: str, *, is_needed: bool) -> str:
    """What changed, in the words of whoever changed it."""
    words = clean(note)
    if is_needed and not has_words(words):
        raise Invalid({"note": _("Say in a few words what you changed and why.")})
    if len(words) > NOTE_MOST:
        raise Invalid({"note": too_long(words, NOTE_MOST)})
    return words


def link_of(address: str | None, *, field: str) -> str | None:
    """A public address, or None; raises Invalid for what is no address."""
    words = clean_line(address)
    if not words:
        return None
    try:
        parts = urlsplit(words)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(words) > LINK_MOST:
        raise Invalid({field: _("Give a full address that begins with https://.")})
    return words


def too_long(words: str, most: int) -> Sentence:
    return _(
        "Shorten this by %(over)s characters: at most %(most)s fit.",
        over=len(words) - most,
        most=most,
    )


def has_words(text: str) -> bool:
    """Whether there is a letter or a figure in it, not only signs."""
    return any(sign.isalnum() for sign in text)
