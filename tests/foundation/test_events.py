"""Recorded with the change, told to each listener once, whatever is killed in between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from redis import Redis
from rq import Queue as RedisBackedQueue
from rq import SimpleWorker
from rq.serializers import JSONSerializer
from sqlalchemy import select

from app.foundation import clock, events, queue
from app.foundation.actors import SYSTEM, VISITOR
from app.foundation.db import db
from app.foundation.events import Event, EventDelivery, EventRecord, listen, publish
from app.foundation.transactions import transaction


@dataclass(frozen=True)
class BellRung(Event, name="bell.rung", about="bell_id"):
    bell_id: int
    campaign_id: int


heard: list[int] = []


@listen(BellRung)
def hear(event: BellRung) -> None:
    heard.append(event.bell_id)
    if event.bell_id == 13:
        raise RuntimeError("this listener is unwell")


@listen(BellRung)
def hear_too(event: BellRung) -> None:
    heard.append(-event.bell_id)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    heard.clear()
    yield
    heard.clear()


@pytest.fixture
def redis(app: Flask, redis_server: str) -> Iterator[Redis]:
    before = queue.in_use()
    with Redis.from_url(redis_server) as connection:
        queue.use(queue.RedisQueue(connection))
        yield connection
    queue.use(before)


def _work(redis: Redis) -> None:
    lanes = [
        RedisBackedQueue(lane, connection=redis, serializer=JSONSerializer) for lane in queue.QUEUES
    ]
    SimpleWorker(lanes, connection=redis, serializer=JSONSerializer).work(
        burst=True, logging_level="ERROR"
    )


def _owed() -> list[str]:
    with transaction(writes=False):
        rows = db.session.scalars(
            select(EventDelivery.listener).where(EventDelivery.done_at.is_(None))
        ).all()
    return [row.rsplit(".", 1)[-1] for row in rows]


def _ring(bell: int) -> None:
    with transaction():
        publish(BellRung(bell_id=bell, campaign_id=7), by=VISITOR)


def test_an_event_is_filed_under_its_subject_and_its_campaign(app: Flask) -> None:
    with transaction():
        publish(BellRung(bell_id=3, campaign_id=7), by=SYSTEM)
    record = db.session.scalars(select(EventRecord)).one()
    assert (record.name, record.subject, record.campaign_id) == ("bell.rung", "bell:3", 7)
    assert record.by_system
    assert record.as_event() == BellRung(bell_id=3, campaign_id=7)


def test_nothing_is_recorded_nor_told_when_the_change_fails(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        publish(BellRung(bell_id=3, campaign_id=7), by=VISITOR)
        raise ZeroDivisionError
    assert db.session.scalars(select(EventRecord)).all() == []
    assert heard == []


def test_every_listener_hears_it_through_a_real_worker(redis: Redis) -> None:
    _ring(5)
    assert heard == []
    _work(redis)
    assert sorted(heard) == [-5, 5]
    assert _owed() == []


def test_one_listener_that_fails_silences_no_other_and_stays_owed(redis: Redis) -> None:
    _ring(13)
    _work(redis)
    assert -13 in heard
    assert _owed() == ["hear"]


def test_what_a_missing_redis_left_behind_is_swept_up(redis: Redis) -> None:
    queue.use(queue.RedisQueue(Redis(port=1)))  # nobody listens there
    _ring(6)
    assert sorted(_owed()) == ["hear", "hear_too"]

    queue.use(queue.RedisQueue(redis))
    clock.set_offset(timedelta(minutes=2))
    events.sweep()
    _work(redis)
    assert sorted(heard) == [-6, 6]
    assert _owed() == []


def test_a_delivery_put_twice_is_made_once(redis: Redis) -> None:
    _ring(8)
    clock.set_offset(timedelta(minutes=2))
    events.sweep()
    _work(redis)
    assert sorted(heard) == [-8, 8]


def test_the_sweep_leaves_alone_what_has_just_been_put(redis: Redis) -> None:
    _ring(9)
    redis.flushdb()
    events.sweep()
    _work(redis)
    assert heard == []
