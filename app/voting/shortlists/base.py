"""What every rule can say. Its laws are tested for each in ``test_every_shortlist.py``."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.foundation.language import Sentence, _

Profiles = Mapping[int, Collection[str]]
"""What each person supports, by a number that stands for the person."""


@dataclass(frozen=True)
class Candidate:
    """A proposal that stands for the shortlist, with its count."""

    reference: str
    supports: int
    theme: int | None = None


class ShortlistRule(Protocol):
    name: str
    needs_profiles: bool
    """Whether it looks at what people support together, and not at counts alone."""

    def check(self, stored: dict[str, Any]) -> Sentence | None:
        """Why a campaign cannot have the rule with these numbers; None if it can."""
        ...

    def choose(
        self, candidates: Sequence[Candidate], profiles: Profiles, stored: dict[str, Any]
    ) -> dict[str, int]:
        """The position of each proposal on the shortlist, from 1.

        All who share the last place are in, and share a position. Nobody enters whom nobody
        supports. Neither the order of candidates nor that of people counts.
        """
        ...


def check_number(stored: dict[str, Any], word: str) -> Sentence | None:
    number = stored.get(word)
    if isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= 1_000_000:
        return None
    return _("Say how many, as a whole number from 1.")


def best(candidates: Sequence[Candidate], seats: int) -> dict[str, int]:
    """The most supported, all who tie for the last seat included; each with its position."""
    supported = sorted((c for c in candidates if c.supports > 0), key=lambda c: -c.supports)
    if not supported:
        return {}
    least = supported[min(seats, len(supported)) - 1].supports
    chosen = [c for c in supported if c.supports >= least]
    return {c.reference: 1 + sum(d.supports > c.supports for d in chosen) for c in chosen}
