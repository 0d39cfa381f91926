"""The organiser's desk: from an idea to an announced campaign, and through its stages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.campaigns import queries
from app.campaigns.models import CampaignOffice, Pacing
from app.campaigns.stages import Stage, stage_of
from app.foundation import clock
from app.foundation.db import db
from app.proposals.models import State
from tests.make.accounts import account, administrator
from tests.make.browsing import post, signed_in_client
from tests.make.campaigns import campaign, complete_campaign, moderator, organiser, theme
from tests.make.proposals import proposal

REASON = "Platforma nebija pieejama sešas stundas."
CREATE = {
    "title_lv": "Sestais plāns",
    "slug": "plans-2028",
    "reference_prefix": "OGP6",
    "contact_email": "ogp@state.example",
    "reason": "Valsts kancelejas rīkojums Nr. 7",
}
DATES = {
    "pacing": "in_turn",
    "submission_opens_at": "2027-02-15T10:00",
    "submission_closes_at": "2027-03-24T00:00",
    "voting_opens_at": "2027-04-12T10:00",
    "voting_closes_at": "2027-05-19T00:00",
    "review_closes_at": "2027-07-01T00:00",
    "answers_due_at": "2027-09-01T00:00",
}
PAGES = [
    "",
    "texts",
    "dates",
    "promises",
    "themes",
    "announce",
    "people",
    "preview",
]


def words(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


@pytest.fixture
def made(app: Flask) -> Any:
    return complete_campaign(slug="plans")


@pytest.fixture
def desk(app: Flask, made: Any) -> FlaskClient:
    """An organiser's browser."""
    return signed_in_client(app, organiser(made, "Elīna Zariņa"))


def again(slug: str = "plans") -> Any:
    db.session.expire_all()
    return queries.by_slug(slug)


class TestFromNothingToAnnounced:
    def test_an_administrator_creates_and_an_organiser_announces(self, app: Flask) -> None:
        person = account("Elīna", email="elina@state.example")
        admin = signed_in_client(app, administrator())
        answer = post(
            admin, "/en/organising/create", CREATE | {"organiser": "Elina+ogp@state.example"}
        )
        assert answer.headers["Location"].endswith("/en/organising/plans-2028/")
        mine = signed_in_client(app, person)
        assert "Sestais plāns" in words(mine.get("/en/organising/"))
        first = words(mine.get("/en/organising/plans-2028/"))
        assert "Appoint at least two moderators" in first
        for number in range(2):
            name = f"m{number}@state.example"
            account(email=name)
            appointed = {"person": name, "office": "moderator", "reason": "Strādā nodaļā"}
            assert post(mine, "/en/organising/plans-2028/people", appointed).status_code == 303
        texts = {
            "title_lv": "Sestais plāns",
            "summary_lv": "Ko darīt atklātāk?",
            "contact_organisation_lv": "Valsts kanceleja",
            "contact_email": "ogp@state.example",
            "plan": "0",
        }
        assert post(mine, "/en/organising/plans-2028/texts", texts).status_code == 303
        assert "Everything is there" in words(mine.get("/en/organising/plans-2028/"))
        assert post(mine, "/en/organising/plans-2028/announce").status_code == 303
        assert stage_of(again("plans-2028"), clock.now()) is Stage.ANNOUNCED
        assert app.test_client().get("/lv/campaigns/plans-2028/").status_code == 200

    def test_announcing_twice_is_harmless_and_says_so(self, desk: FlaskClient) -> None:
        post(desk, "/en/organising/plans/announce")
        answer = post(desk, "/en/organising/plans/announce", follow=True)
        assert "already been announced" in words(answer)

    def test_what_is_lacking_is_said_and_nothing_is_announced(self, app: Flask) -> None:
        one = campaign(Stage.DRAFT, slug="plans")
        browser = signed_in_client(app, organiser(one))
        page = words(browser.get("/en/organising/plans/announce"))
        assert "Appoint at least two moderators" in page
        assert "Announce it now" not in page
        assert post(browser, "/en/organising/plans/announce").status_code == 422
        assert again().announced_at is None

    def test_short_notice_is_asked_for_a_reason(self, made: Any, desk: FlaskClient) -> None:
        made.submission_opens_at = clock.now() + timedelta(days=3)
        answer = post(desk, "/en/organising/plans/announce")
        assert answer.status_code == 422
        assert "14 days" in words(answer)
        given = {"short_notice_reason_lv": "Valdība lūdz plānu līdz gada beigām."}
        assert post(desk, "/en/organising/plans/announce", given).status_code == 303
        assert again().short_notice_reason.wordings["lv"].startswith("Valdība")

    def test_an_organiser_nobody_knows_is_named_beside_the_field(self, app: Flask) -> None:
        admin = signed_in_client(app, administrator())
        answer = post(
            admin, "/en/organising/create", CREATE | {"organiser": "nobody@state.example"}
        )
        assert answer.status_code == 422
        assert "Nobody has signed in with this address yet" in words(answer)
        assert "Sestais plāns" in words(answer)

    def test_a_double_click_creates_one_campaign(self, app: Flask) -> None:
        account(email="elina@state.example")
        admin = signed_in_client(app, administrator())
        form = CREATE | {"organiser": "elina@state.example"}
        assert post(admin, "/en/organising/create", form).status_code == 303
        second = post(admin, "/en/organising/create", form)
        assert second.status_code == 422
        assert "Another campaign has this address." in words(second)


class TestDates:
    def test_they_are_typed_in_the_installation_s_time(self, desk: FlaskClient) -> None:
        assert post(desk, "/en/organising/plans/dates", DATES).status_code == 303
        one = again()
        assert one.submission_opens_at == datetime(2027, 2, 15, 8, tzinfo=UTC)
        assert one.voting_opens_at == datetime(2027, 4, 12, 7, tzinfo=UTC)
        page = words(desk.get("/en/organising/plans/dates"))
        assert 'value="2027-04-12T10:00"' in page

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("2027-03-28T03:30", "This time does not exist"),
            ("2027-10-31T03:30", "This time comes twice"),
            ("", "Write a date and a time."),
            ("tomorrow", "Write it as in"),
            ("2027-02-30T10:00", "Write it as in"),
            ("0000-00-00T00:00", "Write it as in"),
        ],
    )
    def test_a_time_that_is_no_moment_is_refused_and_kept(
        self, desk: FlaskClient, typed: str, sentence: str
    ) -> None:
        answer = post(desk, "/en/organising/plans/dates", DATES | {"voting_opens_at": typed})
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert f'value="{typed}"' in words(answer) or not typed
        assert 'value="2027-05-19T00:00"' in words(answer)

    def test_where_there_is_no_picker_people_type(self, desk: FlaskClient) -> None:
        typed = DATES | {"voting_opens_at": "12.04.2027 10:00"}
        assert post(desk, "/en/organising/plans/dates", typed).status_code == 303
        assert again().voting_opens_at == datetime(2027, 4, 12, 7, tzinfo=UTC)

    def test_dates_that_cross_are_named(self, desk: FlaskClient) -> None:
        crossed = DATES | {"voting_closes_at": "2027-04-11T00:00"}
        answer = post(desk, "/en/organising/plans/dates", crossed)
        assert answer.status_code == 422
        assert "Voting must close after it opens." in words(answer)

    def test_side_by_side_is_a_choice(self, desk: FlaskClient) -> None:
        dates = DATES | {"pacing": "side_by_side", "voting_opens_at": "2027-02-20T10:00"}
        assert post(desk, "/en/organising/plans/dates", dates).status_code == 303
        assert again().pacing is Pacing.SIDE_BY_SIDE

    def test_nonsense_for_a_choice_is_a_sentence_and_no_crash(self, desk: FlaskClient) -> None:
        assert post(desk, "/en/organising/plans/dates", DATES | {"pacing": "x"}).status_code == 422


class TestWhileItRuns:
    @pytest.fixture
    def running(self, app: Flask) -> FlaskClient:
        one = campaign(Stage.SUBMISSION, slug="runs")
        for _ in range(2):
            moderator(one)
        return signed_in_client(app, organiser(one))

    def test_a_date_is_moved_with_a_reason_that_everybody_reads(
        self, app: Flask, running: FlaskClient
    ) -> None:
        to = (again("runs").answers_due_at + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
        address = "/en/organising/runs/move-date/answers_due_at"
        assert post(running, address, {"to": to, "reason": ""}).status_code == 422
        assert post(running, address, {"to": to, "reason": REASON}).status_code == 303
        assert REASON in words(app.test_client().get("/en/campaigns/runs/"))

    def test_an_unknown_date_is_not_there(self, running: FlaskClient) -> None:
        assert running.get("/en/organising/runs/move-date/created_at").status_code == 404

    def test_voting_is_prolonged_once(self, app: Flask) -> None:
        one = campaign(Stage.VOTING, slug="votes")
        browser = signed_in_client(app, organiser(one))
        assert "Prolong voting" in words(browser.get("/en/organising/votes/"))
        until = (one.voting_closes_at + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
        form = {"until": until, "reason": REASON}
        assert post(browser, "/en/organising/votes/prolong", form).status_code == 303
        later = (again("votes").voting_closes_at + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        second = post(browser, "/en/organising/votes/prolong", form | {"until": later})
        assert second.status_code == 409
        assert "already been prolonged once" in words(second)

    def test_once_voting_is_open_the_rules_page_says_why_not(self, app: Flask) -> None:
        one = campaign(Stage.VOTING, slug="votes")
        browser = signed_in_client(app, organiser(one))
        answer = browser.get("/en/organising/votes/promises")
        assert answer.status_code == 403
        assert "cannot be changed any more" in words(answer)
        assert "cannot be changed any more" in words(browser.get("/en/organising/votes/"))

    def test_it_is_cancelled_once(self, app: Flask, running: FlaskClient) -> None:
        assert post(running, "/en/organising/runs/cancel", {"reason": " "}).status_code == 422
        assert post(running, "/en/organising/runs/cancel", {"reason": REASON}).status_code == 303
        second = post(running, "/en/organising/runs/cancel", {"reason": REASON}, follow=True)
        assert "already been cancelled" in words(second)
        assert REASON in words(app.test_client().get("/en/campaigns/runs/"))

    def test_the_desk_counts_what_waits(self, app: Flask, running: FlaskClient) -> None:
        for _ in range(3):
            proposal(again("runs"), state=State.SUBMITTED)
        page = words(running.get("/en/organising/runs/"))
        assert "the oldest waits since" in page
        assert "0 of 0 answered" in page

    def test_a_changed_rule_needs_a_reason(self, running: FlaskClient) -> None:
        form = {
            "vote_limit": "3",
            "shortlist_rule": "top",
            "shortlist_number": "10",
            "minimum_age": "16",
            "conclusion_before_promotion": "y",
        }
        assert post(running, "/en/organising/runs/promises", form).status_code == 422
        assert (
            post(running, "/en/organising/runs/promises", form | {"reason": REASON}).status_code
            == 303
        )
        assert again("runs").vote_limit == 3


class TestPromises:
    @pytest.mark.parametrize(
        ("rule", "number", "stored"),
        [
            ("top", "20", {"rule": "top", "k": 20}),
            ("top-per-theme", "9", {"rule": "top-per-theme", "k": 9}),
            ("at-least", "50", {"rule": "at-least", "n": 50}),
        ],
    )
    def test_a_shortlist_rule_is_stored_as_it_is_published(
        self, desk: FlaskClient, rule: str, number: str, stored: dict[str, object]
    ) -> None:
        form = {"shortlist_rule": rule, "shortlist_number": number, "minimum_age": "16"}
        assert post(desk, "/en/organising/plans/promises", form).status_code == 303
        one = again()
        assert one.shortlist_rule == stored
        assert one.vote_limit is None
        assert one.conclusion_before_promotion is False

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("vote_limit", "0"),
            ("vote_limit", "ten"),
            ("minimum_age", "-3"),
            ("vote_limit", "9" * 30),
        ],
    )
    def test_numbers_that_make_no_sense_are_named(
        self, desk: FlaskClient, field: str, typed: str
    ) -> None:
        form = {"shortlist_rule": "top", "shortlist_number": "10", "minimum_age": "16"}
        answer = post(desk, "/en/organising/plans/promises", form | {field: typed})
        assert answer.status_code == 422
        assert f'value="{typed}"' in words(answer)

    def test_a_rule_has_to_be_chosen(self, made: Any, desk: FlaskClient) -> None:
        made.shortlist_rule = {}
        answer = post(desk, "/en/organising/plans/promises", {"minimum_age": "16"})
        assert answer.status_code == 422


class TestThemes:
    def test_they_are_added_changed_moved_and_removed(self, made: Any, desk: FlaskClient) -> None:
        for name in ("Dati", "Valoda"):
            added = post(desk, "/en/organising/plans/themes", {"name_lv": name, "group": "0"})
            assert added.status_code == 303
        first, second = (each.id for each in queries.themes_of(made))
        address = f"/en/organising/plans/themes/{second}"
        assert post(desk, f"{address}/move", {"towards": "start"}).status_code == 303
        changed = post(desk, address, {"name_lv": "Saprotama valoda", "group": "0"})
        assert changed.status_code == 303
        assert [str(t.name.best_for("lv")) for t in queries.themes_of(again())] == [
            "Saprotama valoda",
            "Dati",
        ]
        for _ in range(2):
            gone = post(desk, f"/en/organising/plans/themes/{first}/remove")
            assert gone.status_code == 303
        assert len(queries.themes_of(again())) == 1

    def test_a_used_theme_stays(self, made: Any, desk: FlaskClient) -> None:
        used = theme(made)
        proposal(made, theme_id=used.id)
        answer = post(desk, f"/en/organising/plans/themes/{used.id}/remove")
        assert answer.status_code == 409
        assert len(queries.themes_of(again())) == 1

    def test_a_theme_of_another_campaign_is_not_there(self, desk: FlaskClient) -> None:
        other = theme(campaign())
        for address in ("", "/move", "/remove"):
            answer = post(desk, f"/en/organising/plans/themes/{other.id}{address}")
            assert answer.status_code == 404


class TestOffices:
    def test_an_office_is_taken_back_with_a_reason(self, made: Any, desk: FlaskClient) -> None:
        held = next(
            a for a in queries.appointments_in(made) if a.office is CampaignOffice.MODERATOR
        )
        address = f"/en/organising/plans/people/{held.id}"
        assert post(desk, address, {"reason": ""}).status_code == 422
        assert post(desk, address, {"reason": "Vairs nestrādā nodaļā"}).status_code == 303
        assert held.id not in {a.id for a in queries.appointments_in(again())}

    def test_the_last_organiser_stays(self, made: Any, desk: FlaskClient) -> None:
        held = next(
            a for a in queries.appointments_in(made) if a.office is CampaignOffice.ORGANISER
        )
        answer = post(desk, f"/en/organising/plans/people/{held.id}", {"reason": REASON})
        assert answer.status_code == 409
        assert "last organiser" in words(answer)

    def test_whoever_gives_their_own_office_back_is_led_away(
        self, made: Any, desk: FlaskClient
    ) -> None:
        own = next(a for a in queries.appointments_in(made) if a.office is CampaignOffice.ORGANISER)
        organiser(made)
        answer = post(desk, f"/en/organising/plans/people/{own.id}", {"reason": REASON})
        assert answer.headers["Location"] == "/en/organising/"


class TestWhoMay:
    @pytest.mark.parametrize("page", PAGES)
    def test_a_draft_is_not_there_for_others(self, app: Flask, made: Any, page: str) -> None:
        address = f"/en/organising/plans/{page}"
        assert app.test_client().get(address).status_code == 303
        assert signed_in_client(app, account()).get(address).status_code == 404
        other = organiser(campaign())
        assert signed_in_client(app, other).get(address).status_code == 404

    @pytest.mark.parametrize("page", PAGES)
    def test_an_announced_one_refuses_others_with_a_sentence(self, app: Flask, page: str) -> None:
        campaign(Stage.ANNOUNCED, slug="plans")
        answer = signed_in_client(app, account()).get(f"/en/organising/plans/{page}")
        assert answer.status_code == 403
        assert "Only" in words(answer)

    @pytest.mark.parametrize("page", PAGES)
    def test_its_organiser_opens_every_page(self, desk: FlaskClient, page: str) -> None:
        assert desk.get(f"/en/organising/plans/{page}").status_code == 200

    @pytest.mark.parametrize("page", ["texts", "dates", "promises", "themes", "announce"])
    def test_an_administrator_appoints_and_writes_nothing(
        self, app: Flask, made: Any, page: str
    ) -> None:
        browser = signed_in_client(app, administrator())
        assert browser.get("/en/organising/plans/").status_code == 200
        assert browser.get("/en/organising/plans/people").status_code == 200
        assert browser.get(f"/en/organising/plans/{page}").status_code == 403

    def test_whoever_organises_nothing_is_told_how_one_does(self, app: Flask) -> None:
        page = words(signed_in_client(app, account()).get("/en/organising/"))
        assert "You do not organise a campaign" in page
        assert "Create a campaign" not in page

    def test_only_an_administrator_creates(self, app: Flask, desk: FlaskClient) -> None:
        assert desk.get("/en/organising/create").status_code == 403


@pytest.mark.parametrize("language", ["lv", "lt"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_every_language(desk: FlaskClient, language: str, page: str) -> None:
    assert f'<html lang="{language}">' in words(desk.get(f"/{language}/organising/plans/{page}"))


def test_texts_that_are_too_long_or_strange_are_kept_and_named(desk: FlaskClient) -> None:
    form = {
        "title_lv": "x" * 151,
        "title_en": '"><svg onload=alert(1)>',
        "contact_email": "nav adrese",
        "plan": "999",
    }
    answer = post(desk, "/en/organising/plans/texts", form)
    page = words(answer)
    assert answer.status_code == 422
    assert "<svg onload" not in page
    assert "x" * 151 in page
