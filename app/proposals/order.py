"""In what order proposals are shown while people vote: shuffled, fairly, and stable to page in.

Each hour has one permutation of the ids, and a visitor is sent to a random place in it. Every
proposal is on the first page of exactly as many places as it has rows, so the chances are
exactly equal (HOUSE.md, trap 8: what databases call random is not). Hour and place stand in the
address: pages can be kept for everybody, and reading on never shows the same proposal twice.

An id's position follows from a hash of hour and id, not from drawing lots one after the other:
when one is hidden, the others keep their order.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b

KEPT_FOR = 6
"""Hours for which the address of a place is honoured; then the reader is sent to a new one."""

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True)
class Place:
    """Somewhere in the permutation of one hour."""

    hour: int
    """Hours since 1970."""
    start: int

    def __str__(self) -> str:
        return f"{self.hour}-{self.start}"


def hour_of(at: datetime) -> int:
    return int(at.timestamp() // timedelta(hours=1).total_seconds())


def somewhere(count: int, at: datetime) -> Place:
    """A random place in this hour's permutation of so many."""
    return Place(hour_of(at), secrets.randbelow(max(1, count)))


def place_from(words: str | None, at: datetime) -> Place | None:
    """The place that an address names; None when it is none, or too old, or yet to come."""
    match = _PLACE.fullmatch(words or "")
    if not match:
        return None
    place = Place(int(match[1]), int(match[2]))
    return place if 0 <= hour_of(at) - place.hour <= KEPT_FOR else None


def shown(
    ids: Sequence[int], place: Place, *, campaign_id: int, first: int, size: int
) -> list[int]:
    """One page of the permutation, read from the place on and around to it again.

    ``first`` counts from 0, from the place.
    """
    order = _permutation(f"{campaign_id}:{place.hour}", tuple(ids))
    length = len(order)
    rows = range(first, min(first + size, length))
    return [order[(place.start + row) % length] for row in rows]


@lru_cache(maxsize=16)
def _permutation(seed: str, ids: tuple[int, ...]) -> tuple[int, ...]:
    """These ids in the order of their hashes; kept, because everybody in this hour needs it."""

    def position(number: int) -> bytes:
        return blake2b(f"{seed}:{number}".encode(), digest_size=16).digest()

    return tuple(sorted(ids, key=position))
