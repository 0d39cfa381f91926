"""Whether this process lives, and whether it can do its work."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app import config
from app.foundation.db import db
from app.http.requests import open_to_everyone

bp = Blueprint("health", __name__)

PATIENCE = 2
"""Seconds that Redis may take to answer."""


@bp.get("/health/live")
@open_to_everyone
def live() -> ResponseReturnValue:
    """The process answers; nothing else is asked."""
    return {"status": "alive"}


@bp.get("/health/ready")
@open_to_everyone
def ready() -> ResponseReturnValue:
    """Whether this process may be sent visitors: 503 when the database is away.

    Redis is reported and not required: without it pages are served and votes are kept, and what
    should follow is caught up on later.
    """
    database, redis = _database_answers(), _redis_answers()
    return {
        "status": "ready" if database else "not ready",
        "database": "up" if database else "down",
        "redis": "up" if redis else "down",
    }, (200 if database else 503)


def _database_answers() -> bool:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def _redis_answers() -> bool:
    try:
        with Redis.from_url(
            config.settings().redis_url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        ) as redis:
            return bool(redis.ping())
    except (RedisError, OSError):
        return False
