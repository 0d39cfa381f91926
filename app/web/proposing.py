"""Writing a proposal: drafts, submitting, revising, co-authors."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("proposing", __name__)


@bp.get("/campaigns/<slug>/propose")
@open_to_everyone
def propose(slug: str) -> ResponseReturnValue:
    abort(404)


@bp.get("/proposals/<reference>/revise")
@open_to_everyone
def revise(reference: str) -> ResponseReturnValue:
    abort(404)
