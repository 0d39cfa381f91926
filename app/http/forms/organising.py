"""Forms of the organiser's desk."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import HiddenInput

from app.accounts.identity import offers_verification
from app.campaigns.models import Assurance, Campaign, CampaignOffice, Pacing
from app.campaigns.rules import MOVABLE, Dates, Promises, Words
from app.foundation.text import LocalizedText
from app.groups.models import Group
from app.http.forms.base import Form
from app.http.forms.fields import (
    MomentField,
    WholeNumberField,
    in_each_language,
    show_wordings,
    wordings,
)
from app.plans.models import Plan

OFFICES = {
    CampaignOffice.ORGANISER: _("Organiser"),
    CampaignOffice.MODERATOR: _("Moderator"),
}
REASON = _("Reason")
PUBLIC_REASON = _("Public reason")


@in_each_language("title", _("Title"))
class CreateForm(Form):
    slug = StringField(
        _("Address"), description=_("Small letters, digits and hyphens, as in plan-2028.")
    )
    reference_prefix = StringField(
        _("Letters before the numbers of proposals"),
        description=_("Capital letters and digits, as in OGP6: the first proposal is OGP6-0001."),
    )
    contact_email = EmailField(_("E-mail address for questions"))
    organiser = EmailField(
        _("E-mail address of the first organiser"),
        description=_("They must have signed in here before."),
    )
    reason = TextAreaField(REASON, description=_("Why this campaign, and why this person."))

    def words(self) -> Words:
        nothing = LocalizedText.of("en")
        return Words(
            title=wordings(self, "title"),
            summary=nothing,
            text=nothing,
            contact_organisation=nothing,
            contact_email=self.contact_email.data or "",
        )


@in_each_language("title", _("Title"))
@in_each_language(
    "summary", _("Summary"), hint=_("A few sentences: what is asked, of whom."), lines=True
)
@in_each_language(
    "text", _("What it is about"), hint=_("As long as needed. Markdown is understood."), lines=True
)
@in_each_language(
    "rules_text", _("More about the rules"), hint=_("What people may and may not do."), lines=True
)
@in_each_language("contact_organisation", _("Responsible institution"))
@in_each_language(
    "contact_note",
    _("Good to know"),
    hint=_("Telephone and hours, or where proposals are taken on paper."),
    lines=True,
)
class WordsForm(Form):
    contact_person = StringField(_("Contact person"))
    contact_email = EmailField(_("E-mail address for questions"))
    plan = SelectField(_("Action plan that it feeds"), coerce=int)

    TEXTS = ("title", "summary", "text", "rules_text", "contact_organisation", "contact_note")

    def __init__(self, campaign: Campaign, plans: list[Plan], language: str) -> None:
        super().__init__(
            contact_person=campaign.contact_person,
            contact_email=campaign.contact_email,
            plan=campaign.plan_id or 0,
        )
        self.campaign, self.plans = campaign, plans
        self.plan.choices = [
            SelectChoice(0, "–"),
            *(SelectChoice(plan.id, str(plan.title.best_for(language))) for plan in plans),
        ]
        show_wordings(self, self.TEXTS, [getattr(campaign, name) for name in self.TEXTS])

    def words(self) -> Words:
        texts: dict[str, Any] = {
            name: wordings(self, name, getattr(self.campaign, name)) for name in self.TEXTS
        }
        for optional in ("rules_text", "contact_note"):
            texts[optional] = texts[optional] or None
        return Words(
            **texts,
            contact_person=self.contact_person.data or "",
            contact_email=self.contact_email.data or "",
            plan=next((plan for plan in self.plans if plan.id == self.plan.data), None),
        )


class DatesForm(Form):
    pacing = RadioField(
        _("How submission and voting follow each other"),
        choices=[
            SelectChoice(Pacing.IN_TURN.value, _("In turn: submission ends before voting opens")),
            SelectChoice(
                Pacing.SIDE_BY_SIDE.value, _("Side by side: voting runs during submission")
            ),
        ],
    )
    submission_opens_at = MomentField(_("Submission opens"))
    submission_closes_at = MomentField(_("Submission closes"))
    voting_opens_at = MomentField(_("Voting opens"))
    voting_closes_at = MomentField(_("Voting closes"))
    review_closes_at = MomentField(_("The review ends"))
    answers_due_at = MomentField(_("All answers are due"))

    def dates(self) -> Dates:
        return Dates(pacing=Pacing(self.pacing.data), **{name: self[name].data for name in MOVABLE})


class PromisesForm(Form):
    vote_limit = WholeNumberField(
        _("How many proposals one person can support"),
        description=_("Leave it empty if as many as they find right."),
    )
    shortlist_rule = RadioField(
        _("How the shortlist is made"),
        choices=[
            SelectChoice("top", _("The most supported")),
            SelectChoice("top-per-theme", _("The most supported in each theme")),
            SelectChoice("at-least", _("All with enough support")),
            SelectChoice("fair-share", _("A fair share: the same people cannot fill all places")),
        ],
    )
    shortlist_number = WholeNumberField(
        _("How many"), description=_("Places on the list, or the support that is enough.")
    )
    minimum_age = WholeNumberField(_("Least age of those who take part"))
    to_propose = RadioField(_("To propose, people need"))
    to_comment = RadioField(_("To comment, people need"))
    to_support = RadioField(_("To support, people need"))
    conclusion_before_promotion = BooleanField(
        _("A working group concludes before a proposal can become part of a draft commitment")
    )
    reason = TextAreaField(
        PUBLIC_REASON, description=_("Why a rule is changed after the announcement.")
    )

    ASSURED = ("to_propose", "to_comment", "to_support")

    def __init__(self, campaign: Campaign) -> None:
        now = Promises.of(campaign)
        super().__init__(
            **{name: getattr(now, name) for name in ("vote_limit", "minimum_age")},
            **{name: getattr(now, name).value for name in self.ASSURED},
            conclusion_before_promotion=now.conclusion_before_promotion,
            shortlist_rule=now.shortlist_rule.get("rule"),
            shortlist_number=now.shortlist_rule.get("k", now.shortlist_rule.get("n")),
        )
        self.now = now
        self.offers_verification = offers_verification()
        choices = [SelectChoice(Assurance.EMAIL.value, _("an e-mail address"))]
        if self.offers_verification:
            choices.append(SelectChoice(Assurance.VERIFIED.value, _("a confirmed identity")))
        for name in self.ASSURED:
            self[name].choices = choices
            if not self.offers_verification:
                self[name].data = Assurance.EMAIL.value

    def promises(self) -> Promises:
        rule = self.shortlist_rule.data
        word = "n" if rule == "at-least" else "k"
        return Promises(
            method=self.now.method,
            vote_limit=self.vote_limit.data,
            shortlist_rule={"rule": rule, word: self.shortlist_number.data} if rule else {},
            minimum_age=self.minimum_age.data or 0,
            conclusion_before_promotion=self.conclusion_before_promotion.data,
            **{name: Assurance(self[name].data) for name in self.ASSURED},
        )


@in_each_language("name", _("Name"))
@in_each_language("hint", _("What it is about"))
class ThemeForm(Form):
    group = SelectField(
        _("Working group"),
        coerce=int,
        description=_("It reviews what is shortlisted in this theme."),
    )

    def __init__(self, groups: list[Group], language: str, **values: Any) -> None:
        super().__init__(**values)
        self.groups = groups
        self.group.choices = [
            SelectChoice(0, "–"),
            *(SelectChoice(group.id, str(group.name.best_for(language))) for group in groups),
        ]

    def chosen_group(self) -> Group | None:
        return next((group for group in self.groups if group.id == self.group.data), None)


@in_each_language("short_notice_reason", _("Why less than 14 days ahead"), lines=True)
class AnnounceForm(Form):
    """Nothing to fill in where there is time enough."""


class MoveDateForm(Form):
    which = StringField(widget=HiddenInput())
    to = MomentField(_("New date and time"))
    reason = TextAreaField(PUBLIC_REASON)


class ProlongForm(Form):
    until = MomentField(_("Voting stays open until"))
    reason = TextAreaField(
        PUBLIC_REASON, description=_("What happened, and for how long people could not vote.")
    )


class ReasonForm(Form):
    reason = TextAreaField(PUBLIC_REASON)


class AppointForm(Form):
    person = EmailField(_("E-mail address"), description=_("They must have signed in here before."))
    office = RadioField(
        _("Office"), choices=[SelectChoice(office.value, word) for office, word in OFFICES.items()]
    )
    reason = TextAreaField(REASON)
