"""Forms of those who draft: promotion, the text with its milestones, origins, approval."""

from datetime import date
from typing import Any

import wtforms
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import DateInput

from app.commitments.models import Commitment, Field, Milestone, Version
from app.commitments.texts import DraftText, MilestoneText
from app.commitments.vocabulary import FIELDS, RELATIONS, SOURCES
from app.foundation.language import _
from app.foundation.refusals import Invalid
from app.http.forms.base import Form
from app.http.forms.fields import WholeNumberField

BLANK_MILESTONES = 2
"""Empty rows below the milestones that are there."""


def day_of(typed: str | date | None, *, field: str) -> date | None:
    """The day that was typed, None where nothing was; raises Invalid for what is no day."""
    if isinstance(typed, date):
        return typed
    if not (words := (typed or "").strip()):
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Invalid({field: _("Write a day as year-month-day, such as 2027-05-18.")}) from None


class DayField(StringField):
    """A day; browsers offer a calendar. What was typed is kept as it was."""

    widget = DateInput()

    def _value(self) -> str:
        return str(self.data) if self.data else ""


def _choose(label: Any, names: dict[Any, Any], *, first: Any = None) -> SelectField:
    return SelectField(
        label,
        choices=[
            SelectChoice("", first if first is not None else _("Choose…")),
            *(SelectChoice(each.value, words) for each, words in names.items()),
        ],
        validate_choice=False,
    )


class PromotionForm(Form):
    into = SelectField(
        _("What should it become?"),
        description=_("A commitment of its own, or a part of one that is being drafted."),
        validate_choice=False,
    )
    title = StringField(
        _("Title of the new commitment"),
        description=_("What will be done, in one line. It can be changed later."),
    )
    relation = RadioField(
        _("How does it live on there?"),
        choices=[SelectChoice(each.value, words) for each, words in RELATIONS.items()],
        validate_choice=False,
    )
    adds_text = BooleanField(
        _("Add the proposal's solution to the end of the commitment's"),
        description=_("Only for a part of an existing one. It is saved as a version of its own."),
        default=True,
    )
    reason = TextAreaField(_("Reason"), description=_("Everybody can read it."))

    def offer(self, commitments: list[Commitment], titles: dict[int, str]) -> None:
        """Name the commitments into which it can be taken."""
        self.into.choices = [
            SelectChoice("", _("A new draft commitment")),
            *(SelectChoice(str(each.id), titles[each.id]) for each in commitments),
        ]


class MilestoneForm(wtforms.Form):
    was = HiddenField()
    title = StringField(_("What is reached"))
    output = TextAreaField(_("What can be seen then"))
    starts_on = DayField(_("From"))
    ends_on = DayField(_("Until"))
    responsible = StringField(_("Who is responsible"))


class DraftForm(Form):
    """The text of a commitment in one language, after OGP's template."""

    based_on = HiddenField()
    title = StringField(FIELDS[Field.TITLE])
    lead_institution = StringField(_("Lead institution"))
    supporting = TextAreaField(
        _("Supporting institutions and stakeholders"), description=_("One to a line.")
    )
    starts_on = DayField(_("First day"))
    ends_on = DayField(_("Last day"))
    problem = TextAreaField(FIELDS[Field.PROBLEM])
    causes = TextAreaField(FIELDS[Field.CAUSES])
    done = TextAreaField(FIELDS[Field.DONE])
    solution = TextAreaField(FIELDS[Field.SOLUTION])
    results = TextAreaField(FIELDS[Field.RESULTS])
    transparency = TextAreaField(FIELDS[Field.TRANSPARENCY])
    accountability = TextAreaField(FIELDS[Field.ACCOUNTABILITY])
    participation = TextAreaField(FIELDS[Field.PARTICIPATION])
    milestones = FieldList(FormField(MilestoneForm), _("Milestones"), max_entries=40)
    note = TextAreaField(
        _("What did you change, and why?"),
        description=_("Everybody can read it in the list of versions."),
    )

    @classmethod
    def of(cls, version: Version, milestones: list[Milestone], code: str) -> "DraftForm":
        """The form with the text of a version in one language, and empty rows below."""
        rows = [_typed_milestone(each, code) for each in milestones]
        return cls(
            data={
                "based_on": str(version.number),
                **{part.value: version.text(part).wordings.get(code, "") for part in Field},
                "lead_institution": version.lead_institution,
                "supporting": version.supporting,
                "starts_on": version.starts_on,
                "ends_on": version.ends_on,
                "milestones": rows + [{}] * BLANK_MILESTONES,
            }
        )

    @property
    def seen(self) -> int:
        """The number of the version that whoever typed this began from."""
        word = str(self.based_on.data or "")
        return int(word) if word.isdecimal() and len(word) < 9 else 0

    @property
    def draft(self) -> DraftText:
        """What was typed, as the action takes it; raises Invalid for days that are none."""
        return DraftText(
            {part: self[part.value].data or "" for part in Field},
            self.lead_institution.data or "",
            self.supporting.data or "",
            day_of(self.starts_on.data, field="starts_on"),
            day_of(self.ends_on.data, field="ends_on"),
            tuple(_milestone(row.form) for row in self.milestones),
        )


def _typed_milestone(milestone: Milestone, code: str) -> dict[str, Any]:
    return {
        "was": str(milestone.number),
        "title": milestone.title.wordings.get(code, ""),
        "output": milestone.output.wordings.get(code, "") if milestone.output else "",
        "starts_on": milestone.starts_on,
        "ends_on": milestone.ends_on,
        "responsible": milestone.responsible,
    }


def _milestone(row: Any) -> MilestoneText:
    was = str(row.was.data or "")
    return MilestoneText(
        row.title.data or "",
        row.output.data or "",
        day_of(row.starts_on.data, field="milestones"),
        day_of(row.ends_on.data, field="milestones"),
        row.responsible.data or "",
        int(was) if was.isdecimal() and len(was) < 5 else None,
    )


class OriginForm(Form):
    field = _choose(_("Part of the commitment"), FIELDS, first=_("The commitment as a whole"))
    passage = TextAreaField(
        _("Its words in the commitment"),
        description=_("Copied exactly, or empty: then the origin concerns the whole part."),
    )
    proposal = StringField(
        _("The proposal's number"),
        description=_("Such as OGP5-0042. Empty, if it comes from something else."),
    )
    revision = WholeNumberField(_("Revision"), description=_("Empty: the proposal as it stands."))
    proposal_passage = TextAreaField(
        _("Its words in the proposal"), description=_("Copied exactly, or empty.")
    )
    relation = _choose(_("How does the proposal live on?"), RELATIONS)
    other_kind = _choose(_("Or what else it comes from"), SOURCES, first=_("A proposal, as above"))
    other_source = StringField(
        _("Name of that source"), description=_("So that anybody can find it.")
    )
    reason = TextAreaField(_("Reason"), description=_("Everybody can read it."))


class RetractionForm(Form):
    reason = TextAreaField(
        _("Why does it no longer hold?"),
        description=_("The origin stays readable, struck out, with this reason."),
    )


class ConsultationForm(Form):
    closes_on = DayField(
        _("Last day for comments"), description=_("Comments are taken until midnight.")
    )
    reason = TextAreaField(
        _("What do you want to hear?"),
        description=_("One or two sentences to those who comment. Everybody can read them."),
    )


class FinalForm(Form):
    reason = TextAreaField(
        _("What did the consultation change?"),
        description=_("Also if nothing: say why. Everybody can read it."),
    )


class ApprovalForm(Form):
    act = StringField(_("The act"), description=_("Its name and number, such as Order No 78."))
    on = DayField(_("Day of the act"))
    link = StringField(_("Its address on the web"))
