"""What came out of the vote."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("results", __name__)


@bp.get("/campaigns/<slug>/results")
@open_to_everyone
def results(slug: str) -> ResponseReturnValue:
    abort(404)
