"""What must hold of a campaign's dates, promises and words."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.campaigns import rules
from app.campaigns.models import Pacing
from app.campaigns.rules import Dates, Promises, Words
from app.foundation.text import LocalizedText

RIGA = ZoneInfo("Europe/Riga")
DAY = timedelta(days=1)
OPENS = datetime(2027, 2, 15, 10, tzinfo=RIGA)

IN_TURN = Dates(
    submission_opens_at=OPENS,
    submission_closes_at=OPENS + 30 * DAY,
    voting_opens_at=OPENS + 40 * DAY,
    voting_closes_at=OPENS + 60 * DAY,
    review_closes_at=OPENS + 90 * DAY,
    answers_due_at=OPENS + 150 * DAY,
)
SIDE_BY_SIDE = replace(
    IN_TURN,
    pacing=Pacing.SIDE_BY_SIDE,
    voting_opens_at=OPENS + DAY,
)


@pytest.mark.parametrize("dates", [IN_TURN, SIDE_BY_SIDE])
def test_dates_in_order_have_no_fault(dates: Dates) -> None:
    assert rules.faults_of_dates(dates) == {}


@pytest.mark.parametrize("dates", [IN_TURN, SIDE_BY_SIDE])
@pytest.mark.parametrize(
    ("which", "not_after"),
    [
        ("submission_closes_at", "submission_opens_at"),
        ("voting_closes_at", "voting_opens_at"),
        ("review_closes_at", "voting_closes_at"),
        ("answers_due_at", "review_closes_at"),
    ],
)
@pytest.mark.parametrize("earlier", [timedelta(), timedelta(minutes=1), 400 * DAY])
def test_a_date_that_does_not_follow_the_one_before_is_named(
    dates: Dates, which: str, not_after: str, earlier: timedelta
) -> None:
    crossed = dates.moved(which, getattr(dates, not_after) - earlier)
    assert which in rules.faults_of_dates(crossed)


def test_in_turn_sorting_lasts_three_days() -> None:
    closes = IN_TURN.submission_closes_at
    just = IN_TURN.moved("voting_opens_at", closes + 3 * DAY)
    assert rules.faults_of_dates(just) == {}
    short = IN_TURN.moved("voting_opens_at", closes + 3 * DAY - timedelta(minutes=1))
    assert set(rules.faults_of_dates(short)) == {"voting_opens_at"}


def test_side_by_side_voting_opens_while_submission_is_open() -> None:
    with_submission = SIDE_BY_SIDE.moved("voting_opens_at", SIDE_BY_SIDE.submission_opens_at)
    assert rules.faults_of_dates(with_submission) == {}
    for moment in (
        SIDE_BY_SIDE.submission_opens_at - timedelta(minutes=1),
        SIDE_BY_SIDE.submission_closes_at,
    ):
        faults = rules.faults_of_dates(SIDE_BY_SIDE.moved("voting_opens_at", moment))
        assert set(faults) == {"voting_opens_at"}


def test_side_by_side_the_last_proposal_can_be_supported_for_a_week() -> None:
    closes = SIDE_BY_SIDE.submission_closes_at
    assert rules.faults_of_dates(SIDE_BY_SIDE.moved("voting_closes_at", closes + 7 * DAY)) == {}
    short = SIDE_BY_SIDE.moved("voting_closes_at", closes + 7 * DAY - timedelta(minutes=1))
    assert set(rules.faults_of_dates(short)) == {"voting_closes_at"}


@pytest.mark.parametrize("month", range(1, 13))
def test_suggested_dates_can_be_announced_as_they_are(month: int) -> None:
    at = datetime(2027, month, 7, 23, 30, tzinfo=RIGA)
    dates = rules.suggested_dates(at, RIGA)
    assert rules.faults_of_dates(dates) == {}
    assert dates.submission_opens_at - at >= timedelta(days=14)
    assert dates.voting_opens_at.astimezone(RIGA).hour == 10
    assert dates.voting_closes_at.astimezone(RIGA).hour == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"vote_limit": 0}, "vote_limit"),
        ({"vote_limit": -1}, "vote_limit"),
        ({"vote_limit": 10_001}, "vote_limit"),
        ({"minimum_age": -1}, "minimum_age"),
        ({"minimum_age": 100}, "minimum_age"),
        ({"shortlist_rule": {}}, "shortlist_rule"),
    ],
)
def test_a_promise_that_cannot_be_kept_is_named(changes: dict[str, object], field: str) -> None:
    assert set(rules.faults_of_promises(replace(Promises(), **changes))) == {field}  # type: ignore[arg-type]


def test_what_a_room_downstream_requires_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "REQUIREMENTS", [lambda promises: {"method": "No such method."}])
    assert rules.faults_of_promises(Promises()) == {"method": "No such method."}


@pytest.mark.parametrize("slug", ["plan-2028", "ogp", "a1-b2-c3"])
@pytest.mark.parametrize("prefix", ["OGP5", "AB"])
def test_plain_names_are_taken(slug: str, prefix: str) -> None:
    assert rules.faults_of_names(slug, prefix) == {}


@pytest.mark.parametrize(
    "slug", ["", "ab", "Plan", "plāns", "a b", "-plan", "plan-", "a--b", "../x", "x" * 61]
)
def test_an_address_that_would_break_is_refused(slug: str) -> None:
    assert set(rules.faults_of_names(slug, "OGP")) == {"slug"}


@pytest.mark.parametrize("prefix", ["", "O", "ogp", "5OGP", "OGP-5", "Ā5", "O" * 11])
def test_letters_that_would_break_a_reference_are_refused(prefix: str) -> None:
    assert set(rules.faults_of_names("plan", prefix)) == {"reference_prefix"}


def words(**changes: object) -> Words:
    return replace(
        Words(
            title=LocalizedText.of("lv", lv="Plāns"),
            summary=LocalizedText.of("lv", lv="Par ko"),
            text=LocalizedText.of("lv"),
            contact_organisation=LocalizedText.of("lv", lv="Kanceleja"),
            contact_email="ogp@state.example",
        ),
        **changes,  # type: ignore[arg-type]
    )


def test_the_title_is_wanted_in_the_default_language() -> None:
    assert rules.faults_of_words(words(), "lv") == {}
    assert set(rules.faults_of_words(words(), "lt")) == {"title_lt"}


@pytest.mark.parametrize(
    "address", ["ogp", "ogp@", "@state.example", "a b@state.example", "a@b", "a@b..c", "a@@b.c"]
)
def test_a_contact_that_nobody_can_write_to_is_refused(address: str) -> None:
    assert set(rules.faults_of_words(words(contact_email=address), "lv")) == {"contact_email"}


def test_each_wording_that_is_too_long_is_named_with_its_language() -> None:
    long = LocalizedText.of("lv", lv="Plāns", en="x" * 151)
    assert set(rules.faults_of_words(words(title=long), "lv")) == {"title_en"}


def test_keys_of_themes_are_plain_and_unlike_each_other() -> None:
    assert rules.key_of("Atvērtie dati", []) == "atvertie-dati"
    assert rules.key_of("Atvērtie dati", ["atvertie-dati"]) == "atvertie-dati-2"
    assert rules.key_of("«!»", ["theme"]) == "theme-2"
