"""How far long work has got, as the administrators' page shows it."""

from flask import Flask
from redis import Redis
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from app.foundation import queue
from app.web import machinery

SEEN: list[machinery.Machinery | None] = []


@queue.job
def count_slowly() -> None:
    """Says twice how far it has got, and looks at the administrators' page in between."""
    queue.report_progress(1, 4)
    SEEN.append(machinery.look([]))
    queue.report_progress(3, 4)
    SEEN.append(machinery.look([]))


def test_an_administrator_sees_how_far_work_under_way_has_got(
    app: Flask, redis_server: str
) -> None:
    SEEN.clear()
    before = queue.in_use()
    with Redis.from_url(redis_server) as redis:
        lanes = queue.RedisQueue(redis)
        queue.use(lanes)
        try:
            queue.put(f"{__name__}.count_slowly")
            SimpleWorker([lanes.lane("default")], connection=redis, serializer=JSONSerializer).work(
                burst=True, logging_level="ERROR"
            )
        finally:
            queue.use(before)
    works = [work for look in SEEN if look for work in look.under_way]
    assert [work.path for work in works] == [f"{__name__}.count_slowly"] * 2
    assert [work.progress for work in works] == [(1, 4), (3, 4)]


def test_progress_that_nobody_hears_breaks_nothing(app: Flask) -> None:
    queue.report_progress(1, 2)
