"""What somebody types as a date and an hour, as the one moment that they mean.

Twice a year the clocks change: an hour is skipped in spring, and in autumn one is lived through
twice. A deadline typed into either would be a guess, so it is refused with a sentence.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.foundation.language import Sentence, _


class NotOneMoment(ValueError):
    """No moment, or two of them, are called so in this time zone."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def moment_of(typed: datetime, zone: ZoneInfo) -> datetime:
    """The moment in UTC at which the clocks of this zone show what was typed.

    Raises NotOneMoment on the nights when the clocks change.
    """
    first, second = (typed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != typed.replace(tzinfo=None):
        raise NotOneMoment(
            _(
                "This time does not exist: that night the clocks are put forward. "
                "Choose an earlier or a later hour."
            )
        )
    if first.utcoffset() != second.utcoffset():
        raise NotOneMoment(
            _(
                "This time comes twice: that night the clocks are put back. "
                "Choose an earlier or a later hour."
            )
        )
    return first.astimezone(UTC)


def as_typed(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment as the clocks of this zone show it, for a field in which it can be changed."""
    return moment.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
