"""The shape every backend has."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Select

Forms = Sequence[str]
"""The ways in which one word that was asked for may stand in the index; one of them suffices."""


class Backend(Protocol):
    def matching(self, words: Sequence[Forms]) -> Select[Any]:
        """The entries that hold every one of these words, as (id, rank); the least rank is best.

        Each form also matches the beginning of a longer word. Forms are letters and digits only.
        """
        ...
