"""Three working days, counted on the installation's calendar."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.moderation.promises import due

RIGA = ZoneInfo("Europe/Riga")


@pytest.mark.parametrize(
    ("arrives", "too_late"),
    [
        ((2027, 3, 22, 9, 0), (2027, 3, 26)),  # Monday: until the end of Thursday
        ((2027, 3, 24, 23, 59), (2027, 3, 30)),  # Wednesday: Thursday, Friday, Monday
        ((2027, 3, 26, 9, 0), (2027, 4, 1)),  # Friday: Monday to Wednesday, over the clock change
        ((2027, 3, 27, 9, 0), (2027, 4, 1)),  # Saturday, as if on Friday
        ((2027, 3, 28, 23, 0), (2027, 4, 1)),
    ],
)
def test_a_promise_ends_at_the_midnight_after_the_third_working_day(
    arrives: tuple[int, ...], too_late: tuple[int, ...]
) -> None:
    year, month, day, hour, minute = arrives
    late_year, late_month, late_day = too_late
    moment = due(datetime(year, month, day, hour, minute, tzinfo=RIGA), RIGA)
    assert moment == datetime(late_year, late_month, late_day, tzinfo=RIGA)


def test_what_came_first_is_promised_first() -> None:
    hours = [datetime(2027, 3, 20 + day, hour, tzinfo=RIGA) for day in range(10) for hour in (0, 9)]
    promised = [due(hour, RIGA) for hour in hours]
    assert promised == sorted(promised)
