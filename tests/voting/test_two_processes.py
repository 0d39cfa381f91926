"""Two web processes as they are run, over HTTP: limits, storms and the closing moment hold."""

import json
import random
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.foundation.embedded import launch, stop
from tests.live import LiveServer, wait_for
from tests.postbox import free_port

ROOT = Path(__file__).parent.parent.parent

PREPARE = """
import json, sys
from wsgi import app
from app.campaigns.stages import Stage
from app.foundation.db import db
from tests.make.accounts import account
from tests.make.browsing import signed_in_client
from tests.make.campaigns import campaign
from tests.make.proposals import proposal

limit, ideas, people = json.loads(sys.argv[1])
with app.app_context():
    c = campaign(Stage.VOTING, vote_limit=limit)
    author = account()
    references = [proposal(c, author=author).reference for _ in range(ideas)]
    cookies = []
    for _ in range(people):
        client = signed_in_client(app, account())
        cookies.append(client.get_cookie("talka").value)
    db.session.commit()
    print(json.dumps([c.slug, references, cookies]))
"""

CLOSE_SOON = """
import sys
from datetime import timedelta
from wsgi import app
from app.campaigns.queries import by_slug
from app.foundation import clock
from app.foundation.db import db

with app.app_context():
    by_slug(sys.argv[1]).voting_closes_at = clock.now() + timedelta(seconds=1)
    db.session.commit()
    print("null")
"""

LOOK = """
import json, sys
from sqlalchemy import select
from wsgi import app
from app.campaigns.queries import by_slug
from app.foundation.db import db
from app.voting import jobs, queries
from app.voting.models import Participation

with app.app_context():
    c = by_slug(sys.argv[1])
    if sys.argv[2] == "close":
        jobs.close_one(campaign_id=c.id)
    tally = queries.tally_of(c)
    key = queries.key_of(c)
    opened = {}
    for choice in queries.live_choices(c, key):
        opened[choice.account] = opened.get(choice.account, 0) + 1
    counters = {p.account_id: p.n for p in db.session.scalars(select(Participation)) if p.n}
    print(json.dumps({
        "live": queries.count_live(c),
        "agree": counters == opened,
        "supports": tally.supports if tally else None,
    }))
"""


@dataclass(frozen=True)
class Web:
    """An installation with two web processes, and what it takes to vote there."""

    server: LiveServer
    url: str

    def run(self, script: str, *words: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-c", script, *words],
            cwd=ROOT,
            env=self.server.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def prepare(
        self, *, limit: int | None, ideas: int, people: int
    ) -> tuple[str, list[str], list["Voter"]]:
        arguments = json.dumps([limit, ideas, people])
        slug, references, cookies = self.run(PREPARE, arguments)
        return slug, references, [Voter(self.url, slug, cookie) for cookie in cookies]

    def look(self, slug: str, *, close: bool = False) -> dict[str, Any]:
        found: dict[str, Any] = self.run(LOOK, slug, "close" if close else "look")
        return found


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


class Voter:
    """Somebody's browser: their cookie, and a token that a page gave them."""

    def __init__(self, url: str, slug: str, cookie: str) -> None:
        self.url, self.slug, self.cookie = url, slug, cookie
        self.opener = urllib.request.build_opener(_NoRedirect)
        answer = self.opener.open(self._request("/en/sign-in"), timeout=60)
        if fresh := re.search(r"talka=([^;]+)", answer.headers.get("Set-Cookie", "")):
            self.cookie = fresh[1]
        token = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())
        assert token, "the sign-in page has no form"
        self.token = token[1]

    def _request(self, path: str, data: bytes | None = None) -> urllib.request.Request:
        headers = {"Cookie": f"talka={self.cookie}"}
        return urllib.request.Request(self.url + path, data=data, headers=headers)

    def post(self, act: str, reference: str) -> int:
        """The status of the answer: 303 when it was acknowledged."""
        fields = {"csrf_token": self.token, "proposal": reference, "consent": "1"}
        data = urllib.parse.urlencode(fields).encode()
        try:
            path = f"/en/campaigns/{self.slug}/{act}"
            with self.opener.open(self._request(path, data), timeout=60) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as answer:
            answer.read()
            return answer.code


@pytest.fixture
def web(live_server: LiveServer, tmp_path: Path) -> Iterator[Web]:
    port = free_port()
    log = tmp_path / "log.txt"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "gunicorn", "--workers=2", "--worker-class=gthread"]
        process = launch(
            [*command, "--threads=8", f"--bind=127.0.0.1:{port}", "wsgi:app"],
            cwd=ROOT,
            env=live_server.environment,
            output=output.fileno(),
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, log)
            yield Web(live_server, url)
        finally:
            stop(process)


def in_parallel(web: Web, acts: Sequence[tuple[Voter, str, str]]) -> list[int]:
    """The answers, in order. SQLite queues writers without fairness, so fewer at a time there."""
    is_sqlite = web.server.environment["DATABASE_URL"].startswith("sqlite")
    with ThreadPoolExecutor(4 if is_sqlite else 12) as pool:
        return list(pool.map(lambda act: act[0].post(act[1], act[2]), acts))


def test_fifty_parallel_supports_of_one_person_with_a_limit_of_five_leave_exactly_five(
    web: Web,
) -> None:
    slug, ideas, [person] = web.prepare(limit=5, ideas=50, people=1)
    answers = Counter(in_parallel(web, [(person, "support", idea) for idea in ideas]))
    assert answers == {303: 5, 409: 45}
    assert web.look(slug) == {"live": 5, "agree": True, "supports": None}


def test_storms_of_give_and_withdraw_end_with_counters_equal_to_live_ballots(web: Web) -> None:
    slug, ideas, people = web.prepare(limit=3, ideas=5, people=4)
    chance = random.Random(11)
    acts = [
        (
            chance.choice(people),
            chance.choice(["support", "support/withdraw"]),
            chance.choice(ideas),
        )
        for _ in range(300)
    ]
    assert set(in_parallel(web, acts)) <= {303, 409}
    assert web.look(slug)["agree"] is True


def test_around_the_closing_moment_what_is_acknowledged_is_what_is_counted(web: Web) -> None:
    slug, ideas, people = web.prepare(limit=None, ideas=60, people=4)
    acts = [(person, "support", idea) for idea in ideas for person in people]
    with ThreadPoolExecutor(1) as beside:
        moment = beside.submit(web.run, CLOSE_SOON, slug)
        answers = in_parallel(web, acts)
        while 403 not in answers:  # until the first refusal: then the moment has passed
            more = [(people[0], "support", ideas[0])] * 4
            acts += more
            answers += in_parallel(web, more)
        moment.result()
    found = web.look(slug, close=True)
    given = {
        (id(person), idea)
        for (person, _, idea), answer in zip(acts, answers, strict=True)
        if answer == 303
    }
    assert set(answers) == {303, 403}
    assert found["supports"] == len(given) == found["live"]
