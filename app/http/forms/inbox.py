"""How often to get letters."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectChoice

from app.http.forms.base import Form
from app.notifications.wishes import Wish

CHOICES = [
    SelectChoice(Wish.IMMEDIATE.value, _("As things happen")),
    SelectChoice(Wish.DAILY.value, _("Once a day")),
    SelectChoice(Wish.WEEKLY.value, _("Once a week")),
    SelectChoice(Wish.NONE.value, _("No letters")),
]

HINTS = {
    Wish.IMMEDIATE.value: _("Within minutes; what can wait, such as comments, once a day."),
    Wish.DAILY.value: _("At seven in the morning, if there is any news."),
    Wish.WEEKLY.value: _("On Mondays at seven in the morning, if there is any news."),
    Wish.NONE.value: _("Everything still comes to your notices on this site."),
}


class MailForm(Form):
    mail = RadioField(_("How often may we write to you?"), choices=CHOICES, validate_choice=False)
