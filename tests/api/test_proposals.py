"""Proposals as JSON: what the pages say, and not a word more."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.campaigns.stages import Stage
from app.proposals import actions
from app.proposals.models import State
from tests.make import campaigns
from tests.make import proposals as make
from tests.make.browsing import signed_in_client
from tests.make.comments import comment


def read(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.text
    assert isinstance(answer.json, dict)
    return answer.json


def test_a_campaigns_proposals_come_page_by_page(client: FlaskClient) -> None:
    campaign = campaigns.campaign()
    made = [make.proposal(campaign).reference for _ in range(5)]
    make.proposal(campaign, state=State.SUBMITTED)
    path = f"/campaigns/{campaign.slug}/proposals"
    pages = [read(client, f"{path}?size=2&page={n}") for n in (1, 2, 3)]
    assert [p["reference"] for page in pages for p in page["proposals"]] == made[::-1]
    assert pages[0]["total"] == 5 and pages[0]["pages"] == 3


@pytest.mark.parametrize(
    "question", ["page=-1", "page=x", "size=1000", "state=draft", "order=random", "language=xx"]
)
def test_nonsense_is_refused_with_a_sentence(client: FlaskClient, question: str) -> None:
    campaign = campaigns.campaign()
    answer = client.get(f"/api/v1/campaigns/{campaign.slug}/proposals?{question}")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"].startswith("application/")


def test_one_proposal_tells_its_way(client: FlaskClient) -> None:
    campaign = campaigns.campaign(Stage.SORTING)
    moderator = campaigns.moderator(campaign)
    source, target = make.proposal(campaign), make.proposal(campaign)
    actions.merge_proposals([source], into=target, reason="Tas pats.", by=moderator)
    into = read(client, f"/proposals/{target.reference}")
    assert into["merged_from"] == [source.reference]
    assert into["co_authors"] == [source.author.display_name]
    gone = read(client, f"/proposals/{source.reference}")
    assert (gone["state"], gone["merged_into"]) == ("merged", target.reference)
    assert gone["steps"][-1]["reason"] == "Tas pats."
    kinds = [
        each["kind"]
        for each in read(client, f"/proposals/{target.reference}/revisions")["revisions"]
    ]
    assert kinds == ["merge", "author"]


def test_what_is_hidden_has_no_words_not_even_for_its_author(
    app: Flask, client: FlaskClient
) -> None:
    campaign = campaigns.campaign()
    moderator = campaigns.moderator(campaign)
    proposal = make.proposal(campaign, title="Slepenie vārdi šeit")
    said = comment(proposal, text="Apvainojums")
    actions.hide_comment(proposal, said, reason="Aizskar cilvēku.", by=moderator)
    [hidden] = read(client, f"/proposals/{proposal.reference}/comments")["comments"]
    assert (hidden["text"], hidden["hidden_reason"]) == (None, "Aizskar cilvēku.")
    actions.hide_proposal(proposal, reason="Reklāma.", by=moderator)
    for browser in (client, signed_in_client(app, proposal.author)):
        answer = browser.get(f"/api/v1/proposals/{proposal.reference}")
        assert answer.status_code == 200
        assert answer.json is not None
        assert (answer.json["title"], answer.json["state_reason"]) == (None, "Reklāma.")
        assert "Slepenie" not in answer.text
        for more in ("revisions", "comments"):
            assert browser.get(f"/api/v1/proposals/{proposal.reference}/{more}").status_code == 404


def test_what_is_not_public_is_not_there(app: Flask, client: FlaskClient) -> None:
    waiting = make.proposal(campaigns.campaign(), state=State.SUBMITTED)
    for browser in (client, signed_in_client(app, waiting.author)):
        assert browser.get(f"/api/v1/proposals/{waiting.reference}").status_code == 404
    assert client.get("/api/v1/campaigns/no-such/proposals").status_code == 404
