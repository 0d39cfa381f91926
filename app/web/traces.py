"""The whole way of a proposal, a commitment, a campaign."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("traces", __name__)


@bp.get("/proposals/<reference>/trace")
@open_to_everyone
def proposal_trace(reference: str) -> ResponseReturnValue:
    abort(404)


@bp.get("/commitments/<int:commitment_id>/trace")
@open_to_everyone
def commitment_trace(commitment_id: int) -> ResponseReturnValue:
    abort(404)


@bp.get("/campaigns/<slug>/trace")
@open_to_everyone
def campaign_trace(slug: str) -> ResponseReturnValue:
    abort(404)
