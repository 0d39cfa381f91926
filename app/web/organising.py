"""The organiser's desk."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("organising", __name__)


@bp.get("/organising/")
@open_to_everyone
def desk() -> ResponseReturnValue:
    abort(404)


@bp.get("/organising/<slug>/")
@open_to_everyone
def campaign_desk(slug: str) -> ResponseReturnValue:
    abort(404)
