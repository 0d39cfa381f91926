"""Where a campaign stands, above every page inside it.

A page inside a campaign draws it with three lines, given ``campaign`` in its context::

    {% from 'campaigns/ribbon.html' import ribbon with context %}
    {% block ribbon %}{{ ribbon(campaign) }}{% endblock %}

`ribbon_of` and `stage_name` are there for templates and views that need the parts.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask
from flask_babel import ngettext
from markupsafe import Markup

from app import config
from app.campaigns import stages
from app.campaigns.models import Campaign, Pacing
from app.campaigns.stages import Knot, Stage
from app.foundation import clock
from app.foundation.language import Sentence, _
from app.web import moments
from app.web.addresses import language_of_page
from app.web.calendars import date_name


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
    app.jinja_env.globals["stage_thread"] = stage_thread
    app.jinja_env.globals["date_name"] = date_name


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


STAGE_NAMES: dict[str, Sentence] = {
    Stage.DRAFT: _("In preparation"),
    Stage.ANNOUNCED: _("Announced"),
    Stage.SUBMISSION: _("Submission"),
    Stage.SORTING: _("Sorting"),
    Stage.VOTING: _("Voting"),
    Stage.REVIEW: _("Review"),
    Stage.ANSWERING: _("Answering"),
    Stage.CONCLUDED: _("Concluded"),
    Stage.CANCELLED: _("Cancelled"),
}
WHAT_HAPPENS: dict[Stage, Sentence] = {
    Stage.ANNOUNCED: _("Rules, themes and all dates are published."),
    Stage.SUBMISSION: _("Everybody can propose and comment."),
    Stage.SORTING: _("Moderators check proposals and merge similar ones."),
    Stage.VOTING: _("You may support as many proposals as you find right."),
    Stage.REVIEW: _("Working groups assess the shortlisted proposals."),
    Stage.ANSWERING: _("Every proposal gets a reasoned answer."),
    Stage.CONCLUDED: _("Only when every proposal has been answered."),
    Stage.CANCELLED: _("It ended before its end; the reason is below."),
}
"""What happens in each stage, in one sentence."""


def stage_name(stage: Stage | str) -> Sentence:
    """A stage as its knot is called."""
    return STAGE_NAMES[stage]


def stage_thread(campaign: Campaign) -> list[dict[str, Any]]:
    """The whole thread with dates and a sentence for each stage, as ``parts/thread.html`` draws
    it; the first page and the campaign's own page show it across."""
    at = clock.now()
    return [
        {
            "state": knot.state,
            "name": stage_name(knot.stage),
            "when": _when(campaign, knot),
            "note": Markup('<p class="small">{}</p>').format(_note(campaign, knot)),
        }
        for knot in stages.thread_of(campaign, at)
    ]


def _when(campaign: Campaign, knot: Knot) -> Markup:
    said: dict[str, Any] = {
        "language": language_of_page(),
        "zone": config.settings().zone,
        "now": clock.now(),
    }
    if campaign.pacing is Pacing.SIDE_BY_SIDE and knot.stage is Stage.VOTING:
        return moments.span(campaign.voting_opens_at, campaign.voting_closes_at, **said)
    if knot.stage is Stage.CONCLUDED and knot.state != "past":
        return moments.until(knot.begins, **said)
    if knot.stage in {Stage.ANNOUNCED, Stage.CONCLUDED, Stage.CANCELLED} or knot.ends is None:
        return moments.day(knot.begins, **said)
    return moments.span(knot.begins, knot.ends, **said)


def _note(campaign: Campaign, knot: Knot) -> Sentence:
    if knot.stage is Stage.VOTING and campaign.vote_limit:
        return ngettext(
            "You may support %(num)s proposal.",
            "You may support up to %(num)s proposals.",
            campaign.vote_limit,
        )
    return WHAT_HAPPENS[knot.stage]
