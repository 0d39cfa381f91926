"""Where a campaign stands, in one sentence."""

from datetime import timedelta

import pytest
from flask import Flask, render_template_string

from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.web.ribbon import ribbon_of
from tests.make.campaigns import campaign, side_by_side


def drawn(campaign: Campaign) -> str:
    return render_template_string(
        "{% from 'campaigns/ribbon.html' import ribbon with context %}{{ ribbon(campaign) }}",
        campaign=campaign,
    )


@pytest.mark.parametrize("stage", [s for s in Stage if s is not Stage.CANCELLED])
def test_every_stage_has_one_sentence_and_at_most_one_knot_is_now(app: Flask, stage: Stage) -> None:
    with app.test_request_context("/en/"):
        html = drawn(campaign(stage))
        assert html.count('aria-current="step"') == (
            0 if stage in {Stage.DRAFT, Stage.CONCLUDED} else 1
        )
        assert html.count("ribbon-now") == 1


def test_voting_says_until_when_and_how_long_it_lasts(app: Flask) -> None:
    with app.test_request_context("/en/"):
        made = campaign(Stage.VOTING)
        assert "Voting until" in drawn(made)
        assert "left</time>" in drawn(made)
        assert ribbon_of(made).next_moment == made.voting_closes_at


def test_side_by_side_says_both(app: Flask) -> None:
    with app.test_request_context("/en/"):
        html = drawn(side_by_side())
        assert "Submission until" in html
        assert "voting until" in html


def test_a_cancelled_campaign_s_thread_ends_where_it_was_cancelled(app: Flask) -> None:
    with app.test_request_context("/en/"):
        made = campaign(Stage.VOTING, cancelled_at=clock.now() - timedelta(hours=1))
        html = drawn(made)
        assert "Cancelled" in html
        assert "Review" not in html
        assert [knot["state"] for knot in ribbon_of(made).knots] == ["past"] * 5


def test_late_answers_are_called_late(app: Flask) -> None:
    with app.test_request_context("/en/"):
        made = campaign(Stage.ANSWERING, answers_due_at=clock.now() - timedelta(days=1))
        assert "are late" in drawn(made)
