"""An installation whose parts can be killed: a worker, Redis and a mail server, all processes.

They work on the database of the test, which prepares what is to happen and plays the clock: it
puts the scheduled jobs, and lets time pass for everybody by the demonstration's clock.
"""

import contextlib
import email
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

from redis import Redis
from redis.exceptions import RedisError

from app import config
from app.demo import passing_time
from app.foundation import clock, queue
from app.foundation.db import db
from app.foundation.embedded import launch, stop, valkey
from app.foundation.transactions import transaction
from tests.postbox import free_port

ROOT = Path(__file__).parent.parent.parent
WITHIN = 60.0
"""Seconds in which any one thing must have happened, on a busy machine."""


class Installation:
    """Running processes, each of which can be killed and is then started anew."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.mails = folder / "mails"
        self.mails.mkdir()
        self._socket = folder / "valkey.sock"
        self._port = free_port()
        self._log = (folder / "log.txt").open("ab")
        self._stack = stack
        self._abandoned: set[bytes] = set()
        stack.callback(self._log.close)
        self.redis = self._start_redis()
        self.mail_server = self._start_mail_server()
        self.worker = self._start_worker()

    # ── Processes ────────────────────────────────────────────────────────────────────────────

    def _start_redis(self) -> subprocess.Popen[bytes]:
        """Valkey, with nothing of what it held before."""
        return self._stack.enter_context(valkey(at=self._socket)).process

    def _start_mail_server(self) -> subprocess.Popen[bytes]:
        program = [sys.executable, "-m", "tests.drills.mail_server"]
        process = launch(
            [*program, str(self._port), str(self.mails)], cwd=ROOT, output=self._log.fileno()
        )
        self._stack.callback(stop, process)
        _wait_until(self._mail_server_answers, "the mail server answers")
        return process

    def _mail_server_answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 1):
            return True
        return False

    def _start_worker(self) -> subprocess.Popen[bytes]:
        settings = config.settings()
        environment = os.environ | {
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": f"unix://{self._socket}",
            "SECRET_KEY": settings.secret_key,
            "KEY_STORE": str(settings.key_store),
            "SITE_ADDRESS": settings.site_address,
            "MAIL_SERVER": f"127.0.0.1:{self._port}",
            "DEMO": "yes",
        }
        process = launch(
            [sys.executable, "worker.py"], cwd=ROOT, env=environment, output=self._log.fileno()
        )
        self._stack.callback(_kill, process)
        return process

    def kill(self, part: str) -> None:
        """Without warning, as a power cut would; whatever it was doing stays as it was."""
        if part == "worker":
            _kill(self.worker)
            with contextlib.suppress(RedisError), self._redis() as redis:
                self._abandoned |= _held(redis)
        elif part == "redis":
            _kill(self.redis)
        else:
            _kill(self.mail_server)

    def mend(self, part: str) -> None:
        """Start anew what was killed, as whatever supervises processes does."""
        if part == "redis":
            self.redis = self._start_redis()
            self._abandoned.clear()
        elif part == "mail server":
            self.mail_server = self._start_mail_server()
        if self.worker.poll() is not None:
            self.worker = self._start_worker()

    # ── Work ─────────────────────────────────────────────────────────────────────────────────

    def _redis(self) -> Redis:
        return Redis.from_url(f"unix://{self._socket}")

    def put(self, *paths: str) -> None:
        """What the clock process does, when it is the turn of these jobs."""
        with self._redis() as redis:
            for path in paths:
                queue.RedisQueue(redis).put(path, {}, lane="default")

    def rest(self) -> None:
        """Wait until nothing waits, and nobody is at work but those who were killed at it."""
        _wait_until(self._is_at_rest, "the work comes to an end")

    def _is_at_rest(self) -> bool:
        if self.worker.poll() is not None:
            self.worker = self._start_worker()
        try:
            with self._redis() as redis:
                waiting = any(redis.llen(f"rq:queue:{lane}") for lane in queue.QUEUES)
                return not waiting and _held(redis) <= self._abandoned
        except RedisError:
            return False

    def letters(self) -> list[EmailMessage]:
        """Every message that the mail server has kept, also those that it did not acknowledge."""
        return [
            email.message_from_bytes(path.read_bytes(), policy=default)
            for path in sorted(self.mails.glob("*.eml"))
        ]


def _held(redis: Redis) -> set[bytes]:
    """The work that workers hold, or held when they were killed."""
    return {
        cast("bytes", entry)
        for lane in queue.QUEUES
        for entry in redis.zrange(f"rq:wip:{lane}", 0, -1)
    }


def let_pass(**time: float) -> None:
    """Let so much time pass, for every process."""
    with transaction():
        passing_time.let_pass(timedelta(**time))
    passing_time.catch_up()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process, then what it started: nothing may end in good order."""
    children = _children_of(process.pid)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    process.wait()


def _children_of(process: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(") ")[2].split()[1]) == process:
                found.append(int(stat.parent.name))
    return found + [grandchild for child in found for grandchild in _children_of(child)]


def _wait_until(condition: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + WITHIN
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(f"In vain, we waited until {what}.")
        time.sleep(0.02)


@contextmanager
def running(folder: Path) -> Iterator[Installation]:
    """An installation on the database of the test; all of it is gone afterwards."""
    with ExitStack() as stack:
        try:
            yield Installation(folder, stack)
        finally:
            db.session.remove()
            clock.set_offset(timedelta())
