"""What moderators fill in at their desk."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from app.config import KNOWN_LANGUAGES
from app.foundation.language import NAMES
from app.http.forms.base import Form
from app.moderation.models import AppealOutcome
from app.moderation.rules import WORDS, Rule


def rules_to_choose(rules: Iterable[Rule]) -> list[SelectChoice]:
    none_yet = SelectChoice("", _("Choose a rule"))
    return [none_yet, *(SelectChoice(rule.value, WORDS[rule]) for rule in rules)]


class WithReason(Form):
    """A form with a reason, into which saved phrases can be put."""

    reason_field = "facts"

    def put_phrase(self, text: str) -> None:
        """Add a saved phrase below what is typed already."""
        field = self._fields[self.reason_field]
        field.data = f"{field.data}\n\n{text}".strip() if field.data else text


class DecideForm(WithReason):
    """What rule, what facts. Which act follows stands on the button."""

    rule = SelectField(_("Rule"), validate_choice=False, default="")
    facts = TextAreaField(_("Reason"))

    def offer(self, rules: Iterable[Rule]) -> None:
        self.rule.choices = rules_to_choose(rules)


class AppealDecisionForm(WithReason):
    reason_field = "reasons"
    outcome = RadioField(
        _("Decision on the appeal"),
        choices=[
            SelectChoice(AppealOutcome.UPHELD.value, _("Uphold: the decision is reversed")),
            SelectChoice(AppealOutcome.REJECTED.value, _("Reject: the decision stays")),
        ],
        validate_choice=False,
    )
    reasons = TextAreaField(_("Reasons"))


class MergeForm(WithReason):
    reason_field = "reason"
    also = SelectMultipleField(
        _("Merge these too"),
        coerce=int,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    title = StringField(_("Title"))
    situation = TextAreaField(_("What situation should be solved?"))
    solution = TextAreaField(_("What do you propose?"))
    reason = TextAreaField(_("Reason"))


class WithholdForm(WithReason):
    revision = HiddenField()
    title = StringField(_("Title"))
    situation = TextAreaField(_("What situation should be solved?"))
    solution = TextAreaField(_("What do you propose?"))
    rule = SelectField(_("Rule"), validate_choice=False, default="")
    facts = TextAreaField(_("Reason"))

    def offer(self, rules: Iterable[Rule]) -> None:
        self.rule.choices = rules_to_choose(rules)


class PhraseForm(Form):
    name = StringField(_("Name"))
    language = SelectField(
        _("Language"), choices=[SelectChoice(code, NAMES[code]) for code in KNOWN_LANGUAGES]
    )
    text = TextAreaField(_("Phrase"))
