"""What changed between two wordings, word by word."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from app.proposals.texts import Text

Kind = Literal["same", "added", "removed"]
Piece = tuple[Kind, str]

_WORDS = re.compile(r"\S+\s*|\s+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
MOST_PAIRS = 100_000
"""Pairs of equal pieces that are worth looking at. A word that is repeated a thousand times on
either side would make a million, and a page that takes seconds; then lines are compared, and if
those repeat as well, the texts stand one after the other."""


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
    for split in (_WORDS, _LINES):
        old, new = split.findall(before), split.findall(after)
        start = _same_at_start(old, new)
        end = _same_at_start(old[start:][::-1], new[start:][::-1])
        middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
        if _pairs(middle_old, middle_new) <= MOST_PAIRS:
            break
    else:
        return _joined([("removed", [before]), ("added", [after])])
    return _joined(
        [("same", old[:start]), *_compared(middle_old, middle_new), ("same", old[len(old) - end :])]
    )


def _compared(old: list[str], new: list[str]) -> list[tuple[Kind, list[str]]]:
    found: list[tuple[Kind, list[str]]] = []
    for act, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            found.append(("same", old[i:j]))
        else:
            found += [("removed", old[i:j]), ("added", new[k:m])]
    return found


def _same_at_start(old: Sequence[str], new: Sequence[str]) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )


def _pairs(old: list[str], new: list[str]) -> int:
    often = Counter(new)
    return sum(count * often[piece] for piece, count in Counter(old).items())


def _joined(runs: Sequence[tuple[Kind, list[str]]]) -> list[Piece]:
    return [(kind, "".join(words)) for kind, words in runs if words and any(words)]
