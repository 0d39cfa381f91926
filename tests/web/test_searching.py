"""The page that finds."""

from flask import Flask
from flask.testing import FlaskClient

from app.foundation.db import db
from app.proposals.models import State
from app.search import index
from tests.make import campaigns, proposals
from tests.make.counting import queries_of


def test_a_proposal_is_found_by_an_inflected_word_and_shown_with_its_campaign(
    client: FlaskClient,
) -> None:
    made = proposals.proposal(campaigns.campaign(), title="Vēstules vieglajā valodā")
    index.index_proposal(made.id)
    page = client.get("/lv/search?q=vēstulēm").get_data(as_text=True)
    assert "Vēstules vieglajā valodā" in page
    assert str(made.reference) in page
    assert "Atvērtās pārvaldības plāns" in page


def test_what_is_in_the_index_by_mistake_is_still_not_shown_to_those_who_may_not_see_it(
    client: FlaskClient,
) -> None:
    made = proposals.proposal(campaigns.campaign(), title="Vēstules vieglajā valodā")
    index.index_proposal(made.id)
    made.state, made.published_at = State.SUBMITTED, None
    page = client.get("/lv/search?q=vēstules").get_data(as_text=True)
    assert "Vēstules vieglajā valodā" not in page


def test_nonsense_gets_a_sentence_and_keeps_what_was_typed(client: FlaskClient) -> None:
    answer = client.get("/en/search?q=%22%3E%3Csvg+onload%3Dalert(1)%3E&page=-1")
    assert answer.status_code == 200
    assert "<svg onload" not in answer.get_data(as_text=True)
    assert "&#34;&gt;&lt;svg" in answer.get_data(as_text=True)


def test_a_question_without_words_says_so(client: FlaskClient) -> None:
    assert "no word to look for" in client.get("/en/search?q=%3F%21").get_data(as_text=True)


def test_finding_costs_as_many_queries_for_many_as_for_few(app: Flask) -> None:
    campaign = campaigns.campaign()
    costs = []
    for _ in range(2):
        for _ in range(12):
            index.index_proposal(proposals.proposal(campaign, title="Vēstules visiem").id)
        db.session.commit()
        costs.append(queries_of(app, "/lv/search?q=vēstules"))
    assert costs[0] == costs[1] <= 4
