"""Days and hours in words, in three languages, at the edges where they go wrong."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from jinja2 import DictLoader, Environment

from app.web import moments

RIGA = ZoneInfo("Europe/Riga")
NOW = datetime(2021, 6, 3, 9, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    """A moment by Riga's clocks, in UTC as the database gives it."""
    return datetime.fromisoformat(text).replace(tzinfo=RIGA).astimezone(UTC)


def strip(text: str) -> str:
    """What is seen: without tags, with no-break spaces as plain ones."""
    return "".join(part.split(">", 1)[-1] for part in text.split("<")).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "on_day", "full", "with_hour"),
    [
        ("lv", "24. maijā", "2021. gada 24. maijs", "24. maijā plkst. 23.59"),
        ("lt", "gegužės 24 d.", "2021 m. gegužės 24 d.", "gegužės 24 d. 23:59"),
        ("en", "24 May", "24 May 2021", "24 May at 23:59"),
    ],
)
def test_a_moment_is_named_as_its_language_names_it(
    language: str, on_day: str, full: str, with_hour: str
) -> None:
    moment = at("2021-05-24T23:59")
    assert strip(moments.day(moment, language=language, zone=RIGA, now=NOW)) == on_day
    assert strip(moments.full_date(moment, language=language, zone=RIGA, now=NOW)) == full
    assert strip(moments.day_and_clock(moment, language=language, zone=RIGA, now=NOW)) == with_hour


def test_day_and_month_never_part_at_the_end_of_a_line() -> None:
    words = moments.day(at("2021-05-24T12:00"), language="lv", zone=RIGA, now=NOW)
    assert words == '<time datetime="2021-05-24">24.\u00a0maijā</time>'


def test_another_year_is_said() -> None:
    words = moments.day(at("2019-01-01T12:00"), language="lv", zone=RIGA, now=NOW)
    assert strip(words) == "2019. gada 1. janvārī"


@pytest.mark.parametrize(
    ("deadline", "language", "words"),
    [
        ("2021-06-30T00:00", "lv", "līdz 29. jūnijam"),
        ("2021-06-30T00:00", "lt", "iki birželio 29 d."),
        ("2021-06-30T00:00", "en", "until 29 June"),
        ("2021-06-29T14:00", "lv", "līdz 29. jūnijam plkst. 14.00"),
        ("2021-06-29T14:00", "en", "until 29 June at 14:00"),
        ("2021-07-01T00:00", "lv", "līdz 30. jūnijam"),
        ("2022-01-01T00:00", "lv", "līdz 31. decembrim"),
        ("2022-01-02T00:00", "lv", "līdz 2022. gada 1. janvārim"),
        ("2021-03-28T00:00", "lv", "līdz 27. martam"),
        ("2021-03-29T00:00", "lv", "līdz 28. martam"),
        ("2021-10-31T00:00", "lv", "līdz 30. oktobrim"),
        ("2021-11-01T00:00", "lv", "līdz 31. oktobrim"),
    ],
)
def test_a_deadline_at_midnight_names_the_day_before(
    deadline: str, language: str, words: str
) -> None:
    assert strip(moments.until(at(deadline), language=language, zone=RIGA, now=NOW)) == words


def test_a_deadline_to_the_minute_is_on_the_safe_side_and_keeps_the_exact_moment() -> None:
    words = moments.until(
        at("2021-05-19T00:00"), language="lv", zone=RIGA, now=NOW, to_the_minute=True
    )
    assert strip(words) == "līdz 18. maijam plkst. 23.59"
    assert 'datetime="2021-05-19T00:00+03:00"' in words


def test_the_hour_that_comes_twice_keeps_its_offset() -> None:
    summer = datetime(2021, 10, 31, 0, 30, tzinfo=UTC)
    winter = datetime(2021, 10, 31, 1, 30, tzinfo=UTC)
    for moment, offset in ((summer, "+03:00"), (winter, "+02:00")):
        words = moments.clock(moment, language="en", zone=RIGA, now=NOW)
        assert words == f'<time datetime="2021-10-31T03:30{offset}">03:30</time>'


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("lv", "no 15. februāra līdz 23. martam"),
        ("lt", "nuo vasario 15 d. iki kovo 23 d."),
        ("en", "from 15 February until 23 March"),
    ],
)
def test_a_span_names_both_days(language: str, words: str) -> None:
    opens, closes = at("2021-02-15T00:00"), at("2021-03-24T00:00")
    assert strip(moments.span(opens, closes, language=language, zone=RIGA, now=NOW)) == words


def test_a_span_of_another_year_says_the_year_once() -> None:
    opens, closes = at("2019-05-24T00:00"), at("2019-06-30T00:00")
    lv = moments.span(opens, closes, language="lv", zone=RIGA, now=NOW)
    en = moments.span(opens, closes, language="en", zone=RIGA, now=NOW)
    assert strip(lv) == "no 2019. gada 24. maija līdz 29. jūnijam"
    assert strip(en) == "from 24 May until 29 June 2019"


@pytest.mark.parametrize(
    ("now", "language", "words"),
    [
        ("2021-06-17T12:00", "lv", "vēl 12 dienas"),
        ("2021-06-17T12:00", "lt", "liko 12 dienų"),
        ("2021-06-17T12:00", "en", "12 days left"),
        ("2021-06-08T12:00", "lv", "vēl 21 diena"),
        ("2021-06-28T23:00", "lv", "vēl 1 diena"),
        ("2021-06-29T14:00", "lv", "vēl 10 stundas"),
        ("2021-06-29T23:30", "en", "30 minutes left"),
        ("2021-06-30T00:00", "lv", ""),
        ("2021-07-03T00:00", "lv", ""),
    ],
)
def test_what_is_left_agrees_with_the_day_that_is_named(
    now: str, language: str, words: str
) -> None:
    said = moments.left(at("2021-06-30T00:00"), language=language, zone=RIGA, now=at(now))
    assert strip(said) == words


def test_the_last_hours_are_counted_through_the_change_of_the_clock() -> None:
    """On 31 October 2021 the day has 25 hours."""
    closes, now = at("2021-10-31T12:00"), at("2021-10-31T00:00")
    assert strip(moments.left(closes, language="en", zone=RIGA, now=now)) == "13 hours left"


@pytest.mark.parametrize(
    ("moment", "language", "words"),
    [
        ("2021-06-15T12:00", "lv", "pēc 12 dienām"),
        ("2021-06-15T12:00", "lt", "po 12 dienų"),
        ("2021-06-15T12:00", "en", "in 12 days"),
        ("2021-06-02T23:59", "lv", "vakar"),
        ("2021-06-04T00:01", "lt", "rytoj"),
        ("2021-06-03T10:00", "lv", "pirms 2 stundām"),
        ("2021-06-03T12:00", "en", "today"),
        ("2021-01-03T12:00", "en", "5 months ago"),
    ],
)
def test_distance_in_words(moment: str, language: str, words: str) -> None:
    said = moments.distance(at(moment), language=language, zone=RIGA, now=NOW)
    assert said.replace("\u00a0", " ") == words


def test_the_exact_day_stands_beside_the_distance() -> None:
    said = moments.lately(at("2021-05-31T12:00"), language="lv", zone=RIGA, now=NOW)
    assert strip(said) == "31. maijā, pirms 3 dienām"


def test_a_plain_date_names_itself() -> None:
    said = moments.until(date(2021, 6, 29), language="lv", zone=RIGA, now=NOW)
    assert said == 'līdz <time datetime="2021-06-29">29.\u00a0jūnijam</time>'


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moments.day(datetime(2021, 5, 24), language="lv", zone=RIGA, now=NOW)  # noqa: DTZ001


def test_a_template_takes_language_zone_and_now_from_its_page() -> None:
    template = "{{ opens|span(closes) }}; {{ closes|until(to_the_minute=true) }}"
    page = Environment(autoescape=True, loader=DictLoader({"page": template}))
    page.filters.update(moments.FILTERS)
    said = page.get_template("page").render(
        opens=at("2021-05-24T10:00"), closes=at("2021-06-30T00:00"), language="lv", zone=RIGA,
        now=NOW,
    )  # fmt: skip
    assert strip(said) == "no 24. maija līdz 29. jūnijam; līdz 29. jūnijam plkst. 23.59"
