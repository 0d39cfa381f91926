"""How the machinery stands: queues, failures, deliveries owed, the clock. For administrators."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from redis import Redis
from redis.exceptions import RedisError
from rq import Worker
from rq.exceptions import InvalidJobOperation, NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer

from app import config
from app.foundation import queue
from app.foundation.language import _
from app.foundation.refusals import Conflict
from app.foundation.schedule import LEASE, Scheduled

PATIENCE = 2
"""Seconds that Redis may take to answer this page."""

MOST_SHOWN = 50


@dataclass(frozen=True)
class Lane:
    """How one queue stands."""

    name: str
    waiting: int
    under_way: int
    to_be_tried_again: int
    failed: int


@dataclass(frozen=True)
class Failure:
    """Work that was tried as often as it may be. Its arguments are ids; the log has its trace."""

    id: str
    lane: str
    path: str
    problem: str
    """The kind of exception alone: its words may hold what a person wrote."""
    failed_at: datetime | None


@dataclass(frozen=True)
class UnderWay:
    """Work that a worker is doing just now."""

    path: str
    began_at: datetime | None
    progress: tuple[int, int] | None
    """How far it has got, and of how much, if it says so."""


@dataclass(frozen=True)
class Turn:
    """When one scheduled job was last put."""

    path: str
    every: int
    at: datetime | None


@dataclass(frozen=True)
class Machinery:
    lanes: list[Lane]
    workers: int
    under_way: list[UnderWay]
    failures: list[Failure]
    clock_ticks: bool
    """Whether some clock process holds the lease just now."""
    turns: list[Turn]


def look(schedule: Sequence[Scheduled]) -> Machinery | None:
    """How it stands; None while Redis does not answer."""
    try:
        with _redis() as redis:
            return Machinery(
                lanes=[_lane(name, redis) for name in queue.QUEUES],
                workers=Worker.count(connection=redis),
                under_way=[work for name in queue.QUEUES for work in _under_way(name, redis)],
                failures=[failure for name in queue.QUEUES for failure in _failures(name, redis)],
                clock_ticks=bool(redis.exists(LEASE)),
                turns=[_turn(item, redis) for item in schedule],
            )
    except (RedisError, OSError):
        return None


def try_again(lane: str, job_id: str) -> str:
    """Put failed work again; its path. Raises Conflict if it is no longer among the failed."""
    gone = _("This piece of work is no longer among those that failed.")
    if lane not in queue.QUEUES or not re.fullmatch(r"[\w-]{1,80}", job_id):
        raise Conflict(gone)
    try:
        with _redis() as redis:
            registry = queue.RedisQueue(redis).lane(lane).failed_job_registry
            return str(registry.requeue(job_id).description)
    except (InvalidJobOperation, NoSuchJobError) as problem:
        raise Conflict(gone) from problem
    except (RedisError, OSError) as problem:
        raise Conflict(_("Redis does not answer just now. Try again later.")) from problem


def _redis() -> Redis:
    return Redis.from_url(
        config.settings().redis_url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
    )


def _lane(name: str, redis: Redis) -> Lane:
    lane = queue.RedisQueue(redis).lane(name)
    return Lane(
        name,
        lane.count,
        lane.started_job_registry.count,
        lane.scheduled_job_registry.count,
        lane.failed_job_registry.count,
    )


def _under_way(name: str, redis: Redis) -> list[UnderWay]:
    """What the workers hold; a killed one's work stands here until RQ gives it up."""
    registry = queue.RedisQueue(redis).lane(name).started_job_registry
    ids = registry.get_job_ids(0, MOST_SHOWN - 1, cleanup=False)
    jobs = Job.fetch_many(ids, connection=redis, serializer=JSONSerializer)
    return [
        UnderWay(work.description or "", _aware(work.started_at), queue.progress_of(work))
        for work in jobs
        if work is not None
    ]


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None


def _failures(name: str, redis: Redis) -> list[Failure]:
    registry = queue.RedisQueue(redis).lane(name).failed_job_registry
    ids = registry.get_job_ids(0, MOST_SHOWN - 1, desc=True)
    jobs = Job.fetch_many(ids, connection=redis, serializer=JSONSerializer)
    return [_failure(job, name) for job in jobs if job is not None]


def _failure(job: Job, lane: str) -> Failure:
    result = job.latest_result()
    lines = ((result.exc_string if result else "") or "").strip().splitlines()
    kind = re.match(r"[\w.]+", lines[-1]) if lines else None
    return Failure(
        id=job.id,
        lane=lane,
        path=job.description or "",
        problem=kind[0] if kind else "",
        failed_at=_aware(result.created_at) if result else None,
    )


def _turn(item: Scheduled, redis: Redis) -> Turn:
    turn = redis.get(f"talka:turn:{item.path}")
    at = datetime.fromtimestamp(int(turn) * item.every, UTC) if turn else None
    return Turn(item.path, item.every, at)
