"""Support as many proposals as you find right, or at most so many."""

from collections import Counter
from collections.abc import Collection, Iterable

from app.foundation.language import Sentence, _n


class Support:
    name = "support"

    def check(self, choices: Collection[str], most: int | None) -> Sentence | None:
        if most is None or len(choices) <= most:
            return None
        return _n(
            "You already support %(num)d proposal, the most that one person can. "
            "To support this one, withdraw another.",
            "You already support %(num)d proposals, the most that one person can. "
            "To support this one, withdraw another.",
            most,
        )

    def tally(self, ballots: Iterable[Collection[str]]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for choices in ballots:
            counts.update(choices)
        return counts
