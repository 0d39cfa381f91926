"""Everything that enough people support."""

from collections.abc import Sequence
from typing import Any

from app.foundation.language import Sentence
from app.voting.shortlists.base import Candidate, Profiles, best, check_number


class AtLeast:
    """``{"rule": "at-least", "n": 50}``: whatever 50 people or more support."""

    name = "at-least"
    needs_profiles = False

    def check(self, stored: dict[str, Any]) -> Sentence | None:
        return check_number(stored, "n")

    def choose(
        self, candidates: Sequence[Candidate], profiles: Profiles, stored: dict[str, Any]
    ) -> dict[str, int]:
        reached = [candidate for candidate in candidates if candidate.supports >= stored["n"]]
        return best(reached, len(reached)) if reached else {}
