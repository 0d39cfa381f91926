"""Promoting proposals, and drafting commitments."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("drafting", __name__)


@bp.get("/drafting/<campaign_slug>/")
@open_to_everyone
def desk(campaign_slug: str) -> ResponseReturnValue:
    abort(404)
