"""People's offices, suspensions, and the health of the machinery."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import actions, addresses, queries
from app.accounts.models import Account, HouseOffice
from app.accounts.permissions import (
    APPOINT,
    FIND_PEOPLE,
    MEND_MACHINERY,
    SUSPEND,
    WATCH_MACHINERY,
)
from app.foundation import clock, events
from app.foundation.paging import page_of
from app.foundation.permissions import authorise
from app.foundation.refusals import Invalid
from app.foundation.text import clean_line
from app.http.forms.administration import AppointForm, ReasonForm, SuspendForm
from app.http.requests import actor, found, page_number, permission_required
from app.notifications.queries import unsent_letters
from app.web import machinery

bp = Blueprint("administration", __name__)

LONGEST_WORDS = 100


@bp.get("/administration/")
@permission_required(FIND_PEOPLE)
def desk() -> ResponseReturnValue:
    """Who holds an office of the house; where to look for people and at the machinery."""
    authorise(actor(), FIND_PEOPLE, None)
    return render_template(
        "administration/desk.html", here="administration", appointments=queries.house_appointments()
    )


@bp.get("/administration/people")
@permission_required(FIND_PEOPLE)
def people() -> ResponseReturnValue:
    """People by a part of their name; nobody until somebody is sought."""
    authorise(actor(), FIND_PEOPLE, None)
    words = clean_line(request.args.get("q", ""))[:LONGEST_WORDS]
    query = queries.people_called(words)
    return render_template(
        "administration/people.html",
        here="administration",
        words=words,
        shown=page_of(query, page_number()) if words else None,
    )


@bp.post("/administration/people")
@permission_required(FIND_PEOPLE)
def find() -> ResponseReturnValue:
    """By a part of a name, or by a whole mail address, which must not stand in a page's address."""
    authorise(actor(), FIND_PEOPLE, None)
    words = clean_line(request.form.get("q", ""))[:LONGEST_WORDS]
    if "@" not in words:
        return redirect(url_for(".people", q=words or None), 303)
    if person := queries.by_canonical_email(addresses.canonical(words)):
        return redirect(url_for(".person", number=person.id), 303)
    flash(_("Nobody has an account with this address."), "fault")
    return redirect(url_for(".people"), 303)


@bp.get("/administration/people/<int:number>")
@permission_required(FIND_PEOPLE)
def person(number: int) -> ResponseReturnValue:
    authorise(actor(), FIND_PEOPLE, None)
    return _page_of(_somebody(number))


@bp.post("/administration/people/<int:number>/appoint")
@permission_required(APPOINT)
def appoint(number: int) -> ResponseReturnValue:
    authorise(actor(), APPOINT, None)
    somebody, form = _somebody(number), AppointForm()
    if form.attempt(
        lambda: actions.appoint_to_house(
            somebody,
            _office(form.office.data or ""),
            reason=form.reason.data or "",
            by=actor(),
        )
    ):
        flash(_("The office is given."), "success")
        return redirect(url_for(".person", number=number), 303)
    return _page_of(somebody, appoint_form=form)


def _office(word: str) -> HouseOffice:
    try:
        return HouseOffice(word)
    except ValueError as problem:
        raise Invalid({"office": _("Choose one of these offices.")}) from problem


@bp.route("/administration/appointments/<int:number>/end", methods=["GET", "POST"])
@permission_required(APPOINT)
def end_appointment(number: int) -> ResponseReturnValue:
    authorise(actor(), APPOINT, None)
    appointment = found(queries.house_appointment(number))
    holder = found(queries.account(appointment.account_id))
    form = ReasonForm()
    if form.attempt(
        lambda: actions.end_house_appointment(
            appointment, reason=form.reason.data or "", by=actor()
        )
    ):
        flash(_("The office has ended."), "success")
        return redirect(url_for(".desk"), 303)
    page = render_template(
        "administration/end_appointment.html",
        here="administration",
        form=form,
        appointment=appointment,
        holder=holder,
    )
    return page, form.status


@bp.post("/administration/people/<int:number>/suspend")
@permission_required(SUSPEND)
def suspend(number: int) -> ResponseReturnValue:
    authorise(actor(), FIND_PEOPLE, None)
    somebody, form = _somebody(number), SuspendForm()
    if form.attempt(
        lambda: actions.suspend_account(somebody, reason=form.reason.data or "", by=actor())
    ):
        flash(_("The account is suspended."), "success")
        return redirect(url_for(".person", number=number), 303)
    return _page_of(somebody, suspend_form=form)


@bp.post("/administration/people/<int:number>/lift")
@permission_required(SUSPEND)
def lift(number: int) -> ResponseReturnValue:
    somebody = _somebody(number)
    actions.lift_suspension(somebody, by=actor())
    flash(_("The suspension is lifted."), "success")
    return redirect(url_for(".person", number=number), 303)


def _somebody(number: int) -> Account:
    """Somebody who is (still) here."""
    somebody = found(queries.account(number))
    return found(somebody if somebody.erased_at is None else None)


def _page_of(
    somebody: Account,
    appoint_form: AppointForm | None = None,
    suspend_form: SuspendForm | None = None,
) -> ResponseReturnValue:
    refused = appoint_form or suspend_form
    page = render_template(
        "administration/person.html",
        here="administration",
        person=somebody,
        held=queries.house_appointments_of(somebody.id),
        appoint_form=appoint_form or AppointForm(formdata=None),
        suspend_form=suspend_form or SuspendForm(formdata=None),
        refused=refused,
    )
    return page, refused.status if refused else 200


# ── The machinery ────────────────────────────────────────────────────────────────────────────


@bp.get("/administration/machinery")
@permission_required(WATCH_MACHINERY)
def watch() -> ResponseReturnValue:
    """Queues, failures, what is owed, and whether the clock ticks."""
    authorise(actor(), WATCH_MACHINERY, None)
    return render_template(
        "administration/machinery.html", here="administration", **_machinery_now()
    )


def _machinery_now() -> dict[str, Any]:
    at = clock.now()
    return {
        "machinery": machinery.look(current_app.config["SCHEDULE"]),
        "owed": events.count_owed(),
        "letters": unsent_letters(),
        "unsent": len(queries.unsent_requests(at=at, begun_before=at)),
    }


@bp.post("/administration/machinery/again")
@permission_required(MEND_MACHINERY)
def try_again() -> ResponseReturnValue:
    authorise(actor(), MEND_MACHINERY, None)
    path = machinery.try_again(request.form.get("lane", ""), request.form.get("job", ""))
    flash(_("Put again: %(path)s", path=path), "success")
    return redirect(url_for(".watch"), 303)
