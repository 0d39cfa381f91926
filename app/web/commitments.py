"""A commitment: what will be done, and which proposals it comes from."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("commitments", __name__)


@bp.get("/commitments/<int:commitment_id>/")
@open_to_everyone
def commitment(commitment_id: int) -> ResponseReturnValue:
    abort(404)
