"""What became of mine, and what is held about me."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("my", __name__)


@bp.get("/my/")
@open_to_everyone
def overview() -> ResponseReturnValue:
    abort(404)


@bp.get("/my/account")
@open_to_everyone
def account() -> ResponseReturnValue:
    abort(404)
