"""The page of a commitment: what will be done, and which proposals it comes from."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.commitments.models import Commitment, CommitmentState, Field, Relation
from app.foundation import clock
from app.foundation.db import db
from app.proposals.models import Revision, State
from tests.make import campaigns, commitments, proposals
from tests.make.accounts import account
from tests.make.browsing import post, signed_in_client
from tests.make.counting import queries_of


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.ANSWERING)


def quoted(campaign: Campaign, **changes: object) -> Commitment:
    """A commitment one of whose sentences comes from a proposal."""
    made = commitments.commitment(campaign, **changes)  # type: ignore[arg-type]
    commitments.origin(
        made,
        proposals.proposal(campaign, title="Atbilde katram, kas jautā"),
        field=Field.SOLUTION,
        passage="publicēsim pamatotu atbildi",
        proposal_field="solution",
        proposal_passage="publicēt pamatotu atbildi",
        relation=Relation.ADOPTED_IN_PART,
    )
    return made


def page(client: FlaskClient, made: Commitment, language: str = "en") -> str:
    response = client.get(f"/{language}/commitments/{made.id}/")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_it_marks_the_words_and_shows_where_they_come_from(
    campaign: Campaign, client: FlaskClient
) -> None:
    shown = page(client, quoted(campaign))
    assert "<mark>publicēsim pamatotu atbildi</mark>" in shown
    assert 'href="#origin-1"' in shown and 'id="origin-1"' in shown
    assert '<blockquote lang="lv"><p>publicēt pamatotu atbildi</p></blockquote>' in shown
    assert "Atbilde katram, kas jautā" in shown


def test_words_that_changed_since_are_said_to_have_changed(
    campaign: Campaign, client: FlaskClient
) -> None:
    made = commitments.commitment(campaign)
    commitments.origin(
        made, proposals.proposal(campaign), field=Field.SOLUTION, passage="pavisam citi vārdi"
    )
    shown = page(client, made)
    assert "<mark>" not in shown
    assert "have since been changed" in shown


def test_what_was_hidden_shows_neither_title_nor_words(
    campaign: Campaign, client: FlaskClient
) -> None:
    made = commitments.commitment(campaign)
    secret = proposals.proposal(campaign, title="Noslēpums un kauns", state=State.HIDDEN)
    commitments.origin(
        made, secret, field=Field.SOLUTION, proposal_passage="publicēt pamatotu atbildi"
    )
    for shown in (page(client, made), client.get(f"/api/v1/commitments/{made.id}").text):
        assert "Noslēpums" not in shown
        assert "publicēt pamatotu" not in shown
        assert secret.reference is not None and secret.reference in shown


def test_a_withheld_revision_is_not_quoted(campaign: Campaign, client: FlaskClient) -> None:
    made = quoted(campaign)
    revision = db.session.query(Revision).first()
    assert revision is not None
    revision.withheld_at = clock.now()
    db.session.commit()
    assert "publicēt pamatotu" not in page(client, made)
    assert "publicēt pamatotu" not in client.get(f"/api/v1/commitments/{made.id}").text


def test_a_retracted_origin_stays_readable_with_its_reason(
    campaign: Campaign, client: FlaskClient
) -> None:
    made = commitments.commitment(campaign)
    origin = commitments.origin(made, proposals.proposal(campaign, title="Sajaukts ar citu"))
    commitments.retracted(origin)
    shown = page(client, made)
    assert "Tas bija pārpratums." in shown
    assert "<del>" in shown and "Sajaukts ar citu" in shown


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("state", list(CommitmentState))
def test_it_is_drawn_in_every_state_and_language(
    campaign: Campaign, client: FlaskClient, state: CommitmentState, language: str
) -> None:
    changes: dict[str, object] = {}
    if state is CommitmentState.APPROVED:
        changes["approved_on"] = clock.now().date()
    if state is CommitmentState.CONSULTATION:
        changes["consultation_opens_at"] = clock.now()
        changes["consultation_closes_at"] = clock.now() + timedelta(days=3)
    page(client, quoted(campaign, state=state, **changes), language)


def test_it_costs_the_same_with_many_origins(app: Flask, campaign: Campaign) -> None:
    few, many = quoted(campaign), quoted(campaign, number=2)
    for _ in range(15):
        commitments.origin(many, proposals.proposal(campaign))
    few_at, many_at = (f"/en/commitments/{each.id}/" for each in (few, many))
    assert queries_of(app, few_at) == queries_of(app, many_at) <= 8
    few_at, many_at = (f"/api/v1/commitments/{each.id}" for each in (few, many))
    assert queries_of(app, few_at) == queries_of(app, many_at) <= 6


def test_people_comment_while_its_consultation_is_open(app: Flask, campaign: Campaign) -> None:
    made = quoted(
        campaign,
        state=CommitmentState.CONSULTATION,
        consultation_opens_at=clock.now(),
        consultation_closes_at=clock.now() + timedelta(days=3),
    )
    there = f"/en/commitments/{made.id}/"
    assert "Sign in to comment" in app.test_client().get(there).text
    client = signed_in_client(app, account("Ilze Ozola"))
    assert post(client, f"{there}comments", {"text": " "}).status_code == 422
    told = post(client, f"{there}comments", {"text": "Un <b>bērniem</b>?", "position": "question"})
    assert told.status_code == 303
    shown = app.test_client().get(there).text
    assert "Un &lt;b&gt;bērniem&lt;/b&gt;?" in shown and "Ilze Ozola" in shown
    db.session.commit()
    clock.set_offset(timedelta(days=4))
    late = post(client, f"{there}comments", {"text": "Par vēlu", "position": "plain"})
    assert late.status_code == 403
    assert "Par vēlu" in late.text or "not open now" in late.text


def test_versions_show_what_changed(app: Flask, campaign: Campaign) -> None:
    made, moderator = quoted(campaign), campaigns.moderator(campaign)
    client = signed_in_client(app, moderator)
    fields = {
        "based_on": "1",
        "title": "Apņemšanās numur 1",
        "solution": "Katram priekšlikumam publicēsim skaidru atbildi.",
        "note": "Skaidrāk.",
    }
    assert post(client, f"/en/commitments/{made.id}/edit", fields).status_code == 303
    shown = client.get(f"/en/commitments/{made.id}/versions").text
    assert "<ins" in shown and "skaidru" in shown and "Skaidrāk." in shown
    for query in ("?to=1", "?from=1&to=2", "?from=9&to=-4", "?to=abc"):
        assert client.get(f"/en/commitments/{made.id}/versions{query}").status_code == 200


def test_as_data_it_says_the_same(campaign: Campaign, client: FlaskClient) -> None:
    made = quoted(campaign)
    told = json.loads(client.get(f"/api/v1/commitments/{made.id}").text)
    [origin] = told["origins"]
    assert origin["passage"] == "publicēsim pamatotu atbildi"
    assert origin["relation"] == "adopted_in_part"
    assert told["texts"]["title"] == {"original": "lv", "lv": "Apņemšanās numur 1"}
    [line] = json.loads(client.get(f"/api/v1/campaigns/{campaign.slug}/commitments").text)[
        "commitments"
    ]
    assert (line["number"], line["proposals"]) == (1, 1)


def test_what_is_not_there_is_not_found(client: FlaskClient, campaign: Campaign) -> None:
    for address in ("/en/commitments/99/", "/en/commitments/99/versions", "/api/v1/commitments/99"):
        assert client.get(address).status_code == 404


def test_a_proposals_page_says_where_it_lives_on(campaign: Campaign, client: FlaskClient) -> None:
    made = quoted(campaign)
    proposal = db.session.query(type(proposals.proposal(campaign))).first()
    assert proposal is not None
    shown = client.get(f"/en/proposals/{proposal.reference}/").text
    assert f"/en/commitments/{made.id}/" in shown
    assert "No 1" in shown


def test_those_who_draft_reply_also_after_the_consultation(app: Flask, campaign: Campaign) -> None:
    made = quoted(
        campaign,
        state=CommitmentState.CONSULTATION,
        consultation_opens_at=clock.now(),
        consultation_closes_at=clock.now() + timedelta(days=3),
    )
    there = f"/en/commitments/{made.id}/"
    citizen = signed_in_client(app, account("Ilze Ozola"))
    moderator = signed_in_client(app, campaigns.moderator(campaign))
    told = {"text": "Un vasarā?", "position": "question"}
    assert post(citizen, f"{there}comments", told).status_code == 303
    db.session.commit()
    clock.set_offset(timedelta(days=4))
    reply = {"text": "Vasarā termiņš ir garāks.", "position": "plain", "parent": "1"}
    assert post(citizen, f"{there}comments", reply).status_code == 403
    assert "Publish the reply" in moderator.get(there).text
    assert post(moderator, f"{there}comments", reply).status_code == 303
    assert post(moderator, f"{there}comments", told).status_code == 403
    assert "Vasarā termiņš ir garāks." in app.test_client().get(there).text
    assert "Stop following" in citizen.get(there).text


def test_it_is_followed_and_let_go(app: Flask, campaign: Campaign) -> None:
    made = quoted(campaign)
    there = f"/en/commitments/{made.id}/"
    client = signed_in_client(app, account())
    for _twice in range(2):
        assert "Stop following" in post(client, f"{there}follow", follow=True).text
    assert "Follow this commitment" in post(client, f"{there}follow", {"stop": "1"}, True).text
    assert post(app.test_client(), f"{there}follow").status_code == 401


def test_a_moderator_finds_the_way_on_a_proposals_page(app: Flask, campaign: Campaign) -> None:
    proposal = proposals.proposal(campaign)
    there = f"/en/proposals/{proposal.reference}/"
    ways = (f"/en/proposals/{proposal.reference}/promote", f"{there}answer")
    seen = signed_in_client(app, campaigns.moderator(campaign)).get(there).text
    assert all(f'href="{way}"' in seen for way in ways)
    for client in (app.test_client(), signed_in_client(app, account())):
        assert not any(f'href="{way}"' in client.get(there).text for way in ways)
