"""Forms of the administrators."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.accounts.models import HouseOffice
from app.http.forms.base import Form


class ReasonForm(Form):
    reason = TextAreaField(_("Reason"))


class SuspendForm(Form):
    reason = TextAreaField(_("Reason"), id="reason-of-suspension")


class AppointForm(ReasonForm):
    office = SelectField(
        _("Office"),
        validate_choice=False,
        choices=[
            SelectChoice(
                HouseOffice.ADMINISTRATOR.value, _("Administrator: people, offices, machinery")
            ),
            SelectChoice(
                HouseOffice.OBSERVER.value, _("Observer: reads everything, changes nothing")
            ),
        ],
    )
