"""The platform. ``create_app`` puts the pieces together; nothing else knows them all."""

from pathlib import Path
from typing import Any

import click
import sqlalchemy.pool
from redis import Redis
from werkzeug.middleware.proxy_fix import ProxyFix

from app import config, wiring
from app.demo import passing_time
from app.foundation import queue, rate_limits
from app.foundation.db import db
from app.http import caching, headers, refusals, sessions
from app.http.requests import App
from app.web import addresses, layout, ribbon, support

ROOT = Path(__file__).parent.parent

LARGEST_REQUEST = 1_000_000
"""Bytes. People send text."""


class Migrations:
    """Flask-Migrate, loaded once somebody migrates: a web process never does, and saves 15 MB."""

    def __init__(self, app: App) -> None:
        self._app = app

    def load(self) -> Any:
        """What takes this one's place, with its command."""
        from flask_migrate import Migrate  # noqa: PLC0415  see above

        Migrate(self._app, db, directory=str(ROOT / "migrations"))
        return self._app.extensions["migrate"]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.load(), name)


def create_app(settings: config.Settings | None = None) -> App:
    """Configuration in, a wired application out. Without settings, the environment's."""
    settings = settings or config.from_environment()
    config.use(settings)
    app = App(
        "app",
        title=settings.site_name,
        static_folder=str(ROOT / "app/web/static"),
        template_folder=str(ROOT / "app/web/templates"),
        docs_path=None,
        json_errors=False,
    )
    app.config.update(
        ROOT=ROOT,
        TESTING=settings.testing,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        SCHEDULE=wiring.SCHEDULE,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
    )
    db.init_app(app)
    migrations = app.extensions["migrate"] = Migrations(app)
    if click.get_current_context(silent=True) is not None:
        migrations.load()  # the command ``flask db``
    _connect_queue(settings)
    for edge in (sessions, headers, addresses, caching):
        edge.prepare(app, settings)
    refusals.prepare(app)
    layout.prepare(app)
    ribbon.prepare(app)
    support.prepare(app)
    wiring.plug_in(app)
    if settings.demo:
        passing_time.prepare(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    return app


def _engine_options(settings: config.Settings) -> dict[str, object]:
    if settings.database_url.startswith("sqlite"):
        return {"poolclass": sqlalchemy.pool.NullPool} if settings.testing else {}
    return {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8}


def _connect_queue(settings: config.Settings) -> None:
    if settings.process_queue_inline:
        queue.use(queue.InlineQueue())
        rate_limits.use(None)
    else:
        queue.use(queue.RedisQueue(Redis.from_url(settings.redis_url)))
        rate_limits.use(settings.redis_url)
