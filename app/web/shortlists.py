"""What goes on to the group, by what rule, and why."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("shortlists", __name__)


@bp.get("/campaigns/<slug>/shortlist")
@open_to_everyone
def shortlist(slug: str) -> ResponseReturnValue:
    abort(404)
