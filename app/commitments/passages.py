"""Showing in a commitment's text which words come from where."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_PARAGRAPHS = re.compile(r"(?:(?!\n\n).)+", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A run of words, and the numbers of the origins that quote it."""

    text: str
    origins: tuple[int, ...] = ()


Paragraph = list[Piece]


@dataclass
class _Run:
    start: int
    end: int
    origins: list[int] = field(default_factory=list)


def found_in(passage: str, text: str) -> tuple[int, int] | None:
    """Where a passage stands in a text, however the lines are broken there."""
    words = passage.split()
    if not words:
        return None
    match = re.search(r"\s+".join(re.escape(word) for word in words), text)
    return match.span() if match else None


def marked(text: str, passages: Iterable[tuple[int, str]]) -> list[Paragraph]:
    """The paragraphs of a text, cut where a numbered passage begins and ends.

    Passages that overlap are marked as one run with both numbers; one that no longer stands in
    the text is left out.
    """
    runs = _runs(text, passages)
    return [_cut(text, match.start(), match.end(), runs) for match in _PARAGRAPHS.finditer(text)]


def _runs(text: str, passages: Iterable[tuple[int, str]]) -> list[_Run]:
    spans = [(found_in(passage, text), number) for number, passage in passages]
    runs: list[_Run] = []
    for span, number in sorted((span, number) for span, number in spans if span):
        if runs and span[0] < runs[-1].end:
            runs[-1].end = max(runs[-1].end, span[1])
            runs[-1].origins.append(number)
        else:
            runs.append(_Run(span[0], span[1], [number]))
    return runs


def _cut(text: str, start: int, end: int, runs: list[_Run]) -> Paragraph:
    pieces: Paragraph = []
    at = start
    for run in runs:
        first, last = max(run.start, start), min(run.end, end)
        if first >= last:
            continue
        if at < first:
            pieces.append(Piece(text[at:first]))
        pieces.append(Piece(text[first:last], tuple(run.origins)))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end].rstrip()))
    return pieces
