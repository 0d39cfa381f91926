"""What must hold of a plan's words and dates."""

import re
from dataclasses import dataclass
from datetime import date

from app.foundation.language import Sentence, _
from app.foundation.text import LocalizedText

LONGEST_TITLE = 200
LONGEST_GOAL = 5_000
LONGEST_LINK = 500

_SLUG = re.compile(r"(?!create$)[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a plan says about itself."""

    ordinal: int
    """The how-manyth plan it is."""
    title: LocalizedText
    goal: LocalizedText | None
    starts_on: date
    ends_on: date


def faults_of_slug(slug: str) -> dict[str, Sentence]:
    if _SLUG.fullmatch(slug) and 3 <= len(slug) <= 60:
        return {}
    return {
        "slug": _("Use 3 to 60 small letters without accents, digits and hyphens, as in plan-2028.")
    }


def faults_of(description: Description, default_language: str) -> dict[str, Sentence]:
    faults: dict[str, Sentence] = {}
    if not 1 <= description.ordinal <= 999:
        faults["ordinal"] = _("Write a number from 1 to 999.")
    if not description.title.wordings.get(default_language):
        faults[f"title_{default_language}"] = _("Write the title in this language.")
    for name, text, most in (
        ("title", description.title, LONGEST_TITLE),
        ("goal", description.goal, LONGEST_GOAL),
    ):
        for language, words in (text.wordings if text else {}).items():
            if len(words) > most:
                faults[f"{name}_{language}"] = _(
                    "This is too long: at most %(most)s characters.", most=most
                )
    if description.ends_on <= description.starts_on:
        faults["ends_on"] = _("The plan must end after it begins.")
    return faults


def faults_of_approval(act: LocalizedText, link: str, default_language: str) -> dict[str, Sentence]:
    faults: dict[str, Sentence] = {}
    if not act.wordings.get(default_language):
        faults[f"approval_act_{default_language}"] = _("Name the act in this language.")
    if any(len(words) > LONGEST_TITLE for words in act.wordings.values()):
        faults[f"approval_act_{default_language}"] = _(
            "This is too long: at most %(most)s characters.", most=LONGEST_TITLE
        )
    if link and (not link.startswith(("https://", "http://")) or len(link) > LONGEST_LINK):
        faults["approval_link"] = _("Write a whole address that begins with https://.")
    return faults
