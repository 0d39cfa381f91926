"""Forms about one's own account."""

from flask_babel import lazy_gettext as _
from wtforms import EmailField

from app.http.forms.base import Form
from app.http.forms.signing_in import ProfileFields


class ProfileForm(ProfileFields):
    """Name, organisation, language."""


class EraseForm(Form):
    confirmation = EmailField(_("Your e-mail address, to confirm"))
