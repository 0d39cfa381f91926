"""What anybody fills in to report content, and the person concerned to appeal."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectChoice, TextAreaField

from app.http.forms.base import Form
from app.moderation.rules import REPORTABLE, WORDS


class ReportForm(Form):
    rule = RadioField(
        _("Which rule is broken?"),
        choices=[SelectChoice(rule.value, WORDS[rule]) for rule in REPORTABLE],
        validate_choice=False,
    )
    text = TextAreaField(_("What is wrong?"))


class AppealForm(Form):
    text = TextAreaField(_("Why should this be decided differently?"))
