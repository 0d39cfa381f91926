"""The organiser's desk: from an idea to an announced campaign, and through its stages."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.exceptions import NotFound

from app import config
from app.accounts.addresses import canonical
from app.accounts.models import Account
from app.accounts.queries import by_canonical_email
from app.answers import permissions as answers_permissions
from app.answers.queries import Coverage, coverage
from app.campaigns import actions, queries, rules, stages
from app.campaigns.models import Campaign, CampaignAppointment, CampaignOffice, Theme
from app.campaigns.permissions import (
    ANNOUNCE_CAMPAIGN,
    APPOINT,
    CANCEL_CAMPAIGN,
    CHANGE_PROMISES,
    CHANGE_THEME_LIST,
    CHANGE_THEMES,
    CHANGE_WORDS,
    CREATE_CAMPAIGN,
    MOVE_DATE,
    PROLONG_VOTING,
    SEE_CAMPAIGN,
    SEE_DESK,
    SET_DATES,
    desks_of,
)
from app.campaigns.rules import Dates
from app.commitments import permissions as commitments_permissions
from app.foundation import clock
from app.foundation.db import db
from app.foundation.language import Sentence
from app.foundation.paging import page_of
from app.foundation.permissions import Permission, authorise
from app.foundation.refusals import Invalid
from app.groups.queries import groups
from app.http.forms.fields import show_wordings, wordings
from app.http.forms.organising import (
    OFFICES,
    AnnounceForm,
    AppointForm,
    CreateForm,
    DatesForm,
    MoveDateForm,
    ProlongForm,
    PromisesForm,
    ReasonForm,
    ThemeForm,
    WordsForm,
)
from app.http.requests import (
    actor,
    found,
    page_number,
    permission_required,
    sign_in_required,
    signed_in,
)
from app.moderation import permissions as moderation_permissions
from app.plans.queries import plans
from app.proposals import queries as proposals
from app.web.addresses import language_of_page
from app.web.calendars import dates_in_order
from app.web.campaigns import page_of_campaign

bp = Blueprint("organising", __name__)

LOOKED_BACK = 7
"""Days of which the desk tells how many proposals came in."""

DESKS = [
    (
        "moderating.desk",
        "slug",
        moderation_permissions.SEE_DESK,
        lazy_gettext("The moderators’ desk"),
    ),
    (
        "drafting.desk",
        "campaign_slug",
        commitments_permissions.SEE_DESK,
        lazy_gettext("Draft commitments"),
    ),
    (
        "answering.desk",
        "slug",
        answers_permissions.SEE_DESK,
        lazy_gettext("Answers and conclusion"),
    ),
]
"""Where the work on proposals is done, for those who may go there."""

ACTS = {
    "words": CHANGE_WORDS,
    "dates": SET_DATES,
    "promises": CHANGE_PROMISES,
    "themes": CHANGE_THEMES,
    "announce": ANNOUNCE_CAMPAIGN,
    "move_date": MOVE_DATE,
    "prolong": PROLONG_VOTING,
    "cancel": CANCEL_CAMPAIGN,
    "appoint": APPOINT,
}


def _campaign(slug: str, permission: Permission) -> Campaign:
    """The campaign, if whoever asks may do this with it; else the sentence that says why not."""
    campaign = found(queries.by_slug(slug))
    if not SEE_CAMPAIGN.allows(actor(), campaign):
        raise NotFound
    authorise(actor(), permission, campaign)
    return campaign


def _back(campaign: Campaign, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("organising.campaign_desk", slug=campaign.slug), 303)


@bp.get("/organising/")
@sign_in_required
def desk() -> ResponseReturnValue:
    """My campaigns; for administrators and observers every one."""
    page = page_of(desks_of(signed_in()), page_number())
    return render_template(
        "organising/desk.html",
        here="organising",
        page=page,
        figures=proposals.figures_of([campaign.id for campaign in page.rows]),
        may_create=CREATE_CAMPAIGN.allows(actor(), None),
    )


@bp.route("/organising/create", methods=["GET", "POST"])
@permission_required(CREATE_CAMPAIGN)
def create() -> ResponseReturnValue:
    authorise(actor(), CREATE_CAMPAIGN, None)
    form = CreateForm()
    made: list[Campaign] = []

    def act() -> None:
        made.append(
            actions.create_campaign(
                slug=form.slug.data or "",
                reference_prefix=form.reference_prefix.data or "",
                words=form.words(),
                organiser=_person(form.organiser.data, "organiser"),
                reason=form.reason.data or "",
                by=actor(),
            )
        )

    if form.attempt(act):
        return _back(made[0], _("The campaign is in preparation. Nobody else sees it yet."))
    return render_template("organising/create.html", here="organising", form=form), form.status


def _person(address: str | None, field: str) -> Account:
    person = by_canonical_email(canonical(address or ""))
    if person is None:
        raise Invalid(
            {
                field: _(
                    "Nobody has signed in with this address yet. Ask them to sign in once, "
                    "then try again."
                )
            }
        )
    return person


@bp.get("/organising/<slug>/")
@permission_required(SEE_DESK)
def campaign_desk(slug: str) -> ResponseReturnValue:
    campaign = _campaign(slug, SEE_DESK)
    at = clock.now()
    return render_template(
        "organising/campaign.html",
        here="organising",
        campaign=campaign,
        stage=stages.stage_of(campaign, at),
        lacking=_lacking(campaign) if campaign.announced_at is None else [],
        is_short_notice=rules.is_short_notice(campaign, at),
        health=_health(campaign),
        themes=queries.themes_of(campaign),
        dates=_dates(campaign),
        may_move=MOVE_DATE.allows(actor(), campaign),
        appointments=queries.appointments_in(campaign),
        offices=OFFICES,
        refusals={name: act.refusal(actor(), campaign) for name, act in ACTS.items()},
        desks=_desks(campaign),
    )


def _desks(campaign: Campaign) -> list[tuple[str, Sentence]]:
    found_at: list[tuple[str, Sentence]] = []
    for endpoint, name, permission, word in DESKS:
        address: dict[str, Any] = {name: campaign.slug}
        if permission.allows(actor(), campaign):
            found_at.append((url_for(endpoint, **address), word))
    return found_at


@dataclass(frozen=True)
class Health:
    """Is the campaign well? The numbers that an organiser asks for every morning."""

    people: int
    handed_in: int
    published: int
    days: list[tuple[date, int]]
    """How many were handed in on each of the last days, the latest last."""
    unchecked: int
    unchecked_since: Any
    coverage: Coverage


def _health(campaign: Campaign) -> Health:
    figures = proposals.figures_of([campaign.id])[campaign.id]
    return Health(
        people=proposals.count_people(campaign),
        handed_in=figures.handed_in,
        published=figures.published,
        days=_by_day(campaign),
        unchecked=figures.unchecked,
        unchecked_since=proposals.longest_unchecked_since(campaign),
        coverage=coverage(campaign),
    )


def _by_day(campaign: Campaign) -> list[tuple[date, int]]:
    zone = config.settings().zone
    now = clock.now().astimezone(zone)
    first = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=LOOKED_BACK - 1)
    counted = Counter(
        moment.astimezone(zone).date() for moment in proposals.handed_in_since(campaign, first)
    )
    days = [first.date() + timedelta(days=number) for number in range(LOOKED_BACK)]
    return [(day, counted[day]) for day in days]


def _dates(campaign: Campaign) -> list[dict[str, Any]]:
    """Every date in its order; whether it can still be moved."""
    at = clock.now()
    return [
        {
            "which": which,
            "moment": getattr(campaign, which),
            "is_past": getattr(campaign, which) <= at,
            "is_prolonged_only": which == "voting_closes_at"
            and stages.voting_has_opened(campaign, at),
        }
        for which in dates_in_order(campaign)
    ]


@bp.get("/organising/<slug>/preview")
@permission_required(SEE_DESK)
def preview(slug: str) -> ResponseReturnValue:
    """The public page as it will be."""
    campaign = _campaign(slug, SEE_DESK)
    return render_template("organising/preview.html", **page_of_campaign(campaign))


@bp.route("/organising/<slug>/texts", methods=["GET", "POST"])
@permission_required(CHANGE_WORDS)
def texts(slug: str) -> ResponseReturnValue:
    campaign = _campaign(slug, CHANGE_WORDS)
    form = WordsForm(campaign, list(db.session.scalars(plans())), language_of_page())
    if form.attempt(lambda: actions.change_campaign(campaign, words=form.words(), by=actor())):
        return _back(campaign, _("The texts are saved."))
    return _page("texts", campaign, form)


@bp.route("/organising/<slug>/dates", methods=["GET", "POST"])
@permission_required(SET_DATES)
def dates(slug: str) -> ResponseReturnValue:
    campaign = _campaign(slug, SET_DATES)
    form = DatesForm(obj=Dates.of(campaign))
    if form.attempt(lambda: actions.change_campaign(campaign, dates=form.dates(), by=actor())):
        return _back(campaign, _("The dates are saved."))
    return _page("dates", campaign, form)


@bp.route("/organising/<slug>/promises", methods=["GET", "POST"])
@permission_required(CHANGE_PROMISES)
def promises(slug: str) -> ResponseReturnValue:
    campaign = _campaign(slug, CHANGE_PROMISES)
    form = PromisesForm(campaign)

    def act() -> None:
        actions.change_campaign(
            campaign, promises=form.promises(), reason=form.reason.data or "", by=actor()
        )

    if form.attempt(act):
        return _back(campaign, _("The rules are saved."))
    return _page("promises", campaign, form)


@bp.route("/organising/<slug>/themes", methods=["GET", "POST"])
@permission_required(CHANGE_THEMES)
def themes(slug: str) -> ResponseReturnValue:
    """The themes in their order, and a form for one more."""
    campaign = _campaign(slug, CHANGE_THEMES)
    form = ThemeForm(list(db.session.scalars(groups())), language_of_page())

    def act() -> None:
        actions.add_theme(
            campaign,
            name=wordings(form, "name"),
            hint=wordings(form, "hint"),
            group=form.chosen_group(),
            by=actor(),
        )

    if form.attempt(act):
        flash(_("The theme is added."), "success")
        return redirect(url_for("organising.themes", slug=slug), 303)
    return _page(
        "themes",
        campaign,
        form,
        themes=queries.themes_of(campaign),
        figures=proposals.figures_of([campaign.id])[campaign.id],
        no_more=CHANGE_THEME_LIST.refusal(actor(), campaign),
    )


def _theme(campaign: Campaign, theme_id: int) -> Theme:
    theme = found(queries.theme(theme_id))
    return found(theme if theme.campaign_id == campaign.id else None)


@bp.route("/organising/<slug>/themes/<int:theme_id>", methods=["GET", "POST"])
@permission_required(CHANGE_THEMES)
def theme(slug: str, theme_id: int) -> ResponseReturnValue:
    campaign = _campaign(slug, CHANGE_THEMES)
    one = _theme(campaign, theme_id)
    form = ThemeForm(
        list(db.session.scalars(groups())), language_of_page(), group=one.group_id or 0
    )
    show_wordings(form, ("name", "hint"), (one.name, one.hint))

    def act() -> None:
        actions.change_theme(
            one,
            name=wordings(form, "name", one.name),
            hint=wordings(form, "hint", one.hint),
            group=form.chosen_group(),
            by=actor(),
        )

    if form.attempt(act):
        flash(_("The theme is saved."), "success")
        return redirect(url_for("organising.themes", slug=slug), 303)
    return _page("theme", campaign, form, theme=one)


@bp.post("/organising/<slug>/themes/<int:theme_id>/move")
@permission_required(CHANGE_THEMES)
def move_theme(slug: str, theme_id: int) -> ResponseReturnValue:
    campaign = _campaign(slug, CHANGE_THEMES)
    up = request.form.get("towards") == "start"
    one = _theme(campaign, theme_id)
    actions.move_theme(one, towards="start" if up else "end", by=actor())
    return redirect(url_for("organising.themes", slug=slug), 303)


@bp.post("/organising/<slug>/themes/<int:theme_id>/remove")
@permission_required(CHANGE_THEME_LIST)
def remove_theme(slug: str, theme_id: int) -> ResponseReturnValue:
    """Removing what is gone already is no mistake: somebody pressed twice."""
    campaign = _campaign(slug, CHANGE_THEME_LIST)
    gone = queries.theme(theme_id)
    if gone is not None:
        actions.remove_theme(_theme(campaign, theme_id), by=actor())
    flash(_("The theme is removed."), "success")
    return redirect(url_for("organising.themes", slug=slug), 303)


@bp.route("/organising/<slug>/announce", methods=["GET", "POST"])
@permission_required(ANNOUNCE_CAMPAIGN)
def announce(slug: str) -> ResponseReturnValue:
    campaign = _campaign(slug, SEE_DESK)
    if campaign.announced_at is not None:
        return _back(campaign, _("This campaign has already been announced."))
    authorise(actor(), ANNOUNCE_CAMPAIGN, campaign)
    form = AnnounceForm()
    at = clock.now()

    def act() -> None:
        actions.announce_campaign(
            campaign, short_notice_reason=wordings(form, "short_notice_reason"), by=actor()
        )

    if form.attempt(act):
        return _back(campaign, _("The campaign is announced: everybody can see it now."))
    return _page(
        "announce",
        campaign,
        form,
        lacking=_lacking(campaign),
        is_short_notice=rules.is_short_notice(campaign, at),
        dates=_dates(campaign),
    )


@bp.route("/organising/<slug>/move-date/<which>", methods=["GET", "POST"])
@permission_required(MOVE_DATE)
def move_date(slug: str, which: str) -> ResponseReturnValue:
    campaign = _campaign(slug, MOVE_DATE)
    if which not in rules.MOVABLE:
        raise NotFound
    form = MoveDateForm(to=getattr(campaign, which))

    def act() -> None:
        assert form.to.data is not None  # noqa: S101  the field refuses to be empty
        actions.move_date(
            campaign, which, to=form.to.data, reason=form.reason.data or "", by=actor()
        )

    if form.attempt(act):
        return _back(campaign, _("The date is moved. Those who follow the campaign are told."))
    return _page("move_date", campaign, form, which=which)


@bp.route("/organising/<slug>/prolong", methods=["GET", "POST"])
@permission_required(PROLONG_VOTING)
def prolong(slug: str) -> ResponseReturnValue:
    campaign = _campaign(slug, PROLONG_VOTING)
    form = ProlongForm(until=campaign.voting_closes_at)

    def act() -> None:
        assert form.until.data is not None  # noqa: S101  the field refuses to be empty
        actions.prolong_voting(
            campaign, until=form.until.data, reason=form.reason.data or "", by=actor()
        )

    if form.attempt(act):
        return _back(campaign, _("Voting is prolonged. Those who follow the campaign are told."))
    return _page("prolong", campaign, form)


@bp.route("/organising/<slug>/cancel", methods=["GET", "POST"])
@permission_required(CANCEL_CAMPAIGN)
def cancel(slug: str) -> ResponseReturnValue:
    campaign = _campaign(slug, SEE_DESK)
    if campaign.cancelled_at is not None:
        return _back(campaign, _("This campaign has already been cancelled."))
    authorise(actor(), CANCEL_CAMPAIGN, campaign)
    form = ReasonForm()
    if form.attempt(
        lambda: actions.cancel_campaign(campaign, reason=form.reason.data or "", by=actor())
    ):
        return _back(campaign, _("The campaign is cancelled."))
    return _page("cancel", campaign, form)


@bp.route("/organising/<slug>/people", methods=["GET", "POST"])
@permission_required(APPOINT)
def people(slug: str) -> ResponseReturnValue:
    """Who holds an office, and a form that gives one."""
    campaign = _campaign(slug, APPOINT)
    form = AppointForm(office=CampaignOffice.MODERATOR.value)

    def act() -> None:
        actions.appoint(
            campaign,
            _person(form.person.data, "person"),
            CampaignOffice(form.office.data),
            reason=form.reason.data or "",
            by=actor(),
        )

    if form.attempt(act):
        flash(_("The office is given."), "success")
        return redirect(url_for("organising.people", slug=slug), 303)
    return _page(
        "people",
        campaign,
        form,
        appointments=queries.appointments_in(campaign),
        offices=OFFICES,
    )


@bp.route("/organising/<slug>/people/<int:appointment_id>", methods=["GET", "POST"])
@permission_required(APPOINT)
def end_office(slug: str, appointment_id: int) -> ResponseReturnValue:
    campaign = _campaign(slug, APPOINT)
    appointment = _appointment(campaign, appointment_id)
    form = ReasonForm()
    if form.attempt(
        lambda: actions.end_appointment(appointment, reason=form.reason.data or "", by=actor())
    ):
        flash(_("The office is taken back."), "success")
        if not SEE_DESK.allows(actor(), campaign):
            return redirect(url_for("organising.desk"), 303)
        return redirect(url_for("organising.people", slug=slug), 303)
    return _page("end_office", campaign, form, appointment=appointment, offices=OFFICES)


def _appointment(campaign: Campaign, appointment_id: int) -> CampaignAppointment:
    appointment = found(queries.appointment(appointment_id))
    return found(appointment if appointment.campaign_id == campaign.id else None)


def _page(name: str, campaign: Campaign, form: Any, **more: Any) -> ResponseReturnValue:
    """One of the desk's forms, as it was typed and with what is wrong with it."""
    return (
        render_template(
            f"organising/{name}.html", here="organising", campaign=campaign, form=form, **more
        ),
        form.status,
    )


def _lacking(campaign: Campaign) -> list[tuple[str, Sentence]]:
    """What is still lacking before the announcement, and the page on which each is mended."""
    where = {
        "moderators": "organising.people",
        "summary": "organising.texts",
        "contact_email": "organising.texts",
        **dict.fromkeys(rules.MOVABLE, "organising.dates"),
    }
    lacking = queries.still_lacking(campaign, clock.now())
    return [(where.get(name, "organising.promises"), text) for name, text in lacking.items()]
