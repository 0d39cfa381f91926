"""The trace pages: everything in one place, and the same as data."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.answers.models import Outcome
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.commitments.models import Field
from app.proposals.models import State
from app.web.traces import two_lines
from tests.make import answers, campaigns, commitments, proposals
from tests.make.counting import queries_of


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.ANSWERING)


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_a_proposals_way_lists_each_step(
    campaign: Campaign, client: FlaskClient, language: str
) -> None:
    proposal = proposals.proposal(campaign)
    source = proposals.proposal(campaign, state=State.MERGED, merged_into_id=proposal.id)
    commitments.concluded(commitments.shortlisted(proposal))
    commitments.origin(commitments.commitment(campaign), proposal, is_promotion=True)
    answers.answer(proposal, Outcome.ADOPTED)
    shown = client.get(f"/{language}/proposals/{proposal.reference}/trace").text
    assert "Tas ir vajadzīgs un paveicams." in shown
    assert shown.count('<h3 class="knot-name">') == 6 + 1  # and the approval to come
    assert client.get(f"/{language}/proposals/{source.reference}/trace").status_code == 200


def test_what_is_still_owed_is_on_the_thread(campaign: Campaign, client: FlaskClient) -> None:
    proposal = proposals.proposal(campaign)
    shown = client.get(f"/en/proposals/{proposal.reference}/trace").text
    assert 'class="knot is-next"' in shown and "Reasoned answer" in shown


def test_a_commitments_way_shows_both_quotes_and_all_behind_it(
    campaign: Campaign, client: FlaskClient
) -> None:
    made, proposal = commitments.commitment(campaign), proposals.proposal(campaign)
    proposals.proposal(
        campaign, state=State.MERGED, merged_into_id=proposal.id, title="Pievienotais priekšlikums"
    )
    commitments.origin(
        made,
        proposal,
        field=Field.SOLUTION,
        passage="publicēsim pamatotu atbildi",
        proposal_passage="publicēt pamatotu atbildi",
    )
    shown = client.get(f"/en/commitments/{made.id}/trace").text
    assert "publicēsim pamatotu atbildi" in shown and "publicēt pamatotu atbildi" in shown
    assert "Pievienotais priekšlikums" in shown
    told = json.loads(client.get(f"/api/v1/commitments/{made.id}/trace").text)
    assert told["origins"][0]["proposal"] == proposal.reference
    assert [knot["kind"] for knot in told["knots"]] == ["drafted", "origin"]


def test_a_campaigns_picture_has_its_text_and_adds_up(
    campaign: Campaign, client: FlaskClient
) -> None:
    adopted, denied = proposals.proposal(campaign), proposals.proposal(campaign)
    commitments.origin(commitments.commitment(campaign), adopted)
    answers.answer(adopted, Outcome.ADOPTED)
    answers.answer(denied)
    proposals.proposal(campaign)
    proposals.proposal(campaign, state=State.HIDDEN, title="Noslēpums un kauns")
    shown = client.get(f"/en/campaigns/{campaign.slug}/trace").text
    assert "4 proposals, 1 commitment" in shown
    assert 'role="img" aria-labelledby="flow-name flow-words"' in shown
    assert "Noslēpums" not in shown
    told = json.loads(client.get(f"/api/v1/campaigns/{campaign.slug}/trace").text)
    assert told["total"] == 4 == sum(end["own"] + end["merged"] for end in told["ends"])


@pytest.mark.parametrize("stage", [Stage.ANNOUNCED, Stage.VOTING, Stage.CONCLUDED])
def test_an_empty_campaign_says_what_will_be_here(client: FlaskClient, stage: Stage) -> None:
    campaign = campaigns.campaign(stage)
    assert "Nothing is published yet" in client.get(f"/en/campaigns/{campaign.slug}/trace").text


def test_data_says_who_when_and_why(campaign: Campaign, client: FlaskClient) -> None:
    proposal = proposals.proposal(campaign)
    answers.answer(proposal)
    told = json.loads(client.get(f"/api/v1/proposals/{proposal.reference}/trace").text)
    assert [knot["kind"] for knot in told["knots"]] == ["submitted", "published", "answered"]
    assert told["knots"][0]["by"] == proposal.author.display_name
    assert told["knots"][2]["why"] == answers.REASONS


def test_what_is_not_public_has_no_trace(campaign: Campaign, client: FlaskClient) -> None:
    unseen = proposals.proposal(campaign, state=State.SUBMITTED)
    for address in (
        f"/en/proposals/{unseen.reference}/trace",
        f"/api/v1/proposals/{unseen.reference}/trace",
        "/en/proposals/XX-1/trace",
        "/en/commitments/99/trace",
        "/en/campaigns/nav/trace",
        "/api/v1/campaigns/nav/trace",
        "/api/v1/commitments/99/trace",
    ):
        assert client.get(address).status_code == 404, address


def test_traces_cost_the_same_for_many(app: Flask, campaign: Campaign) -> None:
    made, proposal = commitments.commitment(campaign), proposals.proposal(campaign)
    commitments.concluded(commitments.shortlisted(proposal))
    commitments.origin(made, proposal)
    answers.answer(proposal, Outcome.ADOPTED)
    addresses = [
        f"/en/proposals/{proposal.reference}/trace",
        f"/en/commitments/{made.id}/trace",
        f"/en/campaigns/{campaign.slug}/trace",
        f"/api/v1/campaigns/{campaign.slug}/trace",
        f"/api/v1/commitments/{made.id}/trace",
    ]
    before = [queries_of(app, address) for address in addresses]
    for place in range(2, 12):
        other = proposals.proposal(campaign)
        proposals.proposal(campaign, state=State.MERGED, merged_into_id=other.id)
        commitments.concluded(commitments.shortlisted(other, position=place))
        commitments.origin(made, other)
        commitments.origin(commitments.commitment(campaign, number=place), proposal)
        answers.answer(proposal, Outcome.ADOPTED, number=place)
    assert [queries_of(app, address) for address in addresses] == before
    assert max(before) <= 14


def test_a_title_in_the_picture_has_at_most_two_lines() -> None:
    assert two_lines("Atbilde katram") == ["Atbilde katram"]
    assert two_lines("Promoting opportunities for participation, including the young") == [
        "Promoting opportunities",
        "for participation…",
    ]
