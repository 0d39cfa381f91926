"""Writing answers, and concluding a campaign."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("answering", __name__)


@bp.get("/answering/<slug>/")
@open_to_everyone
def desk(slug: str) -> ResponseReturnValue:
    abort(404)
