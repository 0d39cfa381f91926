"""A date and an hour as somebody types them, on ordinary days and on the nights in question."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.foundation.local_time import NotOneMoment, as_typed, moment_of

RIGA, VILNIUS = ZoneInfo("Europe/Riga"), ZoneInfo("Europe/Vilnius")
ZONES = pytest.mark.parametrize("zone", [RIGA, VILNIUS], ids=str)


@ZONES
@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ((2027, 1, 15, 10, 0), (2027, 1, 15, 8, 0)),
        ((2027, 7, 15, 10, 0), (2027, 7, 15, 7, 0)),
        ((2027, 3, 28, 2, 59), (2027, 3, 28, 0, 59)),
        ((2027, 3, 28, 4, 0), (2027, 3, 28, 1, 0)),
        ((2027, 10, 31, 2, 59), (2027, 10, 30, 23, 59)),
        ((2027, 10, 31, 4, 0), (2027, 10, 31, 2, 0)),
        ((2027, 10, 31, 0, 0), (2027, 10, 30, 21, 0)),
        ((2027, 11, 1, 0, 0), (2027, 10, 31, 22, 0)),
    ],
)
def test_what_is_typed_is_one_moment(
    zone: ZoneInfo, typed: tuple[int, ...], moment: tuple[int, ...]
) -> None:
    found = moment_of(datetime(*typed), zone)  # type: ignore[arg-type]  # noqa: DTZ001
    assert found == datetime(*moment, tzinfo=UTC)  # type: ignore[misc,arg-type]
    assert as_typed(found, zone) == datetime(*typed)  # type: ignore[arg-type]  # noqa: DTZ001


@ZONES
@pytest.mark.parametrize("minute", [0, 30, 59])
def test_the_hour_that_spring_skips_is_refused(zone: ZoneInfo, minute: int) -> None:
    with pytest.raises(NotOneMoment, match="does not exist"):
        moment_of(datetime(2027, 3, 28, 3, minute), zone)  # noqa: DTZ001


@ZONES
@pytest.mark.parametrize("minute", [0, 30, 59])
def test_the_hour_that_autumn_repeats_is_refused(zone: ZoneInfo, minute: int) -> None:
    with pytest.raises(NotOneMoment, match="comes twice"):
        moment_of(datetime(2027, 10, 31, 3, minute), zone)  # noqa: DTZ001


@ZONES
def test_every_quarter_of_an_hour_of_a_year_is_one_moment_or_refused(zone: ZoneInfo) -> None:
    refused = []
    typed = datetime(2027, 1, 1)  # noqa: DTZ001
    while typed.year == 2027:
        try:
            assert as_typed(moment_of(typed, zone), zone) == typed
        except NotOneMoment:
            refused.append((typed.month, typed.hour))
        typed += timedelta(minutes=15)
    assert refused == [(3, 3)] * 4 + [(10, 3)] * 4
