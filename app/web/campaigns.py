"""A campaign: what it is about, where it stands, what one can do today."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("campaigns", __name__)


@bp.get("/campaigns/")
@open_to_everyone
def campaigns() -> ResponseReturnValue:
    abort(404)


@bp.get("/campaigns/<slug>/")
@open_to_everyone
def campaign(slug: str) -> ResponseReturnValue:
    abort(404)


@bp.get("/campaigns/<slug>/rules")
@open_to_everyone
def rules(slug: str) -> ResponseReturnValue:
    abort(404)
