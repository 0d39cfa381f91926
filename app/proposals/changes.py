"""What changed between two wordings, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from app.proposals.texts import Text

Kind = Literal["same", "added", "removed"]
Piece = tuple[Kind, str]

_PIECES = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 4000
"""Above this, two texts are compared paragraph by paragraph: words would take too long."""
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True)
class Changes:
    """A text beside the one before it."""

    title: list[Piece]
    situation: list[Piece]
    solution: list[Piece]
    values_added: tuple[str, ...]
    values_removed: tuple[str, ...]


def between(before: Text, after: Text) -> Changes:
    return Changes(
        title=pieces(before.title, after.title),
        situation=pieces(before.situation, after.situation),
        solution=pieces(before.solution, after.solution),
        values_added=tuple(value for value in after.values if value not in before.values),
        values_removed=tuple(value for value in before.values if value not in after.values),
    )


def pieces(before: str, after: str) -> list[Piece]:
    """The later text with what was removed still in its place; equal runs are joined."""
    old, new = _split(before), _split(after)
    if max(len(old), len(new)) > MOST_WORDS:
        old, new = _LINES.findall(before), _LINES.findall(after)
    found: list[Piece] = []
    for act, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            _join(found, "same", old[i:j])
            continue
        _join(found, "removed", old[i:j])
        _join(found, "added", new[k:m])
    return found


def _split(text: str) -> list[str]:
    return _PIECES.findall(text)


def _join(found: list[Piece], kind: Kind, words: Sequence[str]) -> None:
    if words:
        found.append((kind, "".join(words)))
