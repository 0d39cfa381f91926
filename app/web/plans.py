"""Action plans and the commitments they hold."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("plans", __name__)


@bp.get("/plans/")
@open_to_everyone
def plans() -> ResponseReturnValue:
    abort(404)


@bp.get("/plans/<slug>/")
@open_to_everyone
def plan(slug: str) -> ResponseReturnValue:
    abort(404)
