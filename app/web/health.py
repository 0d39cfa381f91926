"""Whether this process lives, and whether it can do its work."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from app.foundation.db import db
from app.http.requests import open_to_everyone

bp = Blueprint("health", __name__)


@bp.get("/health/live")
@open_to_everyone
def live() -> ResponseReturnValue:
    """The process answers; nothing else is asked."""
    return {"status": "alive"}


@bp.get("/health/ready")
@open_to_everyone
def ready() -> ResponseReturnValue:
    """The database answers, so this process may be sent visitors."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ready"}
