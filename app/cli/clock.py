"""``flask clock``: the process that lets deadlines be noticed. Start exactly one."""

import signal

import click
from flask import current_app
from redis import Redis

from app import config
from app.foundation import schedule


@click.command("clock")
def command() -> None:
    """Put every scheduled job when its turn comes, until stopped."""
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda signum, frame: stopping.append(signum))
    redis = Redis.from_url(config.settings().redis_url)
    schedule.run(current_app.config["SCHEDULE"], redis, stopped=lambda: bool(stopping))
