"""What every way of voting can say. Its laws are tested for each in ``test_every_method.py``."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Protocol

from app.foundation.language import Sentence


class VotingMethod(Protocol):
    name: str

    def check(self, choices: Collection[str], most: int | None) -> Sentence | None:
        """Why nobody may choose these proposals together; None if one may."""
        ...

    def tally(self, ballots: Iterable[Collection[str]]) -> Counter[str]:
        """What each proposal gets. Neither the order of ballots nor how they are split counts."""
        ...
