"""Supporting a proposal, and seeing what one supports."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("voting", __name__)


@bp.get("/campaigns/<slug>/my-support")
@open_to_everyone
def my_support(slug: str) -> ResponseReturnValue:
    abort(404)
