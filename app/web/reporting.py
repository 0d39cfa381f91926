"""Reporting content, and appealing a decision."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("reporting", __name__)


@bp.get("/report/<kind>/<int:number>")
@open_to_everyone
def report(kind: str, number: int) -> ResponseReturnValue:
    abort(404)
