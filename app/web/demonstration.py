"""Picking a person, letting time pass, reading the mail: in a demonstration only."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("demonstration", __name__)


@bp.get("/demonstration/")
@open_to_everyone
def controls() -> ResponseReturnValue:
    abort(404)
