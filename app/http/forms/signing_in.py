"""Forms for signing in."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, EmailField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from app import config
from app.foundation.language import NAMES
from app.http.forms.base import Form


class SignInForm(Form):
    email = EmailField(_("E-mail address"))
    return_to = HiddenField()


class CodeForm(Form):
    code = StringField(_("Code of six digits"))


class PressForm(Form):
    """A form of one button."""


class ProfileFields(Form):
    """Who somebody is here."""

    display_name = StringField(
        _("Your name, or a pseudonym"),
        description=_("Everybody sees it beside what you write. You can change it later."),
    )
    organisation = StringField(
        _("Organisation that you may speak for"),
        description=_("With each proposal you choose whether you speak for it."),
    )
    language = SelectField(_("Language of our mails to you"), validate_choice=False, choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [
            SelectChoice(code, NAMES[code]) for code in config.settings().languages
        ]


class WelcomeForm(ProfileFields):
    is_old_enough = BooleanField(_("I am at least 16 years old"))
