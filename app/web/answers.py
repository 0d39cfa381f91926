"""How many have been answered, how long it takes, which still wait."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("answers", __name__)


@bp.get("/campaigns/<slug>/answers/")
@open_to_everyone
def answers(slug: str) -> ResponseReturnValue:
    abort(404)
