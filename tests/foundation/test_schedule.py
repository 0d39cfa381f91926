"""What runs how often, by exactly one clock."""

import threading
import time

from flask import Flask
from redis import Redis

from app.foundation import queue, schedule
from app.foundation.schedule import Scheduled

PUT: list[str] = []


class Noted:
    """A queue that notes what it was given."""

    def put(self, path: str, arguments: dict[str, object], *, lane: str) -> None:
        PUT.append(path)


def test_each_job_is_put_once_in_its_turn_however_often_the_clock_ticks(
    app: Flask, redis_server: str
) -> None:
    jobs = [Scheduled("minutely", every=60), Scheduled("hourly", every=3600)]
    before = queue.in_use()
    PUT.clear()
    queue.use(Noted())
    try:
        with Redis.from_url(redis_server) as redis:
            for second in range(0, 180, 7):
                schedule.tick(jobs, redis, at=3600 * 1000 + second)
    finally:
        queue.use(before)
    assert sorted(PUT) == ["hourly", "minutely", "minutely", "minutely"]


def test_of_two_clocks_one_ticks(app: Flask, redis_server: str) -> None:
    before = queue.in_use()
    PUT.clear()
    queue.use(Noted())
    stopping = threading.Event()
    with Redis.from_url(redis_server) as redis:
        clocks = [
            threading.Thread(
                target=schedule.run,
                args=([Scheduled("often", every=3600)], redis),
                kwargs={"stopped": stopping.is_set},
            )
            for _ in range(2)
        ]
        for each in clocks:
            each.start()
        time.sleep(2.5)
        stopping.set()
        for each in clocks:
            each.join()
    queue.use(before)
    assert PUT == ["often"]
