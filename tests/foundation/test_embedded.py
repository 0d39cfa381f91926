"""The embedded servers answer at once, and nothing of them outlives who started them."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from app.foundation.embedded import DidNotStart, Server, postgresql, valkey

STARTS = """
import sys, time
from app.foundation.embedded import postgresql, valkey
with {server}() as server:
    print(server.process.pid, flush=True)
    time.sleep(60)
"""


def is_running(process: int) -> bool:
    """Whether it still does anything; one that nobody has buried yet does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties the lives of processes")
@pytest.mark.parametrize("server", ["valkey", "postgresql"])
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_dies_with_whoever_started_it(server: str, blow: signal.Signals) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as left_behind:
        Path(left_behind).chmod(0o711)
        starter = subprocess.Popen(
            [sys.executable, "-c", STARTS.format(server=server)],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"TMPDIR": left_behind},
        )
        assert starter.stdout is not None
        with starter.stdout:
            started = int(starter.stdout.readline())
        assert is_running(started)
        starter.send_signal(blow)
        starter.wait()
        until = time.monotonic() + 5
        while is_running(started) and time.monotonic() < until:
            time.sleep(0.01)
        assert not is_running(started)


def test_a_kept_valkey_finds_again_what_it_held(tmp_path: Path) -> None:
    at = tmp_path / "socket"
    with valkey(at=at, keep_in=tmp_path / "kept") as first, Redis.from_url(first.url) as redis:
        redis.set("held", "fast")
    with valkey(at=at, keep_in=tmp_path / "kept") as again, Redis.from_url(again.url) as redis:
        assert again.url == first.url
        assert redis.get("held") == b"fast"


def test_a_second_valkey_at_the_same_place_is_refused(tmp_path: Path) -> None:
    at = tmp_path / "socket"
    with valkey(at=at), pytest.raises(DidNotStart, match="already running"), valkey(at=at):
        pass


def test_postgresql_brings_what_search_needs_and_runs_as_somebody_small() -> None:
    with postgresql() as server, _connected(server) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute("CREATE EXTENSION unaccent")
        assert connection.execute("SELECT unaccent('šķērslis')").fetchone() == ("skerslis",)
        if os.geteuid() == 0:
            assert Path(f"/proc/{server.process.pid}").stat().st_uid != 0
    assert server.process.returncode == 0


def _connected(server: Server) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True)
