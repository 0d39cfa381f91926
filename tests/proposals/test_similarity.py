"""How well duplicates are found, measured on the demonstration's own texts."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.proposals.models import base_forms
from app.proposals.similarity import most_alike

TEXTS = Path(__file__).parent / "similarity.json"
"""The texts of 2021 as first written, which of them moderators merged, which they kept apart."""


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(TEXTS.read_text())
    return found


def forms(text: dict[str, str]) -> str:
    return base_forms(text["title"], text["text"], text["language"])


def likest(texts: dict[str, dict[str, str]], reference: str) -> list[str]:
    """The five that would be shown beside this one while it is being written."""
    mine = texts[reference]
    others = [
        (int(other[-4:]), forms(text))
        for other, text in texts.items()
        if other != reference and text["language"] == mine["language"]
    ]
    return [f"OGP5-{number:04}" for number in most_alike(forms(mine), others)]


def test_of_what_was_merged_at_least_14_of_16_stand_among_the_first_five(
    known: dict[str, Any],
) -> None:
    pairs = [
        (one, other)
        for family in known["merged"]
        for one in family
        for other in family
        if one != other and known["texts"][one]["language"] == known["texts"][other]["language"]
    ]
    found = [pair for pair in pairs if pair[1] in likest(known["texts"], pair[0])]
    assert len(pairs) == 16
    assert len(found) >= 14, f"recall in the first five: {len(found)} of {len(pairs)}"


def test_what_shares_no_word_is_not_shown() -> None:
    mine = base_forms("Velosipēdu novietnes pie skolām", "Bērniem nav kur atstāt riteni.", "lv")
    other = base_forms("Domes sēžu ieraksti", "Klausīties vakarā pēc darba.", "lv")
    assert most_alike(mine, [(1, other)]) == []


def test_inflected_words_meet() -> None:
    mine = base_forms("Sabiedrības līdzdalības noteikumi", "", "lv")
    other = base_forms("Noteikumos par sabiedrību un līdzdalību", "", "lv")
    far = base_forms("Bibliotēkas darba laiks", "", "lv")
    assert most_alike(mine, [(1, far), (2, other)]) == [2]


def test_nothing_to_compare_with_is_no_fault() -> None:
    assert most_alike("", []) == []
    assert most_alike(base_forms("Kaut kas", "", "lv"), [(1, "")]) == []
