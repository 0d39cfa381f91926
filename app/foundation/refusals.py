"""What an action may say no with. Each carries a sentence that the person can act on."""

from collections.abc import Mapping

from app.foundation.language import Sentence, _


class Refusal(Exception):
    """An answer of no. Nothing of what was asked has been done."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAllowed(Refusal):
    """This person may not, or may not now."""


class NotFound(Refusal):
    """There is no such thing, or none that this person may know of."""

    def __init__(self, reason: Sentence = _("We could not find this.")) -> None:
        super().__init__(reason)


class Conflict(Refusal):
    """Somebody else was quicker, or the thing is no longer as it was when the page was drawn."""


class TooOften(Refusal):
    """The same was done too many times in a short while."""


class Invalid(Refusal):
    """What was written cannot be taken as it stands: a sentence for each field."""

    def __init__(self, faults: Mapping[str, Sentence]) -> None:
        super().__init__(next(iter(faults.values())))
        self.faults = dict(faults)
