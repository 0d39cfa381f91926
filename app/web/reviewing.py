"""A group member's own pages: conflicts, scores, conclusions."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("reviewing", __name__)


@bp.get("/groups/<slug>/review/<campaign_slug>/")
@open_to_everyone
def review(slug: str, campaign_slug: str) -> ResponseReturnValue:
    abort(404)
