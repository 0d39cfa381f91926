"""Finding proposals and commitments."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("searching", __name__)


@bp.get("/search")
@open_to_everyone
def search() -> ResponseReturnValue:
    abort(404)
