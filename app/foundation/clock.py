"""The only way to ask what time it is, so that tests and the demonstration can answer."""

from datetime import UTC, datetime, timedelta

_offset = timedelta()


def now() -> datetime:
    """This moment, in UTC; in a demonstration, as far ahead as people let time pass."""
    return datetime.now(UTC) + _offset


def set_offset(offset: timedelta) -> None:
    """Let this process be ahead of the real time. Only the demonstration calls it."""
    global _offset
    _offset = offset


def offset() -> timedelta:
    """How far ahead of the real time this process is."""
    return _offset


def be_at(moment: datetime) -> None:
    """Let it be this moment now, in this process. Only the demonstration's stories call it."""
    set_offset(moment - datetime.now(UTC))
