"""People's offices, settings, and the health of the machinery."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("administration", __name__)


@bp.get("/administration/")
@open_to_everyone
def desk() -> ResponseReturnValue:
    abort(404)
