"""The public register of moderation decisions."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("decisions", __name__)


@bp.get("/campaigns/<slug>/decisions/")
@open_to_everyone
def register(slug: str) -> ResponseReturnValue:
    abort(404)


@bp.get("/decisions/<int:number>")
@open_to_everyone
def decision(number: int) -> ResponseReturnValue:
    abort(404)
