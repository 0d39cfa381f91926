"""Background work through RQ: functions called by name, with arguments that survive JSON."""

import logging
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any, Protocol

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue as RedisBackedQueue
from rq import Retry, get_current_job
from rq.job import Job
from rq.serializers import JSONSerializer

from app.foundation.transactions import transaction

log = logging.getLogger(__name__)

QUEUES = ("default", "mail", "slow")
"""In the order in which a worker looks at them."""

PROGRESS = "progress"
"""The key in a job's meta."""

RETRY_AFTER = [10, 60, 300, 1800]
"""Seconds before the next try of work that failed."""


class Queue(Protocol):
    def put(self, path: str, arguments: dict[str, Any], *, lane: str) -> None: ...


class InlineQueue:
    """Does the work at once, in this process. For tests and one-off commands."""

    def put(self, path: str, arguments: dict[str, Any], *, lane: str) -> None:
        perform(path, arguments)


class RedisQueue:
    def __init__(self, connection: Redis) -> None:
        self.connection = connection

    def lane(self, name: str) -> RedisBackedQueue:
        return RedisBackedQueue(name, connection=self.connection, serializer=JSONSerializer)

    def put(self, path: str, arguments: dict[str, Any], *, lane: str) -> None:
        """A missing Redis costs a delay, not the change: the sweep puts the work again."""
        try:
            self.lane(lane).enqueue(
                perform,
                path,
                arguments,
                retry=Retry(max=len(RETRY_AFTER), interval=RETRY_AFTER),
                result_ttl=0,
                description=path,
            )
        except RedisError:
            log.warning("could not queue %s; the sweep will try again", path)


_queue: Queue = InlineQueue()


def use(queue: Queue) -> None:
    """Choose where this process puts its work; create_app calls it once."""
    global _queue
    _queue = queue


def in_use() -> Queue:
    return _queue


def put(path: str, *, lane: str = "default", **arguments: Any) -> None:
    """Have this function (``module.name``) called later, in another process."""
    _queue.put(path, arguments, lane=lane)


_before_work: list[Callable[[], None]] = []


def before_work(preparation: Callable[[], None]) -> None:
    """Have this called before each piece of background work; twice is once."""
    if preparation not in _before_work:
        _before_work.append(preparation)


def perform(path: str, arguments: dict[str, Any]) -> None:
    """What a worker calls: find the function and call it."""
    for prepare in _before_work:
        prepare()
    module, _, name = path.rpartition(".")
    getattr(import_module(module), name)(**arguments)


def report_progress(done: int, of: int) -> None:
    """Say how far the work under way has got, for the administrators' page.

    Outside of a worker, and while Redis is away, nobody hears it and nothing breaks.
    """
    if (current := get_current_job()) is not None:
        current.meta[PROGRESS] = [done, of]
        try:
            current.save_meta()  # type: ignore[no-untyped-call]
        except RedisError:
            log.warning("could not say how far %s has got", current.description)


def progress_of(work: Job) -> tuple[int, int] | None:
    """How far a piece of work has got, and of how much, if it says so."""
    said = work.get_meta(refresh=False).get(PROGRESS)
    return (said[0], said[1]) if said else None


def job(function: Callable[..., None]) -> Callable[..., None]:
    """Mark a function as background work: each run is one transaction."""

    @wraps(function)
    def run(**arguments: Any) -> None:
        with transaction():
            function(**arguments)

    return run
