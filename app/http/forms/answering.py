"""Forms of those who answer."""

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.answers.vocabulary import OUTCOMES
from app.foundation.language import NAMES, _
from app.http.forms.base import Form


class AnswerForm(Form):
    outcome = RadioField(
        _("What became of it?"),
        choices=[SelectChoice(each.value, words) for each, words in OUTCOMES.items()],
        validate_choice=False,
    )
    referred_to = StringField(
        _("To whom is it referred?"), description=_("Only for an answer of that kind.")
    )
    text = TextAreaField(
        _("The reasons"),
        description=_(
            "To the person who proposed it: what you read, what you decided, and why. "
            "Everybody can read it."
        ),
    )
    language = SelectField(
        _("Language of the answer"),
        choices=[SelectChoice(code, name) for code, name in NAMES.items()],
        description=_("Best the language of the proposal."),
        validate_choice=False,
    )
    on_behalf_of = StringField(_("The institution that answers"))
    based_on = HiddenField()

    @property
    def seen(self) -> int | None:
        """The number of the answer that whoever writes has seen."""
        word = str(self.based_on.data or "")
        return int(word) if word.isdecimal() and len(word) < 9 else None


class SeveralForm(AnswerForm):
    text = TextAreaField(
        _("The reasons they share"),
        description=_("Each answer begins with its own line, then come these reasons."),
    )
