"""Forms for supporting."""

from wtforms import HiddenField, StringField

from app.http.forms.base import Form


class SupportForm(Form):
    """The proposal stands in the body, so that no log of addresses says who supports what."""

    proposal = HiddenField()
    consent = StringField()
    """The version of the consent that was ticked; nothing once it is given."""


class WithdrawForm(Form):
    proposal = HiddenField()
