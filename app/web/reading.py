"""Pages to read: help, privacy, accessibility, about."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("reading", __name__)


@bp.get("/help")
@open_to_everyone
def help_page() -> ResponseReturnValue:
    abort(404)


@bp.get("/privacy")
@open_to_everyone
def privacy() -> ResponseReturnValue:
    abort(404)


@bp.get("/accessibility")
@open_to_everyone
def accessibility() -> ResponseReturnValue:
    abort(404)


@bp.get("/about")
@open_to_everyone
def about() -> ResponseReturnValue:
    abort(404)


@bp.get("/rules")
@open_to_everyone
def rules() -> ResponseReturnValue:
    abort(404)
