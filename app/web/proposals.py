"""What others proposed: the list, one proposal, its comments."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("proposals", __name__)


@bp.get("/campaigns/<slug>/proposals/")
@open_to_everyone
def proposals(slug: str) -> ResponseReturnValue:
    abort(404)


@bp.get("/proposals/<reference>/")
@open_to_everyone
def proposal(reference: str) -> ResponseReturnValue:
    abort(404)


@bp.get("/proposals/<reference>/revisions/")
@open_to_everyone
def revisions(reference: str) -> ResponseReturnValue:
    abort(404)
