"""The answering desk: who is owed an answer, and the end of a campaign."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.answers.models import Outcome
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.proposals.models import Proposal
from tests.make import answers, campaigns, commitments, proposals
from tests.make.accounts import account
from tests.make.answers import REASONS
from tests.make.browsing import post, signed_in_client
from tests.make.counting import queries_of

ANSWER = {
    "outcome": "not_adopted",
    "text": REASONS,
    "language": "lv",
    "on_behalf_of": "Valsts kanceleja",
}


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.ANSWERING)


def moderating(app: Flask, campaign: Campaign) -> FlaskClient:
    return signed_in_client(app, campaigns.moderator(campaign))


def there(proposal: Proposal) -> str:
    return f"/en/proposals/{proposal.reference}/answer"


def test_an_answer_is_published_from_the_desk(app: Flask, campaign: Campaign) -> None:
    client, proposal = moderating(app, campaign), proposals.proposal(campaign)
    assert there(proposal) in client.get(f"/en/answering/{campaign.slug}/").text
    form = client.get(there(proposal)).text
    assert 'name="based_on" type="hidden" value="0"' in form and "Valsts kanceleja" in form
    told = post(client, there(proposal), {**ANSWER, "based_on": "0"}, follow=True)
    assert "The answer is published" in told.text
    assert "Nobody waits" in told.text


def test_bad_input_gets_a_sentence_and_stays(app: Flask, campaign: Campaign) -> None:
    client, proposal = moderating(app, campaign), proposals.proposal(campaign)
    told = post(client, there(proposal), {**ANSWER, "outcome": "adopted"})
    assert told.status_code == 422
    assert "needs an origin that says the same" in told.text and REASONS in told.text
    assert post(client, there(proposal), {}).status_code == 422
    assert post(client, there(proposal), {**ANSWER, "outcome": "xx"}).status_code == 422


def test_a_second_moderator_reads_the_first_ones_answer(app: Flask, campaign: Campaign) -> None:
    proposal = proposals.proposal(campaign)
    first, second = moderating(app, campaign), moderating(app, campaign)
    assert post(first, there(proposal), {**ANSWER, "based_on": "0"}).status_code == 303
    mine = {**ANSWER, "text": "Pavisam citi iemesli, kas arī ir labi.", "based_on": "0"}
    told = post(second, there(proposal), mine)
    assert told.status_code == 409
    assert "just answered" in told.text and REASONS in told.text
    assert "Pavisam citi iemesli" in told.text
    assert post(second, there(proposal), {**mine, "based_on": "1"}).status_code == 303


def test_several_are_answered_together_each_with_its_own_line(
    app: Flask, campaign: Campaign
) -> None:
    client = moderating(app, campaign)
    two = [proposals.proposal(campaign) for _ in range(2)]
    address = f"/en/answering/{campaign.slug}/several"
    query = "&".join(f"proposal={each.reference}" for each in two)
    assert client.get(address).status_code == 303
    form = client.get(f"{address}?{query}").text
    assert all(f'name="own-{each.id}"' in form for each in two)
    fields = {**ANSWER, "proposal": [each.reference for each in two]}
    lines = {f"own-{each.id}": f"Jūsu doma par {each.reference} ir laba." for each in two}
    told = post(client, address, {**fields, **lines, f"own-{two[1].id}": ""})
    assert told.status_code == 422 and "what concerns it alone" in told.text
    assert f"Jūsu doma par {two[0].reference} ir laba." in told.text
    told = post(client, address, {**fields, **lines}, follow=True)
    assert "2 answers are published" in told.text


def test_who_is_no_moderator_answers_nothing(app: Flask, campaign: Campaign) -> None:
    proposal = proposals.proposal(campaign)
    desk = f"/en/answering/{campaign.slug}/"
    assert app.test_client().get(desk).status_code == 303
    for client in (
        signed_in_client(app, account()),
        signed_in_client(app, campaigns.moderator(campaigns.campaign(Stage.ANSWERING))),
    ):
        assert client.get(desk).status_code == 403
        assert client.get(there(proposal)).status_code == 403
        assert post(client, there(proposal), ANSWER).status_code == 403
        assert post(client, f"{desk}conclude").status_code == 403
        assert client.get(f"{desk}several?proposal={proposal.reference}").status_code == 403
    organiser = signed_in_client(app, campaigns.organiser(campaign))
    assert organiser.get(desk).status_code == 200
    assert organiser.get(there(proposal)).status_code == 403


def test_the_campaign_is_concluded_when_nothing_is_missing(app: Flask, campaign: Campaign) -> None:
    proposal, torn = proposals.proposal(campaign), proposals.proposal(campaign)
    commitments.origin(commitments.commitment(campaign), torn)
    answers.answer(torn)
    client = signed_in_client(app, campaigns.organiser(campaign))
    desk = f"/en/answering/{campaign.slug}/"
    shown = client.get(desk).text
    assert "1 published proposal is not answered yet." in shown
    assert "its answer denies it" in shown
    told = post(client, f"{desk}conclude")
    assert told.status_code == 422 and "cannot be concluded yet" in told.text
    answers.answer(proposal)
    answers.answer(torn, Outcome.ADOPTED, number=2)
    done = post(client, f"{desk}conclude", follow=True)
    assert "Everybody has been answered" in done.text
    assert post(client, f"{desk}conclude").status_code == 403


def test_the_desk_costs_the_same_for_many(app: Flask, campaign: Campaign) -> None:
    client = moderating(app, campaign)
    theme = campaigns.theme(campaign)
    proposals.proposal(campaign, theme_id=theme.id)
    address = f"/en/answering/{campaign.slug}/"
    before = queries_of(app, address, client)
    for _ in range(15):
        proposals.proposal(campaign, theme_id=theme.id)
    assert queries_of(app, address, client) == before <= 16
