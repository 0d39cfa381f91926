"""Supporting on pages and through the interface, with and without script."""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, g, render_template
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from app import config
from app.accounts.models import Account
from app.campaigns.models import Assurance
from app.campaigns.stages import Stage
from app.follows.queries import follows
from app.foundation import clock
from app.foundation.db import db
from app.proposals.models import Proposal, State
from app.voting import actions, queries
from app.voting.models import Consent, Participation
from tests.make import voting
from tests.make.accounts import account
from tests.make.browsing import csrf_token, post, signed_in_client
from tests.make.campaigns import campaign
from tests.make.proposals import proposal

FRAGMENT = {"Accept": "text/html; fragment"}


def address(idea: Proposal, act: str = "support") -> str:
    return f"/en/campaigns/{idea.campaign.slug}/{act}"


def fields(idea: Proposal, *, consent: bool = False) -> dict[str, str]:
    return {"proposal": idea.reference or ""} | (
        {"consent": actions.CONSENT_VERSION} if consent else {}
    )


def box(app: Flask, idea: Proposal, client: FlaskClient | None = None) -> str:
    """The support box alone, as a page of this person would include it."""
    with as_this_person(app, client):
        return render_template("voting/box.html", proposal=idea)


@contextmanager
def as_this_person(app: Flask, client: FlaskClient | None) -> Iterator[None]:
    cookie = client.get_cookie("talka") if client else None
    headers = {"Cookie": f"talka={cookie.value}"} if cookie else {}
    for name in list(vars(g)):
        g.pop(name)  # the test and the page share one context here
    with app.test_request_context("/en/help", headers=headers):
        yield


def test_a_support_is_recorded_and_leads_to_a_page_that_says_so(app: Flask) -> None:
    idea, person = proposal(campaign(Stage.VOTING)), account()
    browser = signed_in_client(app, person)
    answer = post(browser, address(idea), fields(idea, consent=True))
    assert answer.status_code == 303
    assert answer.location == address(idea, "support/recorded")
    page = browser.get(answer.location).get_data(as_text=True)
    assert "Your support is recorded" in page
    receipt = actions.receipt(idea.campaign, idea, by=person)
    assert receipt is not None and receipt.code in page


def test_no_address_names_the_proposal(app: Flask) -> None:
    idea = proposal(campaign(Stage.VOTING))
    browser = signed_in_client(app, account())
    answer = post(browser, address(idea), fields(idea, consent=True))
    assert idea.reference is not None
    for link in (answer.location, address(idea), address(idea, "my-support")):
        assert idea.reference not in link
    page = browser.get(answer.location).get_data(as_text=True)
    assert idea.reference not in page
    with browser.session_transaction() as session:
        assert idea.reference not in json.dumps(dict(session))


def test_the_first_support_asks_for_consent_where_it_happened(app: Flask) -> None:
    idea = proposal(campaign(Stage.VOTING))
    browser = signed_in_client(app, account())
    assert 'name="consent"' in box(app, idea, browser)
    answer = post(browser, address(idea), fields(idea))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page and "Please agree first" in page
    assert queries.count_live(idea.campaign) == 0
    assert db.session.scalars(select(Consent)).all() == []
    assert post(browser, address(idea), fields(idea, consent=True)).status_code == 303
    assert 'name="consent"' not in box(app, proposal(idea.campaign), browser)


def test_a_second_press_says_that_it_is_supported_already(app: Flask) -> None:
    idea, person = proposal(campaign(Stage.VOTING)), account()
    browser = signed_in_client(app, person)
    for sentence in ("Your support is recorded", "You already support this"):
        answer = post(browser, address(idea), fields(idea, consent=True), follow=True)
        assert sentence in answer.get_data(as_text=True)
    assert queries.count_live(idea.campaign) == 1


def test_with_a_script_only_the_box_is_answered(app: Flask) -> None:
    idea = proposal(campaign(Stage.VOTING))
    browser = signed_in_client(app, account())
    given = post(browser, address(idea), fields(idea, consent=True), headers=FRAGMENT)
    assert given.status_code == 200
    assert given.get_data(as_text=True).count("<form") == 1
    assert f'id="support-{idea.reference}"' in given.get_data(as_text=True)
    assert "You support this proposal" in given.get_data(as_text=True)
    taken = post(browser, address(idea, "support/withdraw"), fields(idea), headers=FRAGMENT)
    assert "Support this proposal" in taken.get_data(as_text=True)
    assert queries.count_live(idea.campaign) == 0


def test_withdrawing_leads_to_what_one_supports_and_twice_is_harmless(app: Flask) -> None:
    idea, person = proposal(campaign(Stage.VOTING)), account()
    voting.support(person, idea)
    browser = signed_in_client(app, person)
    for sentence in ("Your support is withdrawn", "You did not support this proposal any more"):
        answer = post(browser, address(idea, "support/withdraw"), fields(idea), follow=True)
        assert answer.request.path == address(idea, "my-support")
        assert sentence in answer.get_data(as_text=True)


def test_my_support_lists_mine_alone_with_codes_and_ways_back(app: Flask) -> None:
    c = campaign(Stage.VOTING, vote_limit=3)
    mine, other = proposal(c, title="Manējais"), proposal(c, title="Svešais")
    person = account()
    [receipt] = voting.support(person, mine)
    voting.support(account(), other)
    page = signed_in_client(app, person).get(f"/en/campaigns/{c.slug}/my-support")
    text = page.get_data(as_text=True)
    assert "Manējais" in text and receipt.code in text and "Withdraw my support" in text
    assert "Svešais" not in text
    assert "You can support 2 more." in text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_my_support_without_a_key_says_so_and_breaks_nothing(app: Flask) -> None:
    idea, person = proposal(campaign(Stage.VOTING)), account()
    voting.support(person, idea)
    (config.settings().key_store / f"{idea.campaign.slug}.key").unlink()
    browser = signed_in_client(app, person)
    page = browser.get(address(idea, "my-support"))
    assert page.status_code == 200
    assert "cannot be reached" in page.get_data(as_text=True)
    assert "cannot be reached" in box(app, idea, browser)
    answer = post(browser, address(idea), fields(idea))
    assert answer.status_code == 409


def test_a_receipt_can_be_downloaded_by_its_owner(app: Flask) -> None:
    idea, person = proposal(campaign(Stage.VOTING)), account()
    [receipt] = voting.support(person, idea)
    browser = signed_in_client(app, person)
    answer = post(browser, address(idea, "support/receipt"), fields(idea))
    assert answer.get_json()["commitment"] == receipt.commitment
    assert answer.headers["Content-Disposition"].startswith("attachment")
    stranger = signed_in_client(app, account())
    assert post(stranger, address(idea, "support/receipt"), fields(idea)).status_code == 404


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.SORTING, "voting opens"),
        (Stage.VOTING, "Sign in and support"),
        (Stage.REVIEW, "The votes are being counted"),
        (Stage.DRAFT, ""),
    ],
)
def test_the_box_says_to_a_visitor_what_can_be_done_when(
    app: Flask, stage: Stage, words: str
) -> None:
    drawn = box(app, proposal(campaign(stage)))
    assert words in drawn
    assert bool(drawn.strip()) == bool(words)
    assert "csrf_token" not in drawn


def test_the_box_of_somebody_who_may_not_says_why(app: Flask) -> None:
    c = campaign(Stage.VOTING, vote_limit=1, to_support=Assurance.EMAIL)
    one, two = proposal(c), proposal(c)
    person = account()
    voting.support(person, one)
    browser = signed_in_client(app, person)
    assert "You support this proposal" in box(app, one, browser)
    assert "the most that one person can" in box(app, two, browser)
    verified = proposal(campaign(Stage.VOTING, to_support=Assurance.VERIFIED))
    assert "prove who you are" in box(app, verified, signed_in_client(app, account()))
    hidden = proposal(c, state=State.HIDDEN)
    assert box(app, hidden, browser).strip() == ""


def test_after_the_count_the_box_shows_it_to_everybody(app: Flask) -> None:
    idea = proposal(campaign(Stage.VOTING))
    voting.support(account(), idea)
    voting.close(idea.campaign)
    assert "1 person supported this proposal" in box(app, idea)


@pytest.mark.parametrize("act", ["support", "support/withdraw"])
def test_a_refusal_is_said_on_the_page_and_changes_nothing(app: Flask, act: str) -> None:
    idea, person = proposal(campaign(Stage.VOTING)), account()
    voting.support(person, idea)
    clock.set_offset(idea.campaign.voting_closes_at - clock.now())
    browser = signed_in_client(app, person)
    answer = post(browser, address(idea, act), fields(idea, consent=True))
    assert answer.status_code == 403
    assert "Voting has closed" in answer.get_data(as_text=True)


def test_one_too_many_is_refused_with_the_sentence(app: Flask) -> None:
    c = campaign(Stage.VOTING, vote_limit=1)
    one, two = proposal(c), proposal(c)
    browser = signed_in_client(app, account())
    post(browser, address(one), fields(one, consent=True))
    answer = post(browser, address(two), fields(two))
    assert answer.status_code == 409
    assert "the most that one person can" in answer.get_data(as_text=True)
    assert db.session.scalars(select(Participation.n)).one() == 1


def test_what_is_not_there_or_not_in_this_campaign_is_not_found(app: Flask) -> None:
    idea, elsewhere = proposal(campaign(Stage.VOTING)), proposal(campaign(Stage.VOTING))
    draft = proposal(idea.campaign, state=State.SUBMITTED)
    browser = signed_in_client(app, account())
    for named in ("", "T9-9999", elsewhere.reference, draft.reference, "x" * 5000, "\0"):
        answer = post(browser, address(idea), {"proposal": named, "consent": "1"})
        assert answer.status_code == 404, named


def test_visitors_are_asked_to_sign_in(app: Flask) -> None:
    idea = proposal(campaign(Stage.VOTING))
    visitor = app.test_client()
    assert post(visitor, address(idea), fields(idea)).status_code == 401
    page = visitor.get(address(idea, "my-support"))
    assert page.status_code == 303 and "/sign-in" in page.location


def test_a_form_from_elsewhere_is_not_taken(app: Flask) -> None:
    idea, person = proposal(campaign(Stage.VOTING)), account()
    browser = signed_in_client(app, person)
    answer = browser.post(address(idea), data=fields(idea, consent=True))
    assert answer.status_code in {400, 422}
    assert queries.count_live(idea.campaign) == 0


def test_following_the_campaign_is_offered_and_is_a_choice(app: Flask) -> None:
    idea, person = proposal(campaign(Stage.VOTING)), account()
    browser = signed_in_client(app, person)
    page = post(browser, address(idea), fields(idea, consent=True), follow=True)
    assert "Follow this campaign" in page.get_data(as_text=True)
    subject = f"campaign:{idea.campaign_id}"
    assert not follows(person.id, subject)
    post(browser, address(idea, "support/follow"))
    assert follows(person.id, subject)


def test_nothing_of_a_vote_is_written_into_a_log(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    idea, person = proposal(campaign(Stage.VOTING)), account()
    browser = signed_in_client(app, person)
    with caplog.at_level(logging.DEBUG):
        post(browser, address(idea), fields(idea, consent=True), follow=True)
        post(browser, address(idea, "support/withdraw"), fields(idea), follow=True)
    assert idea.reference is not None and person.email is not None
    assert idea.reference not in caplog.text


def count_queries(app: Flask, idea: Proposal, person: Account) -> int:
    seen: list[str] = []

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(re.sub(r"\s+", " ", statement))

    with as_this_person(app, signed_in_client(app, person)):
        event.listen(Engine, "before_cursor_execute", note)
        try:
            render_template("voting/box.html", proposal=idea)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
    return len(seen)


def test_the_box_costs_the_same_few_queries_however_much_there_is(app: Flask) -> None:
    c = campaign(Stage.VOTING)
    ideas = [proposal(c) for _ in range(6)]
    few, many = account(), account()
    voting.support(few, ideas[0])
    voting.support(many, *ideas)
    costs = {count_queries(app, ideas[0], person) for person in (few, many)}
    assert len(costs) == 1 and costs.pop() <= 12  # layout and menu included


class TestInterface:
    def headers(self, browser: FlaskClient) -> dict[str, str]:
        return {"X-CSRFToken": csrf_token(browser)}

    def url(self, idea: Proposal) -> str:
        return f"/api/v1/campaigns/{idea.campaign.slug}/support"

    def test_gives_and_takes_back_as_the_pages_do(self, app: Flask) -> None:
        idea, person = proposal(campaign(Stage.VOTING)), account()
        browser = signed_in_client(app, person)
        ask = {"headers": self.headers(browser), "json": fields(idea, consent=True)}
        first, second = (browser.put(self.url(idea), **ask) for _ in range(2))
        assert (first.get_json()["is_new"], second.get_json()["is_new"]) == (True, False)
        assert first.get_json()["code"] == second.get_json()["code"]
        assert browser.get(self.url(idea)).get_json() == {"proposals": [idea.reference]}
        ask["json"] = fields(idea)
        gone = [browser.delete(self.url(idea), **ask).get_json() for _ in range(2)]
        assert gone == [{"was_there": True}, {"was_there": False}]

    def test_refuses_as_the_pages_do_in_a_form_for_programs(self, app: Flask) -> None:
        idea = proposal(campaign(Stage.VOTING))
        browser = signed_in_client(app, account())
        answers = {
            browser.put(self.url(idea), json=fields(idea, consent=True)).status_code: "no token",
            browser.put(
                self.url(idea), json=fields(idea), headers=self.headers(browser)
            ).status_code: "no consent",
            browser.put(
                self.url(idea), json={"proposal": "T0-1"}, headers=self.headers(browser)
            ).status_code: "no such proposal",
        }
        assert answers == {400: "no token", 422: "no consent", 404: "no such proposal"}
        refused = browser.put(self.url(idea), json=fields(idea), headers=self.headers(browser))
        assert refused.content_type == "application/problem+json"
        assert queries.count_live(idea.campaign) == 0

    @pytest.mark.parametrize(
        "body", [b"", b"[]", b"null", b"{", b'{"proposal": 7}', b'{"proposal": {}}', b"\xff"]
    )
    def test_nonsense_is_refused_with_a_sentence(self, app: Flask, body: bytes) -> None:
        idea = proposal(campaign(Stage.VOTING))
        browser = signed_in_client(app, account())
        answer = browser.put(
            self.url(idea),
            data=body,
            headers={**self.headers(browser), "Content-Type": "application/json"},
        )
        assert 400 <= answer.status_code < 500
        assert answer.get_json()

    def test_visitors_are_refused(self, app: Flask) -> None:
        idea = proposal(campaign(Stage.VOTING))
        assert app.test_client().get(self.url(idea)).status_code == 401
