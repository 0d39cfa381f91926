"""Forms for action plans."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, StringField
from wtforms.validators import ValidationError

from app.foundation.text import LocalizedText
from app.http.forms.base import Form
from app.http.forms.fields import (
    WholeNumberField,
    in_each_language,
    show_wordings,
    wordings,
)
from app.plans.models import Plan
from app.plans.rules import Description


class DayField(DateField):
    """A day; refused with our own sentence when it is none."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = [each.strip() for each in valuelist if each.strip()]
        try:
            super().process_formdata(typed)
        except ValueError as wrong:
            raise ValueError(str(_("Write a day as in 2028-01-31: year, month, day."))) from wrong

    def pre_validate(self, form: Any) -> None:
        if self.data is None and not self.process_errors:
            raise ValidationError(str(_("Write a day.")))


@in_each_language("title", _("Title"))
@in_each_language("goal", _("Goal"), lines=True)
class PlanForm(Form):
    slug = StringField(
        _("Address"), description=_("Small letters, digits and hyphens, as in plan-2028.")
    )
    ordinal = WholeNumberField(_("The how-manyth plan it is"))
    starts_on = DayField(_("Begins on"))
    ends_on = DayField(_("Ends on"))

    def __init__(self, plan: Plan | None = None) -> None:
        super().__init__(obj=plan)
        self.plan = plan
        if plan is not None:
            del self.slug
            show_wordings(self, ("title", "goal"), (plan.title, plan.goal))

    def description_of_plan(self) -> Description:
        before = self.plan
        return Description(
            ordinal=self.ordinal.data or 0,
            title=wordings(self, "title", before.title if before else None),
            goal=wordings(self, "goal", before.goal if before else None) or None,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )


@in_each_language("approval_act", _("Act"))
class ApprovalForm(Form):
    approved_on = DayField(_("Approved on"))
    approval_link = StringField(_("Where the act can be read"))

    def __init__(self, plan: Plan) -> None:
        super().__init__(obj=plan)
        show_wordings(self, ("approval_act",), (plan.approval_act,))

    def act(self) -> LocalizedText:
        return wordings(self, "approval_act")

    def day(self) -> date:
        day: date = self.approved_on.data
        return day
