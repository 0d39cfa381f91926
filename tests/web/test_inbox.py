"""The inbox, how often to get letters, and the way out of them."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Account
from app.campaigns.stages import Stage
from app.follows.queries import follows
from app.foundation.db import db
from app.notifications import jobs
from app.notifications.queries import unread_count
from app.notifications.tokens import unsubscribing_token
from app.notifications.wishes import Wish, wish_of
from tests.make.accounts import account
from tests.make.browsing import post, signed_in_client
from tests.make.campaigns import campaign
from tests.make.notices import follower, happened, later, notices_of
from tests.make.proposals import proposal
from tests.postbox import Postbox


def _published(author: Account, title: str = "Soliņi parkā") -> None:
    made = proposal(campaign(), author=author, title=title)
    happened("proposal.published", proposal_id=made.id, campaign_id=made.campaign_id)


def test_an_inbox_is_ones_own(app: Flask, client: FlaskClient) -> None:
    author, other = account(), account()
    _published(author)
    assert client.get("/lv/my/inbox/").status_code == 303
    assert "Soliņi" in signed_in_client(app, author).get("/lv/my/inbox/").get_data(as_text=True)
    assert "Soliņi" not in signed_in_client(app, other).get("/lv/my/inbox/").get_data(as_text=True)


def test_an_empty_inbox_says_what_will_be_there(app: Flask) -> None:
    page = signed_in_client(app, account()).get("/en/my/inbox/").get_data(as_text=True)
    assert "Nothing yet" in page


def test_the_inbox_groups_by_subject_with_its_link_reason_and_language(app: Flask) -> None:
    author = account()
    made = proposal(campaign(), author=author, title="Suoliukai", language="lt")
    ids: dict[str, Any] = {"proposal_id": made.id, "campaign_id": made.campaign_id}
    happened("proposal.published", **ids)
    for number in (1, 2):
        happened("comment.written", comment_id=number, **ids)
    page = signed_in_client(app, author).get("/en/my/inbox/").get_data(as_text=True)
    assert page.count("Suoliukai") == 1
    assert '<h2 lang="lt">' in page
    assert f"/en/proposals/{made.reference}/" in page
    assert "2 new comments" in page
    assert "You are an author of this proposal." in page


def test_the_menu_counts_what_is_unread(app: Flask) -> None:
    author = account()
    _published(author)
    _published(author)
    page = signed_in_client(app, author).get("/en/help").get_data(as_text=True)
    assert re.search(r'class="count">\s*2', page)


def test_taking_all_as_read_leaves_what_came_since_the_page_was_drawn(app: Flask) -> None:
    author = account()
    _published(author)
    browser = signed_in_client(app, author)
    shown = notices_of(author)[-1].id
    _published(author)
    answer = post(browser, "/en/my/inbox/read", {"up_to": str(shown)})
    assert answer.status_code == 303
    assert unread_count(author) == 1


def test_taking_one_subject_as_read_leaves_the_others(app: Flask) -> None:
    author = account()
    _published(author)
    _published(author)
    first, last = notices_of(author)
    browser = signed_in_client(app, author)
    for _twice in range(2):
        post(browser, "/en/my/inbox/read", {"up_to": str(last.id), "subject": first.subject})
    assert unread_count(author) == 1


@pytest.mark.parametrize("up_to", ["", "-1", "x", "9" * 30, "1.5", "²"])
def test_nonsense_takes_nothing_as_read(app: Flask, up_to: str) -> None:
    author = account()
    _published(author)
    browser = signed_in_client(app, author)
    assert post(browser, "/en/my/inbox/read", {"up_to": up_to}).status_code == 303
    assert unread_count(author) == 1


def test_nobody_reads_for_somebody_else(app: Flask) -> None:
    author, other = account(), account()
    _published(author)
    newest = str(notices_of(author)[-1].id)
    post(signed_in_client(app, other), "/en/my/inbox/read", {"up_to": newest})
    assert unread_count(author) == 1


def test_a_long_inbox_is_paged_by_subject(app: Flask) -> None:
    author = account()
    for number in range(23):
        _published(author, f"Numurs {number}.")
    browser = signed_in_client(app, author)
    first = browser.get("/en/my/inbox/").get_data(as_text=True)
    second = browser.get("/en/my/inbox/?page=2").get_data(as_text=True)
    assert (first.count("Numurs"), second.count("Numurs")) == (20, 3)
    assert browser.get("/en/my/inbox/?page=-1").status_code == 200


def test_one_chooses_how_often_letters_come(app: Flask) -> None:
    person = account()
    browser = signed_in_client(app, person)
    assert post(browser, "/en/my/notices", {"mail": "weekly"}).status_code == 303
    assert wish_of(person.id) is Wish.WEEKLY
    page = browser.get("/en/my/notices").get_data(as_text=True)
    assert re.search(r'checked[^>]*value="weekly"|value="weekly"[^>]*checked', page)


def test_a_choice_that_is_none_is_said_beside_it(app: Flask) -> None:
    browser = signed_in_client(app, account())
    answer = post(browser, "/en/my/notices", {"mail": "hourly"})
    assert answer.status_code == 422
    assert "Choose one of these." in answer.get_data(as_text=True)


def test_a_campaign_is_followed_and_left_from_the_page(app: Flask) -> None:
    person = account()
    where = campaign()
    browser = signed_in_client(app, person)
    subject = f"campaign:{where.id}"
    assert "Follow this campaign" in browser.get("/en/my/notices").get_data(as_text=True)
    post(browser, "/en/my/notices/follow", {"campaign": where.slug})
    assert follows(person.id, subject)
    assert "Stop following" in browser.get("/en/my/notices").get_data(as_text=True)
    post(browser, "/en/my/notices/stop-following", {"subject": subject})
    db.session.expire_all()
    assert not follows(person.id, subject)


def test_a_campaign_in_preparation_cannot_be_followed_nor_found_out(app: Flask) -> None:
    hidden = campaign(Stage.DRAFT)
    browser = signed_in_client(app, account())
    assert post(browser, "/en/my/notices/follow", {"campaign": hidden.slug}).status_code == 404


def test_one_press_in_a_mail_program_stops_letters_without_cookies_or_sign_in(
    app: Flask, client: FlaskClient, smtp_server: Postbox
) -> None:
    author = account(language="lt")
    _published(author)
    later(seconds=61)
    jobs.write_letters()
    [mail] = smtp_server.messages
    address = mail["List-Unsubscribe"].strip(" <>").removeprefix("http://localhost:8000")
    name, _, value = mail["List-Unsubscribe-Post"].partition("=")
    answer = client.post(address, data={name: value})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert wish_of(author.id) is Wish.NONE
    _published(author)
    later(days=9)
    jobs.write_letters()
    assert len(smtp_server.messages) == 1


def test_opening_the_address_stops_nothing_and_its_button_does(
    app: Flask, client: FlaskClient
) -> None:
    person = account()
    address = f"/en/unsubscribe/{unsubscribing_token(person.id)}"
    page = client.get(address)
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert wish_of(person.id) is Wish.IMMEDIATE
    assert client.post(address).status_code == 303
    assert wish_of(person.id) is Wish.NONE
    assert "no more letters" in client.get(address).get_data(as_text=True)


@pytest.mark.parametrize("token", ["x", "MQ.bad", "MQ"])
def test_a_token_that_is_not_ours_opens_nothing(
    app: Flask, client: FlaskClient, token: str
) -> None:
    account()
    assert client.get(f"/en/unsubscribe/{token}").status_code == 404
    assert client.post(f"/en/unsubscribe/{token}").status_code == 404


def test_what_still_waits_for_a_letter_when_one_wants_no_more_is_not_sent_later(
    app: Flask, smtp_server: Postbox
) -> None:
    person = account()
    _published(person)
    browser = signed_in_client(app, person)
    post(browser, "/en/my/notices", {"mail": "none"})
    post(browser, "/en/my/notices", {"mail": "immediate"})
    later(days=2)
    jobs.write_letters()
    assert smtp_server.messages == []


def test_following_from_elsewhere_shows_on_the_page(app: Flask) -> None:
    person = account()
    made = proposal(campaign(), title="Gājēju iela")
    follower(person, f"proposal:{made.id}")
    page = signed_in_client(app, person).get("/lv/my/notices").get_data(as_text=True)
    assert "Gājēju iela" in page
