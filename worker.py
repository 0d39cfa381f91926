"""The process that does what need not be done while somebody waits. Start as many as help."""

from importlib import import_module

from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer

from app import config
from app.foundation.queue import QUEUES
from app.wiring import SCHEDULE
from wsgi import app


def main() -> None:
    """Work until stopped. Each piece of work is a process of its own, and may be killed."""
    for job in SCHEDULE:
        import_module(job.path.rpartition(".")[0])  # once, rather than in each process anew
    connection = Redis.from_url(config.settings().redis_url)
    with app.app_context():
        Worker(QUEUES, connection=connection, serializer=JSONSerializer).work(with_scheduler=True)


if __name__ == "__main__":
    main()
