"""What somebody types to propose. The rules stand in ``proposals.texts``."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app.campaigns.models import Theme
from app.foundation.language import NAMES
from app.http.forms.base import Form
from app.proposals.models import Proposal, Value

VALUES = {
    Value.TRANSPARENCY: (_("Transparency"), _("One can see what happens, and why")),
    Value.PARTICIPATION: (
        _("Participation"),
        _("People can influence a decision before it is taken"),
    ),
    Value.ACCOUNTABILITY: (
        _("Accountability"),
        _("Somebody explains what was done, and answers for it"),
    ),
}
"""Each open-government value, and what it means in plain words."""


class TextForm(Form):
    """The title and the three questions."""

    title = StringField(
        _("Title"),
        description=_(
            "One sentence, 10 to 150 characters. For example: "
            "“Recordings of council meetings, with a table of contents”."
        ),
    )
    situation = TextAreaField(
        _("What situation should be solved?"),
        description=_(
            "What happens now, to whom, and why is that bad? If you can, tell of a case."
        ),
    )
    solution = TextAreaField(
        _("What do you propose?"),
        description=_(
            "What should be done, and by whom? If you do not know who is responsible, never mind."
        ),
    )
    values = SelectMultipleField(
        _("Which value does it strengthen?"),
        choices=[SelectChoice(value.value, words[0]) for value, words in VALUES.items()],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def words(self) -> dict[str, Any]:
        """What the actions call text."""
        return {
            "title": self.title.data or "",
            "situation": self.situation.data or "",
            "solution": self.solution.data or "",
            "values": self.values.data or [],
        }


class ProposalForm(TextForm):
    """A whole draft."""

    key = HiddenField()
    theme = SelectField(_("Theme"), validate_choice=False)
    on_behalf_of = StringField(
        _("On behalf of an organisation"),
        description=_("Its name, if you propose this for one. It will be public."),
    )
    language = SelectField(
        _("I write in"),
        choices=[SelectChoice(code, name) for code, name in NAMES.items()],
        validate_choice=False,
    )
    save = SubmitField(_("Save draft"))
    preview = SubmitField(_("Preview and submit"))

    def offer(self, themes: list[tuple[str, str]]) -> None:
        """The themes of the campaign, as (key, name)."""
        self.theme.choices = [
            SelectChoice("", str(_("Let a moderator choose"))),
            *(SelectChoice(key, name) for key, name in themes),
        ]

    def draft(self, themes: dict[str, Theme]) -> dict[str, Any]:
        """What the actions ask of a draft."""
        return {
            **self.words(),
            "theme": themes.get(self.theme.data or ""),
            "on_behalf_of": self.on_behalf_of.data or None,
            "language": self.language.data or "",
        }


def filled_from(proposal: Proposal) -> dict[str, Any]:
    """What a form holds for a proposal that exists."""
    return {
        "key": proposal.draft_key,
        "title": proposal.title,
        "situation": proposal.situation,
        "solution": proposal.solution,
        "values": list(proposal.values),
        "theme": proposal.theme.key if proposal.theme else "",
        "on_behalf_of": proposal.on_behalf_of or "",
        "language": proposal.language,
    }


class ReviseForm(TextForm):
    note = StringField(
        _("What did you change?"),
        description=_("In a few words. It stands beside the new revision, for everybody."),
    )
    save = SubmitField(_("Save this revision"))
    submit_again = SubmitField(_("Save and submit again"))


class ReasonForm(Form):
    reason = TextAreaField(_("Reason"), description=_("Everybody can read it."))


class InviteForm(Form):
    who = StringField(
        _("E-mail address, or the name they show here"),
        description=_("We ask them. They are named only once they agree."),
    )
