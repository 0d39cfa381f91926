"""The first page: what can I take part in now, and what came of the last one?"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.campaigns import queries, stages
from app.foundation import clock
from app.foundation.db import db
from app.http.requests import open_to_everyone

bp = Blueprint("home", __name__)


@bp.get("/")
@open_to_everyone
def home() -> ResponseReturnValue:
    at = clock.now()
    campaigns = db.session.scalars(queries.announced(at).limit(20)).all()
    running = [campaign for campaign in campaigns if stages.is_running(campaign, at)]
    ended = [campaign for campaign in campaigns if campaign not in running]
    return render_template(
        "home/home.html", here="campaigns", running=running, ended=ended, stages=stages
    )
