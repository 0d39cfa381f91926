"""Fields of our own: a moment in local time, a whole number, one text in several languages."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from flask_babel import gettext as _
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import DateTimeLocalInput, NumberInput

from app import config
from app.config import KNOWN_LANGUAGES
from app.foundation.language import Sentence
from app.foundation.local_time import NotOneMoment, as_typed, moment_of
from app.foundation.text import LocalizedText
from app.http.forms.base import Form

F = TypeVar("F", bound=type[Form])

AS_BROWSERS_SEND = "%Y-%m-%dT%H:%M"
AS_PEOPLE_TYPE = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y. %H:%M")
"""Where a browser has no picker, people type: 2027-03-23 10:00 or 23.03.2027 10:00."""


class MomentField(Field):
    """A date and a time in the installation's zone; its data is an aware moment.

    A time that the clocks skip, or show twice, is refused with a sentence.
    """

    widget = DateTimeLocalInput()
    data: datetime | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        zone = config.settings().zone
        return as_typed(self.data, zone).strftime(AS_BROWSERS_SEND) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed:
            try:
                self.data = moment_of(_typed_time(typed), config.settings().zone)
            except NotOneMoment as guess:
                raise ValueError(str(guess.sentence)) from guess

    def pre_validate(self, form: Any) -> None:
        if self.data is None and not self.process_errors:
            raise ValidationError(_("Write a date and a time."))


def _typed_time(typed: str) -> datetime:
    for form in (AS_BROWSERS_SEND, *AS_PEOPLE_TYPE):
        try:
            return datetime.strptime(typed, form)  # noqa: DTZ007  local, as it was typed
        except ValueError:
            continue
    raise ValueError(_("Write it as in 2027-03-23 10:00: year, month, day, hour and minute."))


class WholeNumberField(Field):
    """A whole number, or nothing where nothing was typed."""

    widget = NumberInput(step="1")
    data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed:
            if not typed.removeprefix("-").isdecimal() or len(typed) > 9:
                raise ValueError(_("Write a whole number."))
            self.data = int(typed)


def in_each_language(
    name: str, label: Sentence, *, hint: Sentence = "", lines: bool = False
) -> Callable[[F], F]:
    """Give a form one field for each language: ``title_lv``, ``title_lt``, ``title_en``."""
    kind = TextAreaField if lines else StringField

    def give(form: F) -> F:
        for code in KNOWN_LANGUAGES:
            setattr(form, f"{name}_{code}", kind(label, description=hint))
        return form

    return give


def wordings(form: Form, name: str, before: LocalizedText | None = None) -> LocalizedText:
    """What was typed into the fields of one text; languages that are not offered stay as before."""
    offered = config.settings().languages
    texts = dict(before.wordings) if before else {}
    texts |= {code: form[f"{name}_{code}"].data or "" for code in offered}
    filled = [code for code in (*offered, *texts) if (texts.get(code) or "").strip()]
    original = before.original_language if before else offered[0]
    if original not in filled and filled:
        original = filled[0]
    return LocalizedText.of(original, **texts)


def show_wordings(form: Form, names: Sequence[str], texts: Sequence[LocalizedText | None]) -> None:
    """Fill the fields of texts with what stands now, unless something was typed."""
    if form.is_submitted():
        return
    for name, text in zip(names, texts, strict=True):
        for code, words in (text.wordings if text else {}).items():
            form[f"{name}_{code}"].data = words
