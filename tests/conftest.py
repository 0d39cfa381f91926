"""What every test may ask for: the application on a real database, real servers, a browser."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from redis import Redis

from app import create_app
from app.config import Settings
from app.foundation import clock, embedded, rate_limits
from app.foundation.db import Base, db
from app.foundation.language import speaking
from tests.browsers import chromium
from tests.databases import Database, PostgreSQL, SQLite
from tests.live import LiveServer, running
from tests.postbox import Postbox

ROOT = Path(__file__).parent.parent

collect_ignore = [] if os.environ.get("EVERY_PAGE") else ["journeys/test_every_page.py"]
"""Looking at every page takes long: EVERY_PAGE=1 asks for it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="PostgreSQL comes from a wheel, or from the server that TEST_DATABASE_URL names",
    )


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.getoption('--database')}"


class Client(FlaskClient):
    """A visitor who arrives after what the test has prepared is stored.

    Each request gets a context of its own, as in life: in the test's context, ``g`` would carry
    the language and the signed-in person from one request into the next.
    """

    def open(self, *args, **kwargs):  # type: ignore[no-untyped-def]  # as in Flask itself
        db.session.commit()
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture(scope="session")
def database_server(pytestconfig: pytest.Config) -> Iterator[str | None]:
    """The address of a PostgreSQL server; None when the tests run on SQLite."""
    if pytestconfig.getoption("--database") == "sqlite":
        yield None
    elif url := os.environ.get("TEST_DATABASE_URL"):
        yield url
    else:
        with embedded.postgresql() as server:
            yield server.url


@pytest.fixture(scope="session")
def database(
    database_server: str | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """The database of the tests in this process."""
    made = _new_database(database_server, tmp_path_factory.mktemp("database"))
    yield made
    made.drop()


def _new_database(server: str | None, folder: Path) -> Database:
    return SQLite(folder / "talka.db") if server is None else PostgreSQL(server)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The address of a real Valkey."""
    with embedded.valkey() as server:
        yield server.url


@pytest.fixture(scope="session")
def postboxes() -> Iterator[Postbox]:
    with Postbox() as box:
        yield box


@pytest.fixture
def smtp_server(postboxes: Postbox) -> Postbox:
    """A real SMTP server, and what it was handed during this test."""
    postboxes.messages.clear()
    return postboxes


@pytest.fixture(scope="session")
def application(
    database: Database,
    redis_server: str,
    postboxes: Postbox,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """The application as it is wired, on a database as the migrations make it."""
    application = create_app(
        Settings(
            database_url=database.url,
            redis_url=redis_server,
            secret_key="for tests, and for nothing else at all",
            key_store=tmp_path_factory.mktemp("keys"),
            mail_server=postboxes.address,
            testing=True,
            process_queue_inline=True,
        )
    )
    application.test_client_class = Client
    with application.app_context():
        _build_schema()
    database.remember()
    yield application
    with application.app_context():
        db.engine.dispose()


def _build_schema() -> None:
    if (ROOT / "migrations").exists():
        import flask_migrate  # noqa: PLC0415  only where there is something to migrate

        flask_migrate.upgrade(str(ROOT / "migrations"))
    else:
        Base.metadata.create_all(db.engine)
    db.session.remove()


@pytest.fixture
def app(application: Flask, database: Database, redis_server: str) -> Iterator[Flask]:
    """The application, with a context to work in; afterwards the database is as before.

    What actions refuse with is worded in English there, in which tests expect it; a page that a
    test asks for is worded in the language of its address.
    """
    with application.app_context(), speaking("en"):
        try:
            yield application
        finally:
            db.session.remove()
            database.reset()
            clock.set_offset(timedelta())
            rate_limits.forget()
            with Redis.from_url(redis_server) as redis:
                redis.flushdb()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor without cookies."""
    return app.test_client()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. Without one the test is skipped, unless REQUIRE_BROWSER demands it."""
    with chromium() as found:
        if isinstance(found, str):
            if os.environ.get("REQUIRE_BROWSER") == "1":
                pytest.fail(found)
            pytest.skip(found)
        yield found


@pytest.fixture(scope="session")
def live_processes(
    database_server: str | None,
    redis_server: str,
    postboxes: Postbox,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("live")
    database = _new_database(database_server, folder)
    with running(ROOT, folder, database, f"{redis_server}?db=1", postboxes.address) as server:
        yield server
    database.drop()


@pytest.fixture
def live_server(live_processes: LiveServer, smtp_server: Postbox) -> Iterator[LiveServer]:
    """The application as it is run: gunicorn and a worker, on a database of their own."""
    yield live_processes
    live_processes.reset()
