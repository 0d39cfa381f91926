"""``flask demo``: everything at once on this machine, for whoever wants to see Talka.

Starts the queue's server, a mail server that keeps what it is handed, the web, the worker and
the clock; fills an empty database with the demonstration's content. Ctrl-C stops everything.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import click

from app import config
from app.foundation.embedded import DidNotStart, launch, stop, valkey

ROOT = Path(__file__).parent.parent.parent
ANSWERS_WITHIN = 60


@click.command("demo")
def command() -> None:
    """Run the demonstration until Ctrl-C; PORT chooses where (default 8000)."""
    home = Path(os.environ.get("TALKA_HOME") or ROOT / "var").resolve()
    home.mkdir(parents=True, exist_ok=True)
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda signum, frame: stopping.set())
    try:
        with ExitStack() as running:
            _run(home, running, stopping)
    except DidNotStart as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo("Everything has stopped. The data is kept for the next time.")


def _run(home: Path, running: ExitStack, stopping: threading.Event) -> None:
    from app.demo.postbox import listening  # noqa: PLC0415  only here is its library needed

    port = _port()
    queue = running.enter_context(valkey(at=config.embedded_socket(home), keep_in=home / "queue"))
    mail = running.enter_context(listening(home / "mail", _free_port()))
    environment = _environment(home, queue.url, mail, port)
    click.echo("Preparing the database ...")
    _fill(home, environment)
    _flask(environment, "db", "upgrade")
    processes = [
        _start(running, environment, name, words) for name, words in _programs(port).items()
    ]
    if _answers(port, processes, stopping):
        _say_where(port)
    while not stopping.wait(0.5):
        for name, process in zip(_programs(port), processes, strict=True):
            if process.poll() is not None:
                raise click.ClickException(
                    f"The {name} process has ended by itself: see {home / (name + '.log')}."
                )


def _port() -> int:
    word = os.environ.get("PORT", "8000")
    if not word.isdecimal() or not 0 < int(word) < 65536:
        raise click.ClickException(f"PORT must be a number from 1 to 65535, not {word!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(word)))
        except OSError as taken:
            raise click.ClickException(
                f"Port {word} is in use: choose another, as in PORT=8080 make demo."
            ) from taken
    return int(word)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(home: Path, redis_url: str, mail: str, port: int) -> dict[str, str]:
    return os.environ | {
        "TALKA_HOME": str(home),
        "REDIS_URL": redis_url,
        "MAIL_SERVER": mail,
        "MAIL_FROM": "Talka <talka@talka.example>",
        "DEMO": "yes",
        "DEMO_MAIL": str(home / "mail"),
        "PORT": str(port),
        "SITE_ADDRESS": os.environ.get("SITE_ADDRESS", f"http://localhost:{port}"),
        "FLASK_APP": "wsgi",
    }


def _flask(environment: dict[str, str], *words: str) -> None:
    done = subprocess.run(  # noqa: S603  our own command, with our own words
        [sys.executable, "-m", "flask", *words], cwd=ROOT, env=environment, check=False
    )
    if done.returncode != 0:
        raise click.ClickException(f"flask {' '.join(words)} failed; its words stand above.")


def _fill(home: Path, environment: dict[str, str]) -> None:
    """Fill the database the first time: beside its place, so that half a filling is none."""
    if environment.get("DATABASE_URL") or (home / "talka.db").exists():
        return
    fresh = home / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    elsewhere = environment | {"TALKA_HOME": str(fresh), "DEMO": "no"}
    _flask(elsewhere, "db", "upgrade")
    _flask(elsewhere, "demo-content")
    shutil.rmtree(home / "keys", ignore_errors=True)
    for name in ("keys", "secret", "talka.db"):
        (fresh / name).replace(home / name)
    shutil.rmtree(fresh)


def _programs(port: int) -> dict[str, list[str]]:
    return {
        "web": [
            *("-m", "gunicorn", "--worker-class=gthread", "--workers=2", "--threads=4"),
            *(f"--bind=0.0.0.0:{port}", "wsgi:app"),
        ],
        "worker": ["worker.py"],
        "clock": ["-m", "flask", "clock"],
    }


def _start(
    running: ExitStack, environment: dict[str, str], name: str, words: list[str]
) -> subprocess.Popen[bytes]:
    """Start one process; what it says goes to a file of its name."""
    log = running.enter_context((Path(environment["TALKA_HOME"]) / f"{name}.log").open("ab"))
    process = launch([sys.executable, *words], cwd=ROOT, env=environment, output=log.fileno())
    running.callback(stop, process)
    return process


def _answers(
    port: int, processes: list[subprocess.Popen[bytes]], stopping: threading.Event
) -> bool:
    until = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < until and not stopping.is_set():
        if any(process.poll() is not None for process in processes):
            return False
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _say_where(port: int) -> None:
    click.echo(
        f"\nTalka is at     http://localhost:{port}/\n"
        f"Be somebody at  http://localhost:{port}/lv/demonstration/  (people, time, mail)\n"
        "Or sign in with any address: the letter is shown on that page.\n"
        "Ctrl-C stops everything; the data is kept.\n"
    )
