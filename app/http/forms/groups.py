"""Forms about working groups."""

from typing import Any

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.config import KNOWN_LANGUAGES
from app.foundation.language import NAMES, Sentence, _
from app.foundation.refusals import Invalid
from app.foundation.text import LocalizedText
from app.groups.models import Group, Sector
from app.http.forms.base import Form

SECTORS: dict[Sector, Sentence] = {
    Sector.STATE: _("State institution"),
    Sector.MUNICIPALITY: _("Municipality"),
    Sector.NGO: _("Non-governmental organisation"),
    Sector.BUSINESS: _("Business"),
    Sector.ACADEMIA: _("Academia"),
    Sector.CITIZEN: _("Resident"),
}
"""Every sector in words, in the order in which a balance is shown."""

TEXTS = ("name", "mandate", "rules")


class _GroupFields(Form):
    original_language = SelectField(
        _("Language in which the group works"),
        choices=[SelectChoice(code, NAMES[code]) for code in KNOWN_LANGUAGES],
    )
    sits_from = DateField(_("Sits from"))
    sits_until = DateField(_("Sits until"))


class GroupForm(_GroupFields):
    """A group's texts, each in the languages of the installation, and when it sits."""

    name_lv = StringField(_("Name"))
    name_lt = StringField(_("Name"))
    name_en = StringField(_("Name"))
    mandate_lv = TextAreaField(_("Mandate"))
    mandate_lt = TextAreaField(_("Mandate"))
    mandate_en = TextAreaField(_("Mandate"))
    rules_lv = TextAreaField(_("Rules of work"))
    rules_lt = TextAreaField(_("Rules of work"))
    rules_en = TextAreaField(_("Rules of work"))

    @classmethod
    def about(cls, group: Group) -> "GroupForm":
        """The form as it is first shown for a group that exists."""
        texts = {
            f"{word}_{code}": text
            for word in TEXTS
            for code, text in getattr(group, word).wordings.items()
        }
        return cls(
            original_language=group.name.original_language,
            sits_from=group.sits_from,
            sits_until=group.sits_until,
            **texts,
        )

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        return {
            **{word: self._text(word) for word in TEXTS},
            "sits_from": self.sits_from.data,
            "sits_until": self.sits_until.data,
        }

    def _text(self, word: str) -> LocalizedText:
        typed = {code: self[f"{word}_{code}"].data or "" for code in KNOWN_LANGUAGES}
        return LocalizedText.of(self.original_language.data, **typed)

    def show(self, refused: Invalid) -> None:
        """A text's fault stands beside its wording in the original language."""
        code = self.original_language.data
        super().show(
            Invalid(
                {
                    f"{name}_{code}" if name in TEXTS else name: sentence
                    for name, sentence in refused.faults.items()
                }
            )
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """An empty day is the action's to judge; one that cannot be read is said here."""
        for field in (self.sits_from, self.sits_until):
            typed = (field.raw_data or [""])[0].strip()
            field.process_errors = (
                [str(_("Write the day as year-month-day, as in 2026-05-24."))]
                if typed and field.data is None
                else []
            )
        return bool(super().validate(extra_validators))


class SeatForm(Form):
    """Somebody's seat: who, for whom, from which sector, or in whose place."""

    person = StringField(
        _("E-mail address"), description=_("With which this person signs in here. It stays hidden.")
    )
    organisation = StringField(
        _("Organisation"), description=_("For which this person sits here. A resident has none.")
    )
    sector = SelectField(_("Sector"), validate_choice=False)
    substitute_for = SelectField(_("Substitute of"), validate_choice=False)

    def offer(self, members: list[tuple[int, str]]) -> "SeatForm":
        """The words of both lists; members as (membership id, name)."""
        self.sector.choices = [
            SelectChoice("", _("Choose…")),
            *(SelectChoice(key.value, SECTORS[key]) for key in Sector),
        ]
        self.substitute_for.choices = [
            SelectChoice("", _("Nobody: a seat of their own")),
            *(SelectChoice(str(number), name) for number, name in members),
        ]
        return self

    @property
    def chosen_sector(self) -> Sector | None:
        word = self.sector.data
        return Sector(word) if word in set(Sector) else None

    @property
    def chosen_member(self) -> int | None:
        word = self.substitute_for.data or ""
        return int(word) if word.isdecimal() and len(word) < 12 else None


class EndSeatForm(Form):
    reason = TextAreaField(_("Reason"), description=_("Everybody can read it."))
