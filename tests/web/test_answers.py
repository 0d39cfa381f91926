"""The public page of answers, and what a proposal's page says."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.answers.models import Outcome
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.db import db
from app.proposals.models import State
from tests.make import answers, campaigns, proposals
from tests.make.counting import queries_of


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.ANSWERING)


def page(client: FlaskClient, campaign: Campaign, query: str = "") -> str:
    response = client.get(f"/en/campaigns/{campaign.slug}/answers/{query}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


@pytest.mark.parametrize("stage", [Stage.ANNOUNCED, Stage.VOTING, Stage.CONCLUDED])
def test_coverage_is_public_from_the_first_day(client: FlaskClient, stage: Stage) -> None:
    page(client, campaigns.campaign(stage))


def test_it_says_how_many_are_answered_and_who_waits(
    campaign: Campaign, client: FlaskClient
) -> None:
    answers.answer(proposals.proposal(campaign, title="Atbildēts priekšlikums"))
    proposals.proposal(campaign, title="Gaidošs priekšlikums")
    proposals.proposal(campaign, state=State.HIDDEN, title="Paslēpts priekšlikums")
    shown = page(client, campaign)
    assert "Answered: 1 of 2" in shown and "Atbildēts priekšlikums" in shown
    assert "Paslēpts" not in shown
    waiting = page(client, campaign, "?outcome=waiting")
    assert "Gaidošs priekšlikums" in waiting and "Atbildēts priekšlikums" not in waiting


def test_it_is_filtered_by_outcome_and_theme(campaign: Campaign, client: FlaskClient) -> None:
    theme = campaigns.theme(campaign)
    answers.answer(proposals.proposal(campaign, title="Pirmais no diviem", theme_id=theme.id))
    answers.answer(proposals.proposal(campaign, title="Otrais no diviem"), Outcome.OUT_OF_SCOPE)
    for query in ("?outcome=not_adopted", "?theme=dati", "?outcome=not_adopted&theme=dati"):
        shown = page(client, campaign, query)
        assert "Pirmais no diviem" in shown and "Otrais no diviem" not in shown
    for nonsense in ("?outcome=xx", "?theme=xx", "?page=-1", "?page=abc"):
        assert "Otrais no diviem" in page(client, campaign, nonsense)


def test_past_the_promised_day_it_says_so(campaign: Campaign, client: FlaskClient) -> None:
    proposals.proposal(campaign)
    db.session.commit()
    clock.set_offset(timedelta(days=90))
    assert "longer than we promised" in page(client, campaign)


def test_only_the_answer_in_force_is_listed(campaign: Campaign, client: FlaskClient) -> None:
    proposal = proposals.proposal(campaign)
    answers.answer(proposal, text="Pirmā atbilde, kas bija par īsu un aplama.")
    answers.answer(proposal, number=2, text="Otrā atbilde, kas paskaidro visu līdz galam.")
    shown = page(client, campaign)
    assert "Otrā atbilde" in shown and "Pirmā atbilde" not in shown
    there = client.get(f"/en/proposals/{proposal.reference}/").text
    assert "Otrā atbilde" in there and "Pirmā atbilde" in there and "1 earlier answer" in there


def test_a_merged_proposals_page_shows_its_targets_answer(
    campaign: Campaign, client: FlaskClient
) -> None:
    target = proposals.proposal(campaign)
    source = proposals.proposal(campaign, state=State.MERGED, merged_into_id=target.id)
    answers.answer(target, text="Abiem kopā atbildam, ka to jau darām.")
    shown = client.get(f"/en/proposals/{source.reference}/").text
    assert "Abiem kopā atbildam" in shown
    assert f"shares the answer of {target.reference}" in shown


def test_an_answer_is_never_trusted_as_html(campaign: Campaign, client: FlaskClient) -> None:
    answers.answer(proposals.proposal(campaign), text="<script>alert(1)</script> " + "a" * 30)
    assert "<script>alert" not in page(client, campaign)


def test_it_costs_the_same_for_many(app: Flask, campaign: Campaign) -> None:
    address = f"/en/campaigns/{campaign.slug}/answers/"
    theme = campaigns.theme(campaign)
    answers.answer(proposals.proposal(campaign, theme_id=theme.id))
    proposals.proposal(campaign)
    few = [queries_of(app, address + query) for query in ("", "?outcome=waiting")]
    data = queries_of(app, f"/api/v1/campaigns/{campaign.slug}/answers")
    for _ in range(25):
        answers.answer(proposals.proposal(campaign, theme_id=theme.id))
        proposals.proposal(campaign)
    assert [queries_of(app, address + query) for query in ("", "?outcome=waiting")] == few
    assert max(few) <= 10
    assert queries_of(app, f"/api/v1/campaigns/{campaign.slug}/answers") == data <= 6


def test_as_data_it_says_the_same(campaign: Campaign, client: FlaskClient) -> None:
    proposal = proposals.proposal(campaign)
    answers.answer(proposal)
    told = json.loads(client.get(f"/api/v1/campaigns/{campaign.slug}/answers").text)
    assert (told["coverage"]["answered"], told["coverage"]["published"]) == (1, 1)
    assert told["answers"][0]["proposal"] == proposal.reference
    assert told["outcomes"] == {"not_adopted": 1}


def test_the_life_of_an_answered_proposal_ends_with_its_answer(
    campaign: Campaign, client: FlaskClient
) -> None:
    proposal = proposals.proposal(campaign)
    there = f"/en/proposals/{proposal.reference}/"
    assert "Reasoned answer" in client.get(there).text
    answers.answer(proposal)
    shown = client.get(there).text
    assert "Answered: Not adopted" in shown and "Reasoned answer" not in shown
