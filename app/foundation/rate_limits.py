"""How often one actor may do one thing. Holds, per process, when Redis is away."""

import logging
from dataclasses import dataclass
from typing import cast

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError

from app.foundation.language import Sentence, _
from app.foundation.refusals import TooOften

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """As in ``Limit("proposals.submit", "20 per day")``."""

    name: str
    rate: str
    otherwise: Sentence = _("You have done this very often in a short time. Try again later.")

    @property
    def item(self) -> RateLimitItem:
        return parse(self.rate)


_memory = FixedWindowRateLimiter(MemoryStorage())
_shared: FixedWindowRateLimiter | None = None


def use(redis_url: str | None) -> None:
    """Count where all processes can see it; without Redis, each process counts for itself."""
    global _shared
    _shared = FixedWindowRateLimiter(_storage(redis_url)) if redis_url else None


def _storage(url: str) -> Storage:
    scheme = "redis+unix://" if url.startswith("unix://") else ""
    address = scheme + url.removeprefix("unix://") if scheme else url
    return cast(Storage, storage_from_string(address, wrap_exceptions=False))


def spend(limit: Limit, who: str | int) -> None:
    """Count one more by this actor, or raise TooOften when the limit is reached."""
    key = (limit.name, str(who))
    if _shared is not None:
        try:
            if not _shared.hit(limit.item, *key):
                raise TooOften(limit.otherwise)
            return
        except RedisError:
            log.warning("Redis is away; limits are counted per process")
    if not _memory.hit(limit.item, *key):
        raise TooOften(limit.otherwise)


def forget() -> None:
    """Begin counting anew in this process. For tests and for the demonstration."""
    _memory.storage.reset()
    if _shared is not None:
        _shared.storage.reset()
