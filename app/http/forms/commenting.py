"""What somebody types to comment. The rules stand in ``comments.trees``."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.comments.models import Position
from app.foundation.language import NAMES
from app.http.forms.base import Form

POSITIONS = [
    SelectChoice(Position.FOR.value, _("I am for it")),
    SelectChoice(Position.AGAINST.value, _("I am against it")),
    SelectChoice(Position.QUESTION.value, _("I have a question")),
    SelectChoice(Position.PLAIN.value, _("Something else")),
]


class CommentForm(Form):
    position = RadioField(
        _("What do you want to say?"),
        choices=POSITIONS,
        default=Position.PLAIN.value,
        validate_choice=False,
    )
    text = TextAreaField(
        _("Text"),
        description=_("Everybody will see it, with your name. For 15 minutes you can mend slips."),
    )
    language = SelectField(
        _("I write in"),
        choices=[SelectChoice(code, name) for code, name in NAMES.items()],
        validate_choice=False,
    )


class ReplyForm(CommentForm):
    """A reply takes no side: it answers somebody."""

    parent = HiddenField()


class EditForm(Form):
    position = RadioField(_("What do you want to say?"), choices=POSITIONS, validate_choice=False)
    text = TextAreaField(_("Text"))
