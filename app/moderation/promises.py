"""How soon whatever reaches the desk is decided: one promise for everything.

One promise for all kinds means that whatever came first is also promised first.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

WORKING_DAYS = 3
"""Monday to Friday; the day on which something arrives does not count."""

DAY = timedelta(days=1)
SATURDAY = 5


def due(since: datetime, zone: ZoneInfo) -> datetime:
    """The first moment that is too late: the midnight after the third working day."""
    day = since.astimezone(zone).date()
    left = WORKING_DAYS
    while left:
        day += DAY
        left -= day.weekday() < SATURDAY
    return datetime.combine(day + DAY, time(), zone)
