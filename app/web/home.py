"""The first page: what can I take part in now, and what came of the last one?"""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.campaigns import queries, stages
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.db import db
from app.http.caching import cacheable
from app.http.requests import open_to_everyone
from app.proposals import queries as proposals
from app.web.drawings import weave
from app.web.queries import (
    commitment_lines,
    count_proposals_behind,
    latest_answers,
    latest_campaign_with_commitments,
)

bp = Blueprint("home", __name__)

LOOKED_AT = 40
"""The newest campaigns, among which those that run are sought."""
SHOWN_ENDED = 4
SHOWN_COMMITMENTS = 8
SHOWN_ANSWERS = 3


@bp.get("/")
@open_to_everyone
@cacheable
def home() -> ResponseReturnValue:
    at = clock.now()
    campaigns = db.session.scalars(queries.announced(at).limit(LOOKED_AT)).all()
    running = [campaign for campaign in campaigns if stages.is_running(campaign, at)]
    first = _to_take_part_in(running, at)
    others = [campaign for campaign in running if campaign is not first]
    ended = [campaign for campaign in campaigns if campaign not in running][:SHOWN_ENDED]
    shown = [*([first] if first else []), *others, *ended]
    last = latest_campaign_with_commitments()
    commitments = commitment_lines(campaign=last)[:SHOWN_COMMITMENTS] if last else []
    return render_template(
        "home/home.html",
        here="home",
        first=first,
        stage=stages.stage_of(first, at) if first else None,
        others=others,
        ended=ended,
        figures=proposals.figures_of([campaign.id for campaign in shown]),
        last=last,
        commitments=commitments,
        threads=count_proposals_behind(last) if last else 0,
        picture=weave([line.proposals for line in commitments]),
        answers=latest_answers(SHOWN_ANSWERS),
    )


def _to_take_part_in(running: Sequence[Campaign], at: datetime) -> Campaign | None:
    """The campaign that the first page opens with: where most can be done, for the least time."""
    order = {
        Stage.VOTING: lambda campaign: campaign.voting_closes_at,
        Stage.SUBMISSION: lambda campaign: campaign.submission_closes_at,
        Stage.ANNOUNCED: lambda campaign: campaign.submission_opens_at,
        Stage.SORTING: lambda campaign: campaign.voting_opens_at,
    }
    for stage, moment in order.items():
        there = [
            campaign
            for campaign in running
            if stages.stage_of(campaign, at) is stage and not campaign.is_imported
        ]
        if there:
            return min(there, key=moment)
    return None
