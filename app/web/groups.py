"""Working groups: who sits there, what they think, what they concluded."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("groups", __name__)


@bp.get("/groups/<slug>/")
@open_to_everyone
def group(slug: str) -> ResponseReturnValue:
    abort(404)
