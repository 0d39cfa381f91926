"""What runs how often, by exactly one clock.

Several clock processes may be started; a lease in Redis lets one of them tick. Every scheduled
job is harmless twice all the same (RQ's own scheduler has no leader).
"""

import logging
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from redis import Redis
from redis.exceptions import RedisError

from app.foundation import queue

log = logging.getLogger(__name__)

LEASE = "talka:clock"
LEASE_SECONDS = 15
TICK_SECONDS = 1.0


@dataclass(frozen=True)
class Scheduled:
    """A job, by its path, and how many seconds lie between two runs."""

    path: str
    every: int
    lane: str = "default"


def tick(schedule: Sequence[Scheduled], redis: Redis, *, at: float) -> None:
    """Put every job whose turn has come. The last turn is remembered in Redis."""
    for item in schedule:
        turn = int(at // item.every)
        key = f"talka:turn:{item.path}"
        if redis.set(key, turn, nx=True, ex=item.every * 2) or int(redis.get(key) or 0) < turn:
            redis.set(key, turn, ex=item.every * 2)
            queue.put(item.path, lane=item.lane)


def run(schedule: Sequence[Scheduled], redis: Redis, *, stopped: Callable[[], bool]) -> None:
    """Tick until stopped, whenever this process holds the lease."""
    me = secrets.token_hex(8)
    while not stopped():
        try:
            if _holds_lease(redis, me):
                tick(schedule, redis, at=time.time())
        except RedisError:
            log.warning("Redis is away; the clock tries again")
        time.sleep(TICK_SECONDS)


def _holds_lease(redis: Redis, me: str) -> bool:
    if redis.set(LEASE, me, nx=True, ex=LEASE_SECONDS):
        return True
    if redis.get(LEASE) != me.encode():
        return False
    redis.expire(LEASE, LEASE_SECONDS)
    return True
