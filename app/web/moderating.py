"""The moderator's desk."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("moderating", __name__)


@bp.get("/moderating/")
@open_to_everyone
def desks() -> ResponseReturnValue:
    abort(404)


@bp.get("/moderating/<slug>/")
@open_to_everyone
def desk(slug: str) -> ResponseReturnValue:
    abort(404)
