"""What one was told, and how often to be told."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("inbox", __name__)


@bp.get("/my/inbox/")
@open_to_everyone
def inbox() -> ResponseReturnValue:
    abort(404)


@bp.get("/my/notices")
@open_to_everyone
def preferences() -> ResponseReturnValue:
    abort(404)
