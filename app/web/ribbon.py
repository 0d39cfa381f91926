"""Where a campaign stands, above every page inside it.

A page inside a campaign draws it with three lines, given ``campaign`` in its context::

    {% from 'campaigns/ribbon.html' import ribbon with context %}
    {% block ribbon %}{{ ribbon(campaign) }}{% endblock %}

`ribbon_of` and `stage_name` are there for templates and views that need the parts.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from flask_babel import gettext as _

from app.campaigns import stages
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.language import Sentence


@dataclass(frozen=True)
class Ribbon:
    """The stages as knots, and the next moment that matters."""

    knots: list[dict[str, str]]
    """As ``parts/thread.html`` draws them: state and name."""
    stage: Stage
    next_moment: datetime | None
    """When what the sentence is about opens or closes."""
    takes_proposals: bool
    takes_votes: bool
    is_overdue: bool


def prepare(app: Flask) -> None:
    app.jinja_env.globals["ribbon_of"] = ribbon_of
    app.jinja_env.globals["stage_name"] = stage_name


def ribbon_of(campaign: Campaign) -> Ribbon:
    """What the ribbon shows at this moment."""
    at = clock.now()
    stage = stages.stage_of(campaign, at)
    return Ribbon(
        knots=[
            {"state": knot.state, "name": str(stage_name(knot.stage))}
            for knot in stages.thread_of(campaign, at)
        ],
        stage=stage,
        next_moment=next_moment(campaign, stage),
        takes_proposals=stages.takes_proposals(campaign, at),
        takes_votes=stages.takes_votes(campaign, at),
        is_overdue=stages.answers_are_overdue(campaign, at),
    )


def next_moment(campaign: Campaign, stage: Stage) -> datetime | None:
    """The opening or closing moment that a reader in this stage waits for."""
    return {
        Stage.ANNOUNCED: campaign.submission_opens_at,
        Stage.SUBMISSION: campaign.submission_closes_at,
        Stage.SORTING: campaign.voting_opens_at,
        Stage.VOTING: campaign.voting_closes_at,
        Stage.REVIEW: campaign.review_closes_at,
        Stage.ANSWERING: campaign.answers_due_at,
        Stage.CONCLUDED: campaign.concluded_at,
        Stage.CANCELLED: campaign.cancelled_at,
    }.get(stage)


def stage_name(stage: Stage | str) -> Sentence:
    """A stage as its knot is called."""
    return {
        "draft": _("In preparation"),
        "announced": _("Announced"),
        "submission": _("Submission"),
        "sorting": _("Sorting"),
        "voting": _("Voting"),
        "review": _("Review"),
        "answering": _("Answering"),
        "concluded": _("Concluded"),
        "cancelled": _("Cancelled"),
    }[str(stage)]
