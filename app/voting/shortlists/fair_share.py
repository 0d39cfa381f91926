"""An ordered list in which the same group of people cannot fill all places."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heappop, heapreplace
from typing import Any

from app.foundation.language import Sentence
from app.voting.shortlists.base import Candidate, Profiles, check_number


class FairShare:
    """``{"rule": "fair-share", "k": 10}``: sequential Phragmén.

    Every place costs its supporters one unit of load, spread so that their loads become equal;
    the next place goes to whom this raises least (Phragmén 1899; Brill, Freeman, Janson and
    Lackner, "Phragmén's voting methods and justified representation", 2017). Loads are exact
    fractions. Where two are equal the more supported goes first, then the lower reference; all
    who are equal in both for the last place are in.
    """

    name = "fair-share"
    needs_profiles = True

    def check(self, stored: dict[str, Any]) -> Sentence | None:
        return check_number(stored, "k")

    def choose(
        self, candidates: Sequence[Candidate], profiles: Profiles, stored: dict[str, Any]
    ) -> dict[str, int]:
        race = _Race(_supporters(candidates, profiles))
        chosen: dict[str, int] = {}
        while len(chosen) < stored["k"] and (first := race.next()):
            chosen[first] = len(chosen) + 1
            if len(chosen) == stored["k"]:
                chosen |= dict.fromkeys(race.equal_to(first), stored["k"])
            race.seat(first)
        return chosen


class _Race:
    """Who goes next. Loads only grow, so a cost known from an earlier round is never too high:
    only those that lead by such a cost are reckoned anew."""

    def __init__(self, supporters: dict[str, list[int]]) -> None:
        self._supporters = supporters
        self._loads: dict[int, Fraction] = defaultdict(Fraction)
        self._queue = [self._entry(reference) for reference in supporters]
        heapify(self._queue)

    def next(self) -> str | None:
        """Whoever is raised least; None when nobody is left."""
        while self._queue:
            known, more, reference = self._queue[0]
            entry = self._entry(reference)
            if entry <= (known, more, reference):
                heappop(self._queue)
                return reference
            heapreplace(self._queue, entry)
        return None

    def equal_to(self, first: str) -> list[str]:
        """Everybody else who costs the same and has as many supporters."""
        equal = []
        while (other := self.next()) and self._entry(other)[:2] == self._entry(first)[:2]:
            equal.append(other)
        return equal

    def seat(self, reference: str) -> None:
        cost = self._entry(reference)[0]
        for person in self._supporters[reference]:
            self._loads[person] = cost

    def _entry(self, reference: str) -> tuple[Fraction, int, str]:
        people = self._supporters[reference]
        borne = sum((self._loads[person] for person in people), Fraction(0))
        return (1 + borne) / len(people), -len(people), reference


def _supporters(candidates: Sequence[Candidate], profiles: Profiles) -> dict[str, list[int]]:
    standing = {candidate.reference for candidate in candidates}
    supporters: dict[str, list[int]] = defaultdict(list)
    for person, choices in profiles.items():
        for reference in standing.intersection(choices):
            supporters[reference].append(person)
    return dict(supporters)
