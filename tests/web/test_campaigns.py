"""The public pages of a campaign: read by anybody, in each stage, in each language."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import event

from app.campaigns import actions
from app.campaigns.models import Pacing
from app.campaigns.rules import Promises
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.db import db
from app.foundation.text import LocalizedText
from app.http.caching import keep_for
from tests.make.accounts import account
from tests.make.browsing import post, signed_in_client
from tests.make.campaigns import campaign, organiser, side_by_side, theme
from tests.make.proposals import proposal

STAGES = [stage for stage in Stage if stage is not Stage.CANCELLED]
PUBLIC = [stage for stage in STAGES if stage is not Stage.DRAFT]
PAGES = ["", "rules", "dates.ics"]


def read(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("stage", PUBLIC)
@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_every_stage_has_its_page(client: FlaskClient, stage: Stage, language: str) -> None:
    made = campaign(stage, slug="plans")
    theme(made)
    page = read(client, f"/{language}/campaigns/plans/")
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1
    assert "ogp@state.example" in page
    read(client, f"/{language}/campaigns/plans/rules")


@pytest.mark.parametrize("page", PAGES)
def test_a_campaign_in_preparation_is_not_there_for_others(app: Flask, page: str) -> None:
    made = campaign(Stage.DRAFT, slug="plans")
    address = f"/en/campaigns/plans/{page}"
    assert app.test_client().get(address).status_code == 404
    assert app.test_client().get("/api/v1/campaigns/plans").status_code == 404
    assert signed_in_client(app, organiser(made)).get(address).status_code == 200
    assert signed_in_client(app, organiser(campaign())).get(address).status_code == 404


def test_the_list_shows_only_what_was_announced(client: FlaskClient) -> None:
    campaign(Stage.DRAFT, title=LocalizedText.of("lv", lv="Vēl slepens"))
    campaign(Stage.VOTING, title=LocalizedText.of("lv", lv="Jau atklāts"))
    page = read(client, "/lv/campaigns/")
    assert "Jau atklāts" in page
    assert "slepens" not in page
    assert "slepens" not in read(client, "/lv/")


@pytest.mark.parametrize("page", ["-1", "0", "x", "99999999999999", "2", ""])
def test_a_page_number_that_is_none_is_the_nearest_page(client: FlaskClient, page: str) -> None:
    campaign()
    assert "Atvērtās pārvaldības plāns" in read(client, f"/lv/campaigns/?page={page}")


@pytest.mark.parametrize(
    ("stage", "word", "href"),
    [
        (Stage.ANNOUNCED, "Rules of participation", "/en/campaigns/plans/rules"),
        (Stage.SUBMISSION, "Write a proposal", "/en/campaigns/plans/propose"),
        (Stage.VOTING, "Choose proposals to support", "/en/campaigns/plans/proposals"),
        (Stage.REVIEW, "Shortlist", "/en/campaigns/plans/shortlist"),
        (Stage.ANSWERING, "Answers", "/en/campaigns/plans/answers/"),
        (Stage.CONCLUDED, "Answers", "/en/campaigns/plans/answers/"),
    ],
)
def test_each_stage_says_what_one_can_do_today(
    client: FlaskClient, stage: Stage, word: str, href: str
) -> None:
    campaign(stage, slug="plans")
    page = read(client, "/en/campaigns/plans/")
    today = page.split('id="today"')[1].split("</section>")[0]
    assert f'href="{href}' in today
    assert f">{word}</a>" in today


def test_side_by_side_one_can_propose_and_support(client: FlaskClient) -> None:
    side_by_side(slug="plans")
    page = read(client, "/en/campaigns/plans/")
    assert "Write a proposal" in page
    assert "Choose proposals to support" in page
    assert "Nobody can vote yet" not in page


def test_a_cancelled_campaign_says_why(client: FlaskClient) -> None:
    campaign(
        Stage.VOTING,
        slug="plans",
        cancelled_at=clock.now(),
        cancel_reason="Plānu vairs <b>negatavos</b>.",
    )
    page = read(client, "/en/campaigns/plans/")
    assert "Plānu vairs &lt;b&gt;negatavos&lt;/b&gt;." in page
    assert "Write a proposal" not in page
    assert "Choose proposals to support" not in page


def test_what_was_changed_since_the_announcement_is_listed_with_its_reason(
    app: Flask, client: FlaskClient
) -> None:
    made = campaign(Stage.SUBMISSION, slug="plans")
    by = organiser(made, "Elīna Zariņa")
    actions.move_date(
        made,
        "submission_closes_at",
        to=made.submission_closes_at + timedelta(days=2),
        reason="Platforma nebija pieejama.",
        by=by,
    )
    actions.change_campaign(
        made, promises=Promises(vote_limit=5), reason="Desmit ir par daudz.", by=by
    )
    page = read(client, "/en/campaigns/plans/")
    for words in ("Platforma nebija pieejama.", "Desmit ir par daudz.", "Elīna Zariņa"):
        assert words in page
    assert "up to 5 proposals" in read(client, "/en/campaigns/plans/rules")


def test_texts_in_another_language_are_marked_and_markdown_is_safe(client: FlaskClient) -> None:
    campaign(
        Stage.SUBMISSION,
        slug="plans",
        title=LocalizedText.of("lv", lv='Plāns "><svg onload=alert(1)>'),
        text=LocalizedText.of("lv", lv="**Svarīgi** <script>alert(1)</script>"),
    )
    page = read(client, "/en/campaigns/plans/")
    assert '<h1 lang="lv">' in page
    assert "<svg onload" not in page
    assert "<script>alert" not in page
    assert "<strong>Svarīgi</strong>" in page


def test_a_shared_link_has_a_preview(client: FlaskClient) -> None:
    campaign(Stage.SUBMISSION, slug="plans")
    page = read(client, "/en/campaigns/plans/")
    assert '<meta property="og:title" content="A plan">' in page
    assert '<meta property="og:description" content="What to do openly?">' in page
    assert 'property="og:url" content="http' in page


def test_themes_are_counted(client: FlaskClient) -> None:
    made = campaign(Stage.SUBMISSION, slug="plans")
    data = theme(made)
    for _ in range(3):
        proposal(made, theme_id=data.id)
    page = read(client, "/en/campaigns/plans/")
    assert 'data-label="Proposals">3</td>' in page
    assert "Read 3 proposals" in page


def events_in(file: bytes) -> list[Any]:
    calendar: Any = Calendar.from_ical(file)
    return list(calendar.walk("VEVENT"))


class TestCalendar:
    def test_it_holds_all_dates_under_lasting_names(self, client: FlaskClient) -> None:
        midnight = datetime(2027, 6, 29, 21, tzinfo=UTC)
        made = campaign(Stage.SUBMISSION, slug="plans", answers_due_at=midnight)
        answer = client.get("/lv/campaigns/plans/dates.ics")
        assert answer.mimetype == "text/calendar"
        events = events_in(answer.data)
        assert len(events) == 6
        assert len({str(each["UID"]) for each in events}) == 6
        [due] = [each for each in events if "answers_due" in each["UID"]]
        assert due["DTSTART"].dt == datetime(2027, 6, 29, 20, 59, tzinfo=UTC)
        assert events[0]["DTSTART"].dt.replace(second=0) == (
            made.submission_opens_at.replace(second=0)
        )

    def test_a_moved_date_keeps_its_name_and_grows_in_sequence(self, client: FlaskClient) -> None:
        made = campaign(Stage.SUBMISSION, slug="plans")
        before = events_in(client.get("/lv/campaigns/plans/dates.ics").data)
        actions.move_date(
            made,
            "answers_due_at",
            to=made.answers_due_at + timedelta(days=1),
            reason="Ministrijas lūdz vairāk laika.",
            by=organiser(made),
        )
        after = events_in(client.get("/lv/campaigns/plans/dates.ics").data)
        was, now = before[5], after[5]
        assert was["UID"] == now["UID"]
        assert (was["SEQUENCE"], now["SEQUENCE"]) == (0, 1)

    def test_side_by_side_the_dates_stand_in_their_order(self, client: FlaskClient) -> None:
        side_by_side(slug="plans")
        events = events_in(client.get("/lv/campaigns/plans/dates.ics").data)
        starts = [each["DTSTART"].dt for each in events]
        assert starts == sorted(starts)


class TestOpenData:
    def test_a_campaign_as_json_says_what_its_page_says(self, client: FlaskClient) -> None:
        made = campaign(Stage.VOTING, slug="plans", vote_limit=5)
        theme(made)
        told = client.get("/api/v1/campaigns/plans").get_json()
        assert told["stage"] == "voting"
        assert told["title"] == {
            "original": "lv",
            "lv": "Atvērtās pārvaldības plāns",
            "en": "A plan",
        }
        assert told["promises"]["vote_limit"] == 5
        assert told["promises"]["shortlist_rule"] == {"rule": "top", "k": 10}
        assert datetime.fromisoformat(told["dates"]["voting_closes_at"]) == made.voting_closes_at
        assert [each["key"] for each in told["themes"]] == ["dati"]

    def test_the_list_holds_what_was_announced(self, client: FlaskClient) -> None:
        campaign(Stage.DRAFT)
        campaign(Stage.VOTING, slug="plans")
        told = client.get("/api/v1/campaigns").get_json()
        assert [each["slug"] for each in told["campaigns"]] == ["plans"]

    def test_an_unknown_one_is_a_problem_in_json(self, client: FlaskClient) -> None:
        answer = client.get("/api/v1/campaigns/none")
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "address", ["/lv/", "/lv/campaigns/", "/lv/campaigns/plans/", "/api/v1/campaigns/plans"]
)
def test_visitors_are_served_kept_pages_and_others_their_own(app: Flask, address: str) -> None:
    person = organiser(campaign(Stage.SUBMISSION, slug="plans"))
    keep_for(app, timedelta(seconds=30))
    try:
        first = app.test_client().get(address)
        assert first.headers["Cache-Control"] == "public, max-age=60"
        assert "Cookie" in ",".join(first.headers.getlist("Vary"))
        again = app.test_client().get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        own = signed_in_client(app, person).get(address)
        assert own.status_code == 200
        assert "no-store" in own.headers["Cache-Control"]
    finally:
        keep_for(app, timedelta())


@pytest.mark.parametrize("address", ["/lv/", "/lv/campaigns/", "/lv/campaigns/plans/"])
def test_a_page_asks_the_database_as_often_whatever_there_is(
    client: FlaskClient, address: str
) -> None:
    made = campaign(Stage.SUBMISSION, slug="plans")
    theme(made, "a")
    few = _statements(client, address)
    for number in range(3):
        theme(made, f"t{number}")
        other = campaign(Stage.VOTING)
        proposal(other)
        proposal(made)
    assert _statements(client, address) == few
    assert few < 12


def _statements(client: FlaskClient, address: str) -> int:
    asked = []

    def count(*context: object) -> None:
        asked.append(context[2])

    db.session.commit()
    event.listen(db.engine, "before_cursor_execute", count)
    try:
        read(client, address)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(asked)


def test_the_pacing_is_told_as_data(client: FlaskClient) -> None:
    side_by_side(slug="plans")
    assert client.get("/api/v1/campaigns/plans").get_json()["pacing"] == Pacing.SIDE_BY_SIDE


def test_following_is_a_choice_that_can_be_taken_back(app: Flask) -> None:
    campaign(Stage.SUBMISSION, slug="plans")
    browser = signed_in_client(app, account())
    assert "Follow the campaign" in read(browser, "/en/campaigns/plans/")
    for _ in range(2):
        assert post(browser, "/en/campaigns/plans/follow").status_code == 303
    assert "Stop following" in read(browser, "/en/campaigns/plans/")
    assert post(browser, "/en/campaigns/plans/stop-following").status_code == 303
    assert "Follow the campaign" in read(browser, "/en/campaigns/plans/")
    assert "Sign in to follow" in read(app.test_client(), "/en/campaigns/plans/")
