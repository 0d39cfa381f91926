"""Writing a proposal in the browser: nothing is lost, nothing happens twice."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation.db import db
from app.proposals import actions, queries
from app.proposals.models import Proposal, State
from tests.make import accounts, campaigns
from tests.make import proposals as make
from tests.make.browsing import post, signed_in_client

TEXT: dict[str, Any] = {
    "title": "Viena lapa katram likumprojektam",
    "situation": "Kad ministrija gatavo likumprojektu, tas jāmeklē četrās vietnēs.",
    "solution": "Katram likumprojektam ir viena pastāvīga adrese no pirmās dienas.",
    "values": ["transparency", "accountability"],
    "theme": "",
    "on_behalf_of": "",
    "language": "lv",
    "key": "abc",
}


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign()


@pytest.fixture
def author(app: Flask) -> Account:
    return accounts.account("Ilze Kalniņa")


@pytest.fixture
def client(app: Flask, author: Account) -> FlaskClient:
    return signed_in_client(app, author)


def only_proposal() -> Proposal:
    db.session.expire_all()
    return db.session.query(Proposal).one()


def test_from_an_empty_form_over_the_preview_to_a_submitted_proposal(
    client: FlaskClient, campaign: Campaign
) -> None:
    address = f"/en/campaigns/{campaign.slug}/propose"
    page = client.get(address)
    assert page.status_code == 200
    assert "Write a proposal" in page.text
    saved = post(client, address, {**TEXT, "preview": "1"})
    draft = only_proposal()
    assert saved.status_code == 303
    assert saved.location == f"/en/drafts/{draft.id}/preview"
    assert draft.state is State.DRAFT
    seen = client.get(saved.location)
    assert "Viena lapa katram likumprojektam" in seen.text
    sent = post(client, saved.location)
    assert sent.location == f"/en/proposals/{campaign.reference_prefix}-0001/"
    shown = client.get(sent.location)
    assert "Submitted, and not yet public" in shown.text
    again = post(client, f"/en/drafts/{draft.id}/preview", follow=True)
    assert "already been submitted" in again.text
    assert only_proposal().state is State.SUBMITTED


def test_a_double_click_and_a_second_tab_make_one_draft(
    client: FlaskClient, campaign: Campaign
) -> None:
    address = f"/en/campaigns/{campaign.slug}/propose"
    post(client, address, {**TEXT, "save": "1"})
    post(client, address, {**TEXT, "title": "Cits nosaukums pēc pārdomām", "save": "1"})
    post(client, address + "/autosave", {**TEXT, "title": "Trešais nosaukums pats no sevis"})
    assert only_proposal().title == "Trešais nosaukums pats no sevis"


def test_what_is_typed_is_saved_by_itself(client: FlaskClient, campaign: Campaign) -> None:
    saved = post(client, f"/en/campaigns/{campaign.slug}/propose/autosave", {**TEXT, "title": "V"})
    assert (saved.status_code, saved.text) == (204, "")
    assert only_proposal().title == "V"
    page = client.get(f"/en/campaigns/{campaign.slug}/propose")
    assert "You have begun before" in page.text


def test_an_unfinished_draft_is_kept_and_says_what_is_missing(
    client: FlaskClient, campaign: Campaign
) -> None:
    saved = post(
        client,
        f"/en/campaigns/{campaign.slug}/propose",
        {**TEXT, "solution": "", "values": [], "preview": "1"},
    )
    draft = only_proposal()
    assert saved.location == f"/en/drafts/{draft.id}?check=1"
    page = client.get(saved.location)
    assert page.status_code == 200
    assert "2 things still need correcting" in page.text
    assert 'href="#solution"' in page.text
    assert TEXT["situation"] in page.text
    skipped = client.get(f"/en/drafts/{draft.id}/preview")
    assert skipped.location == f"/en/drafts/{draft.id}?check=1"


def test_one_question_at_a_time_keeps_the_others(client: FlaskClient, campaign: Campaign) -> None:
    address = f"/en/campaigns/{campaign.slug}/propose"
    assert "Step 1 of 3" in client.get(f"{address}?step=1").text
    first = post(client, f"{address}?step=1", TEXT)
    assert first.location.endswith("?step=2")
    page = client.get(first.location).text
    assert "Step 2 of 3" in page
    assert f'name="title" value="{TEXT["title"]}"' in page
    assert re.search(r'<textarea name="situation" hidden>\s*Kad ministrija', page)
    last = client.get(first.location.replace("step=2", "step=3")).text
    assert "Preview and submit" in last and "Next question" not in last


@pytest.mark.parametrize(
    "text",
    [
        '"><svg onload=alert(1)>',
        "v" * 10_000,
        "שקיפות \u202eabc\u202c",
        "👩‍👩‍👧‍👦 " * 60,
        "Pasted\u00a0Word – “quotes”\r\n\r\n\r\n\r\n• point",
    ],
)
def test_unusual_input_is_kept_as_text_and_drawn_as_text(
    client: FlaskClient, campaign: Campaign, text: str
) -> None:
    saved = post(
        client,
        f"/en/campaigns/{campaign.slug}/propose",
        {**TEXT, "title": text, "situation": text, "on_behalf_of": text[:50], "preview": "1"},
        follow=True,
    )
    assert saved.status_code == 200
    assert "<svg onload" not in saved.text
    assert only_proposal().state is State.DRAFT


def test_more_than_can_be_kept_is_refused_with_what_was_typed(
    client: FlaskClient, campaign: Campaign
) -> None:
    refused = post(
        client,
        f"/en/campaigns/{campaign.slug}/propose",
        {**TEXT, "situation": "v" * 50_001, "save": "1"},
    )
    assert refused.status_code == 422
    assert "too long to be kept" in refused.text
    assert "v" * 50_001 in refused.text
    assert db.session.query(Proposal).count() == 0


def test_others_find_no_draft(app: Flask, campaign: Campaign, author: Account) -> None:
    draft = make.proposal(campaign, author=author, state=State.DRAFT)
    stranger = signed_in_client(app, accounts.account())
    moderator = signed_in_client(app, campaigns.moderator(campaign))
    for browser in (stranger, moderator):
        for page in (f"/en/drafts/{draft.id}", f"/en/drafts/{draft.id}/preview"):
            assert browser.get(page).status_code == 404
        assert post(browser, f"/en/drafts/{draft.id}/discard").status_code == 404
    assert app.test_client().get(f"/en/drafts/{draft.id}").status_code == 303


def test_a_closed_campaign_says_so_and_a_draft_of_it_is_still_there(
    app: Flask, client: FlaskClient, author: Account
) -> None:
    closed = campaigns.campaign(Stage.SORTING)
    assert client.get(f"/en/campaigns/{closed.slug}/propose").status_code == 403
    draft = make.proposal(closed, author=author, state=State.DRAFT)
    page = client.get(f"/en/drafts/{draft.id}/preview")
    assert page.status_code == 200
    assert "Your draft is kept" in page.text
    refused = post(client, f"/en/drafts/{draft.id}/preview")
    assert refused.status_code == 403


def test_similar_ones_stand_beside_it_in_the_same_language_only(
    client: FlaskClient, campaign: Campaign, author: Account
) -> None:
    for language in ("lv", "lt"):
        make.proposal(
            campaign,
            title="Likumprojektam pastāvīga adrese",
            situation="Likumprojekts jāmeklē vairākās vietnēs.",
            solution="Pastāvīga adrese katram likumprojektam.",
            language=language,
        )
    make.proposal(campaign, title="Bibliotēkas vakaros", situation="Slēgtas.", solution="Atvērt.")
    draft = actions.start_draft(campaign, by=author, **_words())
    db.session.commit()
    page = client.get(f"/en/drafts/{draft.id}").text
    assert page.count("Likumprojektam pastāvīga adrese") == 1
    assert "Bibliotēkas vakaros" not in page


def _words() -> dict[str, Any]:
    names = ("title", "situation", "solution", "values", "language")
    return {name: TEXT[name] for name in names}


def test_a_returned_one_is_revised_and_submitted_again_in_one_press(
    app: Flask, client: FlaskClient, campaign: Campaign, author: Account
) -> None:
    moderator = campaigns.moderator(campaign)
    proposal = make.proposal(campaign, author=author, state=State.SUBMITTED)
    actions.return_proposal(proposal, reason="Izņemiet tālruņa numuru.", by=moderator)
    page = client.get(f"/en/proposals/{proposal.reference}/revise")
    assert "Izņemiet tālruņa numuru." in page.text
    sent = post(
        client,
        f"/en/proposals/{proposal.reference}/revise",
        {**TEXT, "note": "Bez numura", "submit_again": "1"},
    )
    assert sent.status_code == 303
    assert only_proposal().state is State.SUBMITTED
    assert only_proposal().current_revision == 2


def test_withdrawing_asks_for_a_reason(
    client: FlaskClient, campaign: Campaign, author: Account
) -> None:
    proposal = make.proposal(campaign, author=author)
    address = f"/en/proposals/{proposal.reference}/withdraw"
    assert client.get(address).status_code == 200
    assert post(client, address, {"reason": ""}).status_code == 422
    done = post(client, address, {"reason": "Jau izdarīts."}, follow=True)
    assert "Withdrawn by its author" in done.text
    assert "Jau izdarīts." in done.text
    again = post(client, address, {"reason": "Jau izdarīts."}, follow=True)
    assert "already been withdrawn" in again.text


def test_a_friend_is_invited_agrees_and_may_go(
    app: Flask, client: FlaskClient, campaign: Campaign, author: Account
) -> None:
    friend = accounts.account("Kristaps A.")
    proposal = make.proposal(campaign, author=author)
    address = f"/en/co-authors/{proposal.id}"
    assert "Invite somebody" in client.get(address).text
    invited = post(client, address, {"who": "Kristaps A."}, follow=True)
    assert "they are asked now" in invited.text
    theirs = signed_in_client(app, friend)
    assert "asked to be named" in theirs.get(f"/en/proposals/{proposal.reference}/").text
    assert "I agree to be named" in theirs.get(address).text
    post(theirs, address + "/answer", {"answer": "accept"})
    assert "with Kristaps A." in re.sub(
        r"<[^>]+>|\s+", " ", theirs.get(f"/en/proposals/{proposal.reference}/").text
    ).replace("  ", " ")
    post(theirs, address + "/answer", {"answer": "decline"})
    db.session.expire_all()
    [named] = queries.co_authors_of(proposal)
    assert named.state.value == "declined"
    assert signed_in_client(app, accounts.account()).get(address).status_code == 403
