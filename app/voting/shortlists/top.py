"""The most supported: overall, or in each theme."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from app.foundation.language import Sentence
from app.voting.shortlists.base import Candidate, Profiles, best, check_number


class Top:
    """``{"rule": "top", "k": 10}``: the ten most supported."""

    name = "top"
    needs_profiles = False

    def check(self, stored: dict[str, Any]) -> Sentence | None:
        return check_number(stored, "k")

    def choose(
        self, candidates: Sequence[Candidate], profiles: Profiles, stored: dict[str, Any]
    ) -> dict[str, int]:
        return best(candidates, stored["k"])


class TopPerTheme:
    """``{"rule": "top-per-theme", "k": 3}``: the three most supported of each theme.

    What has no theme is taken together, as if that were a theme.
    """

    name = "top-per-theme"
    needs_profiles = False

    def check(self, stored: dict[str, Any]) -> Sentence | None:
        return check_number(stored, "k")

    def choose(
        self, candidates: Sequence[Candidate], profiles: Profiles, stored: dict[str, Any]
    ) -> dict[str, int]:
        by_theme: defaultdict[int | None, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            by_theme[candidate.theme].append(candidate)
        entered = [reference for some in by_theme.values() for reference in best(some, stored["k"])]
        chosen = [candidate for candidate in candidates if candidate.reference in set(entered)]
        return best(chosen, len(chosen)) if chosen else {}
