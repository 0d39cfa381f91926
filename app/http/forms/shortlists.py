"""Forms that change the shortlist."""

from wtforms import SelectField, StringField, TextAreaField

from app.foundation.language import _
from app.http.forms.base import Form


class AddForm(Form):
    proposal = StringField(
        _("Reference of the proposal"), description=_("As in OGP5-0042; every proposal shows it.")
    )
    reason = TextAreaField(
        _("Reason"),
        description=_("Everybody can read it, and it stays attached to the proposal."),
    )


class RemoveForm(Form):
    reason = TextAreaField(
        _("Reason"),
        description=_("Everybody can read it, and it stays attached to the proposal."),
    )


class AssignForm(Form):
    group = SelectField(_("Working group"), validate_choice=False)

    @property
    def chosen(self) -> int | None:
        word = self.group.data or ""
        return int(word) if word.isdecimal() and len(word) < 12 else None
