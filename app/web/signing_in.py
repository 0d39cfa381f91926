"""Signing in by mail, and out again."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.http.requests import open_to_everyone

bp = Blueprint("signing_in", __name__)


@bp.get("/sign-in")
@open_to_everyone
def sign_in() -> ResponseReturnValue:
    return render_template("signing_in/sign_in.html", here="sign_in")
