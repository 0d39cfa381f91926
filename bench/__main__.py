"""``make bench``: how fast Talka is, on PostgreSQL, as ratios to a floor of the same run.

The floor is a bare Flask under the same server: "hello", one row read by its key, one row
written and committed. Needs nothing but what `make setup` installs. Absolute figures belong to
the machine; ratios, queries per page and bytes are what to compare.
"""

import argparse
import os
import random
import re
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event, text

from app import create_app
from app.config import Settings
from app.foundation import clock, embedded
from app.foundation.db import db
from app.http.caching import FRESH_FOR, keep_for
from app.http.sessions import SESSION_TOKEN
from app.proposals.order import hour_of
from bench.load import Measured, get, measure, post
from bench.seed import Seeded, fill

ROOT = Path(__file__).parent.parent
SECRET = "for measuring, and for nothing else at all"
PORT, FLOOR_PORT = 8791, 8792
WARMING_UP = 1.0
WORDS = ("vēstule", "budžets", "pašvaldībās", "atklāti dati", "termiņš", "iepirkumu karte")


@dataclass(frozen=True)
class Row:
    name: str
    measured: Measured
    floor: str
    goal: float | None = None


def main() -> None:
    asked = _arguments()
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="talka-bench-")))
        database = running.enter_context(embedded.postgresql())
        queue = running.enter_context(embedded.valkey())
        settings = Settings(
            database_url=os.environ.get("TEST_DATABASE_URL") or database.url,
            redis_url=queue.url,
            secret_key=SECRET,
            key_store=folder,
        )
        environment = _environment(settings)
        _flask(environment, "db", "upgrade")
        app = create_app(settings)
        seeded = _seed(app, asked)
        print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, 2 web processes\n")
        with _server("bench.floor:app", FLOOR_PORT, environment):
            floors = _floors(asked.seconds)
        with _server("wsgi:app", PORT, environment) as process:
            rows = _pages(app, seeded[-1], asked.seconds)
            memory = _memory(process)
        with _server("bench.floor:app", FLOOR_PORT, environment):
            again = _floors(asked.seconds)
        _print_speed(floors, again, rows)
        _print_queries(app, seeded)
        print(f"\nweb process: {memory:.0f} MB after the load (goal: under 150 MB)")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--proposals", type=int, default=20_000)
    parser.add_argument("--supports", type=int, default=100_000)
    parser.add_argument("--comments", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each row of the table")
    return parser.parse_args()


def _environment(settings: Settings) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "SECRET_KEY": settings.secret_key,
        "KEY_STORE": str(settings.key_store),
        "FLASK_APP": "wsgi",
    }


def _flask(environment: dict[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "flask", *words],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )


def _seed(app: Flask, asked: argparse.Namespace) -> list[Seeded]:
    """Three campaigns, ten times as large each; the last is the one that is measured."""
    sizes = [asked.proposals // 100, asked.proposals // 10, asked.proposals]
    began = time.perf_counter()
    with app.app_context():
        made = [
            fill(
                f"b{number}",
                proposals=size,
                supports=asked.supports if size == asked.proposals else size,
                comments=asked.comments if size == asked.proposals else size,
                voters=400,
            )
            for number, size in enumerate(sizes)
        ]
        db.session.execute(text("CREATE TABLE bench_floor (word varchar, n integer)"))
        db.session.connection().commit()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    print(
        f"{asked.proposals} proposals, {asked.supports} supports, {asked.comments} comments "
        f"written in {time.perf_counter() - began:.0f} s"
    )
    return made


@contextmanager
def _server(name: str, port: int, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    server = embedded.launch(
        [
            *(sys.executable, "-m", "gunicorn", "--worker-class=gthread", "--workers=2"),
            *("--threads=4", "--keep-alive=60", f"--bind=127.0.0.1:{port}", name),
        ],
        cwd=ROOT,
        env=environment,
    )
    try:
        _wait(port)
        yield server
    finally:
        embedded.stop(server)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/hello", timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing answers on port {port}")


def _repeated(request: bytes) -> Callable[[int], Iterator[bytes]]:
    def stream(asker: int) -> Iterator[bytes]:
        while True:
            yield request

    return stream


def _varied(make: Callable[[random.Random], bytes]) -> Callable[[int], Iterator[bytes]]:
    def stream(asker: int) -> Iterator[bytes]:
        chance = random.Random(asker)
        while True:
            yield make(chance)

    return stream


def _floors(seconds: float) -> dict[str, Measured]:
    asks = {"hello": get("/hello"), "SELECT": get("/select"), "INSERT": post("/insert", "a=1")}
    return {
        name: measure(FLOOR_PORT, _repeated(request), askers=4, seconds=seconds)
        for name, request in asks.items()
    }


def _pages(app: Flask, seeded: Seeded, seconds: float) -> list[Row]:
    """Every page that has a goal; uncached ones by addresses that nobody has asked for before."""
    campaign = f"/lv/campaigns/{seeded.slug}"
    people = [_cookie_and_token(app, token) for token in seeded.tokens]
    hour = hour_of(clock.now())
    listed = _varied(
        lambda chance: get(f"{campaign}/proposals/?from={hour}-{chance.randrange(10**8)}")
    )
    one = _varied(lambda chance: get(f"/lv/proposals/{chance.choice(seeded.references)}/"))
    busy = _varied(
        lambda chance: get(f"/lv/proposals/{seeded.busy}/?x={chance.randrange(1 << 30)}")
    )
    found = _varied(
        lambda chance: get(
            f"/lv/search?q={urllib.request.quote(chance.choice(WORDS))}"
            f"&page={chance.randrange(1, 200)}"
        )
    )
    asked = [
        Row("list, uncached", _run(listed, seconds), "SELECT", 0.25),
        Row("proposal, uncached", _run(one, seconds), "SELECT", 0.25),
        Row("proposal, 200 comments", _run(busy, seconds), "SELECT", 0.25),
        Row("search", _run(found, seconds), "SELECT"),
        Row("list, cached visitor", _run(_repeated(get(f"{campaign}/")), seconds), "hello", 0.6),
    ]
    supports = measure(PORT, _supports(seeded, people), askers=4, seconds=seconds)
    comments = measure(PORT, _comments(seeded, people), askers=4, seconds=seconds)
    asked.append(Row("support", supports, "INSERT", 0.3))
    asked.append(Row("comment", comments, "INSERT"))
    return asked


def _run(stream: Callable[[int], Iterator[bytes]], seconds: float) -> Measured:
    """Once unmeasured, so that both processes have read templates and dictionaries."""
    measure(PORT, stream, askers=4, seconds=WARMING_UP)
    return measure(PORT, stream, askers=4, seconds=seconds)


def _cookie_and_token(app: Flask, token: str) -> tuple[str, str]:
    """The cookie of somebody who is signed in, and the token that their forms carry."""
    with app.test_request_context("/"):
        session[SESSION_TOKEN] = token
        form_token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}", form_token


def _supports(seeded: Seeded, people: list[tuple[str, str]]) -> Callable[[int], Iterator[bytes]]:
    """Each asker goes through people of its own, and each person through other proposals."""

    def stream(asker: int) -> Iterator[bytes]:
        mine = people[asker::4]
        chance = random.Random(asker)
        while True:
            cookie, token = mine[chance.randrange(len(mine))]
            body = f"csrf_token={token}&proposal={chance.choice(seeded.references)}"
            yield post(f"/lv/campaigns/{seeded.slug}/support", body, cookie=cookie)

    return stream


def _comments(seeded: Seeded, people: list[tuple[str, str]]) -> Callable[[int], Iterator[bytes]]:
    """Everybody once or twice, as people do: more often is refused."""

    def stream(asker: int) -> Iterator[bytes]:
        chance = random.Random(asker)
        for cookie, token in people[asker::4] * 2:
            words = urllib.request.quote(f"Piekrītu, jo tas ir vajadzīgs {secrets.token_hex(4)}.")
            body = f"csrf_token={token}&position=for&text={words}"
            address = f"/lv/proposals/{chance.choice(seeded.references)}/comments"
            yield post(address, body, cookie=cookie)

    return stream


def _memory(process: subprocess.Popen[bytes]) -> float:
    """Megabytes that the largest web process holds."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    sizes = [
        int(line.split()[1])
        for child in children
        for line in Path(f"/proc/{child}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    ]
    return max(sizes, default=0) / 1024


def _print_speed(before: dict[str, Measured], after: dict[str, Measured], rows: list[Row]) -> None:
    floors = {name: (before[name].per_second + after[name].per_second) / 2 for name in before}
    print(f"{'':26}{'requests/s':>11}{'p50 ms':>8}{'p95 ms':>8}  {'ratio to floor':26}answers")
    for name, measured in before.items():
        drift = after[name].per_second / measured.per_second
        print(_line("floor: " + name, measured, f"1.00 (drift {drift:.2f})"))
    for row in rows:
        ratio = row.measured.per_second / floors[row.floor]
        goal = "" if row.goal is None else f", goal {row.goal}"
        print(_line(row.name, row.measured, f"{ratio:.2f} of {row.floor}{goal}"))


def _line(name: str, measured: Measured, ratio: str) -> str:
    return (
        f"{name:26}{measured.per_second:11.0f}{measured.percentile(0.5):8.1f}"
        f"{measured.percentile(0.95):8.1f}  {ratio:26}"
        + " ".join(f"{status}×{count}" for status, count in sorted(measured.statuses.items()))
    )


def _print_queries(app: Flask, seeded: list[Seeded]) -> None:
    """Queries and bytes per page at three sizes; constant, or something is wrong."""
    keep_for(app, timedelta())
    print(f"\n{'queries per page at':26}" + "".join(f"{len(s.references):>9}" for s in seeded))
    pages = {
        "campaign": "/lv/campaigns/{slug}/",
        "list": "/lv/campaigns/{slug}/proposals/",
        "proposal": "/lv/proposals/{busy}/",
        "search": "/lv/search?q=budžets",
    }
    for name, address in pages.items():
        counts = [_queries(app, address.format(slug=each.slug, busy=each.busy)) for each in seeded]
        print(f"{name:26}" + "".join(f"{count:>9}" for count in counts))
    _print_first_view(app, seeded[-1])


def _queries(app: Flask, address: str) -> int:
    statements: list[str] = []

    def note(connection, cursor, statement, *rest):  # type: ignore[no-untyped-def]
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        client = app.test_client(use_cookies=False)
        address = client.get(address).location or address  # to a place in the fair order
        statements.clear()
        answer = client.get(address)
        event.remove(db.engine, "before_cursor_execute", note)
        assert answer.status_code == 200, (address, answer.status_code)
    return len(statements)


def _print_first_view(app: Flask, seeded: Seeded) -> None:
    """What a browser fetches to see the list for the first time, compressed as it would ask."""
    keep_for(app, FRESH_FOR)
    client = app.test_client()
    headers = {"Accept-Encoding": "br, gzip"}
    address = client.get(f"/lv/campaigns/{seeded.slug}/proposals/").location
    page = client.get(address, headers=headers)
    plain = client.get(address).get_data(as_text=True)
    found = re.findall(r'(?:href|src)="(/static/[^"]+|/accent[^"]*)"', plain)
    sizes = [len(page.data)] + [
        len(client.get(address, headers=headers).data) for address in dict.fromkeys(found)
    ]
    print(
        f"\nfirst view of the list: {sum(sizes) / 1000:.1f} kB in {len(sizes)} requests or more "
        "(goal: under 60 kB, under 8 requests)"
    )


if __name__ == "__main__":
    main()
