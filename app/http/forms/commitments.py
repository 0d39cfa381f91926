"""What a reader of a draft commitment can say."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.comments.models import Position
from app.foundation.language import _
from app.http.forms.base import Form

POSITIONS = {
    Position.FOR: _("I am for it"),
    Position.AGAINST: _("I am against it"),
    Position.QUESTION: _("I have a question"),
    Position.PLAIN: _("Something else"),
}


class DraftCommentForm(Form):
    position = RadioField(
        _("What do you want to say?"),
        choices=[SelectChoice(each.value, words) for each, words in POSITIONS.items()],
        default=Position.PLAIN.value,
        validate_choice=False,
    )
    text = TextAreaField(
        _("Your comment"), description=_("Everybody can read it, with your name here.")
    )
    parent = HiddenField()
