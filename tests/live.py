"""The application as it is run: its own processes, found at an address."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis

from app.foundation.embedded import launch, stop
from tests.databases import Database
from tests.postbox import free_port

STARTS_WITHIN = 30.0
SETTLES_WITHIN = 90.0


@dataclass(frozen=True)
class LiveServer:
    url: str
    environment: dict[str, str]
    """What its processes were told; for commands that should reach the same installation."""
    database: Database

    def settle(self) -> None:
        """Wait until no background work is waiting or under way."""
        until = time.monotonic() + SETTLES_WITHIN
        with Redis.from_url(self.environment["REDIS_URL"]) as redis:
            while any(redis.scan_iter("rq:queue:*")) or any(redis.scan_iter("rq:wip:*")):
                if time.monotonic() > until:
                    raise TimeoutError("The background work does not come to an end.")
                time.sleep(0.02)

    def reset(self) -> None:
        """Forget what the test did. The workers stay enrolled."""
        self.settle()
        self.database.reset()
        with Redis.from_url(self.environment["REDIS_URL"]) as redis:
            for key in redis.scan_iter():
                if not key.startswith(b"rq:worker"):
                    redis.delete(key)


@contextmanager
def running(
    root: Path, folder: Path, database: Database, redis_url: str, mail_server: str
) -> Iterator[LiveServer]:
    """Web and worker processes on this database, which is brought up to date first."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DATABASE_URL": database.url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": "for journeys, and for nothing else at all",
        "KEY_STORE": str(folder / "keys"),
        "SITE_ADDRESS": url,
        "MAIL_SERVER": mail_server,
        "DEMO": "yes",
    }
    _build_schema(root, environment)
    database.remember()
    log = folder / "log.txt"
    web = ["-m", "gunicorn", "--worker-class=gthread", "--threads=8", f"--bind=127.0.0.1:{port}"]
    with ExitStack() as stack, log.open("wb") as output:
        for arguments in ([*web, "wsgi:app"], ["worker.py"]):
            process = launch(
                [sys.executable, *arguments], cwd=root, env=environment, output=output.fileno()
            )
            stack.callback(stop, process)
        wait_for(url, log)
        yield LiveServer(url, environment, database)


def _build_schema(root: Path, environment: dict[str, str]) -> None:
    upgrade = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"],
        cwd=root,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert upgrade.returncode == 0, upgrade.stderr


def wait_for(url: str, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url + "/health/live", timeout=2):
                return
        except urllib.error.HTTPError:
            return  # It answers; whether it answers well is for the test to say.
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"The server does not answer:\n{log.read_text(errors='replace')[-3000:]}")
