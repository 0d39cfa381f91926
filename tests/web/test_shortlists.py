"""The shortlist's page, its data, its place on a proposal's page, and changing it."""

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient
from sqlalchemy import event

from app.campaigns.stages import Stage
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.proposals.models import State
from app.review import queries
from app.review.actions import add_to_shortlist, follow_proposal, make_shortlist
from app.web.shortlists import rule_in_words
from tests.make.accounts import account
from tests.make.browsing import post, signed_in_client
from tests.make.campaigns import campaign, moderator, organiser, theme
from tests.make.groups import group
from tests.make.proposals import proposal
from tests.make.review import assess, conclude, opened, table, tally


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.get_data(as_text=True)[-2000:]
    return response.get_data(as_text=True)


def test_before_the_tally_it_says_the_rule_and_when(app: Flask, client: FlaskClient) -> None:
    kept = campaign(Stage.VOTING)
    page = text(client, f"/en/campaigns/{kept.slug}/shortlist")
    assert "The 10 most supported proposals go on." in page
    assert "once voting has closed" in page


def test_a_campaign_in_preparation_has_no_page(app: Flask, client: FlaskClient) -> None:
    kept = campaign(Stage.DRAFT)
    for end in ("shortlist", "shortlist.json"):
        text(client, f"/en/campaigns/{kept.slug}/{end}", 404)


def test_every_entry_says_why_it_is_there(app: Flask, client: FlaskClient) -> None:
    kept = campaign(Stage.REVIEW, shortlist_rule={"rule": "top", "k": 2})
    theme(kept, group_id=group().id)
    first, second, third = (proposal(kept) for _ in range(3))
    tally(kept, {first: 9, second: 7, third: 7}, first=2)
    restored = proposal(kept, was_restored_after_opening=True)
    make_shortlist(kept, by=SYSTEM)
    db.session.commit()
    page = text(client, f"/en/campaigns/{kept.slug}/shortlist")
    assert "4 proposals go on to the working groups" in page
    assert "It came in place 1 of all. 9 people supported it." in page
    assert "2 proposals share the last place; all who share it go on." in page
    assert "It goes to the group without a count." in page
    assert str(restored.reference) in page
    assert "No proposal has been taken off." in page


def test_reasons_of_people_stay_attached(app: Flask, client: FlaskClient) -> None:
    set_ = table()
    by = moderator(set_.campaign, "Dace Ābola")
    added = proposal(set_.campaign)
    add_to_shortlist(added, reason="Zīmju valoda.", by=by)
    mod = signed_in_client(app, by)
    address = f"/en/campaigns/{set_.campaign.slug}/shortlist"
    removed = set_.entries[0].proposal.reference
    assert post(mod, f"{address}/{removed}/remove", {"reason": ""}).status_code == 422
    assert post(mod, f"{address}/{removed}/remove", {"reason": "Dublējas."}).status_code == 303
    assert post(mod, f"{address}/{removed}/remove", {"reason": "Vēlreiz."}).status_code == 409
    page = text(client, address)
    for words in ("Zīmju valoda.", "Dublējas.", "Dace Ābola", "Taken off."):
        assert words in page
    changes = {
        entry["proposal"]: [change["reason"] for change in entry["changes"]]
        for entry in client.get(f"{address}.json").get_json()["entries"]
    }
    assert changes[removed] == ["Dublējas."]
    assert changes[added.reference] == ["Zīmju valoda."]


def test_a_hidden_proposal_leaves_without_its_words(app: Flask, client: FlaskClient) -> None:
    set_ = table()
    gone = set_.entries[0].proposal
    gone.title, gone.state, gone.state_reason = "Personas kods 1", State.HIDDEN, "Personas dati"
    follow_proposal(gone, by=SYSTEM)
    address = f"/en/campaigns/{set_.campaign.slug}/shortlist"
    for page in (text(client, address), text(client, f"{address}.json")):
        assert "Personas kods" not in page
        assert str(gone.reference) in page


def test_a_moderator_adds_by_reference_and_keeps_what_was_typed(app: Flask) -> None:
    set_ = table()
    below = proposal(set_.campaign)
    client = signed_in_client(app, moderator(set_.campaign))
    address = f"/en/campaigns/{set_.campaign.slug}/shortlist/change"
    text(client, address)
    refused = post(client, address, {"proposal": "NO-1", "reason": "Mana doma"})
    assert refused.status_code == 422
    assert "Mana doma" in refused.get_data(as_text=True)
    words = {"proposal": f" {str(below.reference).lower()} ", "reason": "Mana doma"}
    assert post(client, address, words).status_code == 303
    assert post(client, address, words).status_code == 409
    assert queries.entry_of(below) is not None


def test_what_the_group_concluded_about_offers_no_way_off(app: Flask) -> None:
    set_ = opened(table(proposals=1))
    conclude(set_.entries[0], set_.chair)
    client = signed_in_client(app, moderator(set_.campaign))
    base = f"/en/campaigns/{set_.campaign.slug}/shortlist"
    page = text(client, f"{base}/change")
    assert "so it stays on the shortlist" in page
    assert "Take it off" not in page
    reference = set_.entries[0].proposal.reference
    refused = post(client, f"{base}/{reference}/remove", {"reason": "Tāpēc"})
    assert refused.status_code == 409
    assert "Tāpēc" in refused.get_data(as_text=True)


def test_only_moderators_change_it(app: Flask) -> None:
    set_ = table()
    base = f"/en/campaigns/{set_.campaign.slug}/shortlist"
    reference = set_.entries[0].proposal.reference
    for person in (account(), set_.chair, organiser(set_.campaign), moderator(campaign())):
        client = signed_in_client(app, person)
        assert client.get(f"{base}/change").status_code == 403
        assert post(client, f"{base}/change", {"proposal": "X"}).status_code == 403
        assert post(client, f"{base}/{reference}/remove", {"reason": "x"}).status_code == 403
    assert all(entry.is_on_list for entry in queries.entries_of(set_.campaign))


def test_an_organiser_gives_a_proposal_to_another_group(app: Flask) -> None:
    set_, other = table(), group()
    theme(set_.campaign, "cita", group_id=other.id)
    reference = set_.entries[0].proposal.reference
    client = signed_in_client(app, moderator(set_.campaign))
    base = f"/en/campaigns/{set_.campaign.slug}/shortlist"
    assert "Give it to this group" in text(client, f"{base}/change")
    answer = post(client, f"{base}/{reference}/group", {"group": str(other.id)})
    assert answer.status_code == 303
    assert post(client, f"{base}/{reference}/group", {"group": "0"}).status_code == 422
    db.session.expire_all()
    assert set_.entries[0].group_id == other.id


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"rule": "top", "k": 1}, "The 1 most supported proposal goes on."),
        ({"rule": "top-per-theme", "k": 9}, "In each theme the 9 most supported proposals go on."),
        ({"rule": "at-least", "n": 50}, "at least 50 people supported"),
        ({"rule": "fair-share", "k": 6}, "(fair share)"),
    ],
)
def test_every_rule_has_its_words(app: Flask, rule: dict[str, object], words: str) -> None:
    with app.test_request_context("/en/"):
        assert words in str(rule_in_words(rule))


def on_proposal(app: Flask, made: object) -> tuple[str, int]:
    """The section as a proposal's page includes it, and how many SELECTs it cost."""
    asked: list[str] = []
    with app.test_request_context("/en/"):
        db.session.refresh(made)
        kept = made.campaign  # type: ignore[attr-defined]
        kept.title, kept.slug, made.title  # type: ignore[attr-defined]  # noqa: B018  load them

        @event.listens_for(db.engine, "before_cursor_execute")
        def count(connection, cursor, statement, *rest) -> None:  # type: ignore[no-untyped-def]
            asked.append(statement)

        try:
            page = render_template("shortlists/on_proposal.html", proposal=made, campaign=kept)
        finally:
            event.remove(db.engine, "before_cursor_execute", count)
    return page, len(asked)


def test_a_proposals_page_says_what_became_of_it_at_a_constant_cost(app: Flask) -> None:
    voting = proposal(campaign(Stage.VOTING))
    assert on_proposal(app, voting) == (on_proposal(app, voting)[0], 0)
    set_ = table(proposals=2, members=5)
    page, asked = on_proposal(app, set_.entries[0].proposal)
    assert "The rule put it on the list. 100 people supported it." in page
    assert "the scores are sealed" in page
    assert asked == 1
    opened(set_)
    conclude(set_.entries[0], set_.chair, reasons="Var izdarīt.")
    page, asked = on_proposal(app, set_.entries[0].proposal)
    assert "Take up" in page and "Var izdarīt." in page and "Median of the scores" in page
    assert asked == 2
    below = proposal(set_.campaign)
    page, asked = on_proposal(app, below)
    assert page.strip() == ""
    assert asked == 1


def test_the_pages_cost_the_same_however_long_the_list_is(app: Flask, client: FlaskClient) -> None:
    def cost(number: int) -> int:
        set_ = table(proposals=number, more=0)
        for entry in set_.entries:
            for person in set_.everybody:
                assess(entry, person)
        address = f"/en/campaigns/{set_.campaign.slug}/shortlist"
        asked: list[str] = []

        @event.listens_for(db.engine, "before_cursor_execute")
        def count(connection, cursor, statement, *rest) -> None:  # type: ignore[no-untyped-def]
            asked.append(statement)

        try:
            text(client, address)
            text(client, f"/en/groups/{set_.group.slug}/")
        finally:
            event.remove(db.engine, "before_cursor_execute", count)
        return len(asked)

    assert cost(2) == cost(9)
