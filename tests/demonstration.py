"""The demonstration as `make demo` fills and runs it, for tests that look at every page."""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from app.foundation.embedded import launch, stop
from tests.live import wait_for
from tests.postbox import free_port

ROOT = Path(__file__).parent.parent
HREF = re.compile(r'href="(/[^"#]*)')


@dataclass(frozen=True)
class Demonstration:
    url: str


@contextmanager
def running(folder: Path) -> Iterator[Demonstration]:
    """The demonstration's content behind a web server of its own; nothing else runs."""
    port = free_port()
    environment = os.environ | {
        "TALKA_HOME": str(folder),
        "SITE_ADDRESS": f"http://127.0.0.1:{port}",
        "FLASK_APP": "wsgi",
    }
    environment.pop("DATABASE_URL", None)
    for words in (["db", "upgrade"], ["demo-content"]):
        subprocess.run(
            [sys.executable, "-m", "flask", *words],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
        )
    log = folder / "web.txt"
    with log.open("wb") as output:
        web = launch(
            [
                *(sys.executable, "-m", "gunicorn", "--worker-class=gthread", "--threads=4"),
                *(f"--bind=127.0.0.1:{port}", "wsgi:app"),
            ],
            cwd=ROOT,
            env=environment | {"DEMO": "yes"},
            output=output.fileno(),
        )
        try:
            wait_for(f"http://127.0.0.1:{port}", log)
            yield Demonstration(f"http://127.0.0.1:{port}")
        finally:
            stop(web)


@dataclass(frozen=True)
class Answer:
    status: int
    is_page: bool
    links: list[str]


def fetch(address: str, cookie: str) -> Answer:
    """One GET without following redirects, and where its page leads."""

    class Stays(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *words: object) -> None:
            return None

    asked = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.build_opener(Stays).open(asked, timeout=60) as answer:
            is_page = answer.headers.get_content_type() == "text/html"
            text = answer.read().decode() if is_page else ""
            return Answer(answer.status, is_page, [unescape(link) for link in HREF.findall(text)])
    except urllib.error.HTTPError as refused:
        location = refused.headers.get("Location", "")
        here = location if location.startswith("/") else ""
        return Answer(refused.code, False, [here] if here else [])
