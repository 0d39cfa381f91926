"""Working groups: who sits there, what they think, what they concluded; and keeping them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import addresses
from app.accounts.models import Account
from app.accounts.queries import by_canonical_email
from app.campaigns.permissions import SEE_CAMPAIGN
from app.foundation import clock
from app.foundation.paging import page_of
from app.foundation.permissions import authorise
from app.groups import actions, queries
from app.groups.models import Group, Membership
from app.groups.permissions import CHANGE_GROUP, CREATE_GROUP
from app.groups.roles import seat_in
from app.http.caching import cacheable
from app.http.forms.groups import SECTORS, EndSeatForm, GroupForm, SeatForm
from app.http.requests import (
    actor,
    found,
    may_see,
    open_to_everyone,
    page_number,
    permission_required,
    signed_in,
    viewer,
)
from app.review import queries as reviews
from app.review.criteria import CRITERIA, most_different_first, spreads_of, widest
from app.review.models import ShortlistEntry
from app.review.permissions import CONCLUDE, SEE_NAMED_SCORES
from app.web.opinions import name_of, opinion_as_json

bp = Blueprint("groups", __name__)


@bp.get("/groups/")
@open_to_everyone
@cacheable
def groups() -> ResponseReturnValue:
    return render_template(
        "groups/groups.html",
        page=page_of(queries.groups(), page_number()),
        may_make=CREATE_GROUP.allows(actor(), None),
    )


@bp.get("/groups/<slug>/")
@open_to_everyone
@cacheable
def group(slug: str) -> ResponseReturnValue:
    """Who sits here, for whom, what they think of each proposal, what they concluded."""
    shown = found(queries.by_slug(slug))
    page = page_of(reviews.entries_reviewed_by(shown), page_number())
    entry_ids = [entry.id for entry in page.rows]
    person = viewer()
    return render_template(
        "groups/group.html",
        group=shown,
        seats=(seats := queries.open_seats(shown)),
        past=queries.past_seats(shown),
        balance=balance_of(seats),
        sectors=SECTORS,
        themes=reviews.themes_using(shown, announced_by=clock.now()),
        page=page,
        spreads={
            entry_id: spreads_of(some)
            for entry_id, some in reviews.open_assessments(entry_ids).items()
        },
        conclusions=reviews.latest_conclusions(entry_ids),
        my_seat=seat_in(shown, actor()),
        may_change=person is not None and CHANGE_GROUP.allows(person, shown),
    )


@bp.get("/groups/<slug>.json")
@open_to_everyone
@cacheable
def as_json(slug: str) -> ResponseReturnValue:
    """What the page of the group says, as data."""
    shown = found(queries.by_slug(slug))
    return {
        "group": slug,
        "name": dict(shown.name.wordings),
        "mandate": dict(shown.mandate.wordings),
        "rules": dict(shown.rules.wordings),
        "sits_from": shown.sits_from.isoformat(),
        "sits_until": shown.sits_until.isoformat() if shown.sits_until else None,
        "members": [
            {
                "name": name_of(seat.account),
                "organisation": seat.organisation,
                "sector": seat.sector.value,
                "chair": seat.is_chair,
                "substitute": seat.substitute_for_id is not None,
            }
            for seat in queries.open_seats(shown)
        ],
    }


def balance_of(seats: Any) -> list[dict[str, Any]]:
    """How many seats of their own each sector has, the largest first; substitutes add none."""
    own = [seat for seat in seats if seat.substitute_for_id is None]
    counted = [
        {"word": word, "number": number, "share": 100 * number / len(own)}
        for sector, word in SECTORS.items()
        if (number := sum(seat.sector is sector for seat in own))
    ]
    return sorted(counted, key=lambda each: -each["number"])


# ── What the group thinks of one proposal ────────────────────────────────────────────────────


@bp.get("/groups/<slug>/opinions/<reference>")
@open_to_everyone
@cacheable
def opinion(slug: str, reference: str) -> ResponseReturnValue:
    """Scores without names for everybody, with names for the group; conclusions for all."""
    entry = _entry(slug, reference)
    person, group_ = actor(), entry.group
    conflicts = reviews.standing_conflicts([entry.id])
    assessments = most_different_first(reviews.open_assessments([entry.id]).get(entry.id, []))
    recused = {conflict.account_id for conflict in conflicts}
    sees_names = person.actor_id not in recused and SEE_NAMED_SCORES.allows(person, entry)
    return render_template(
        "groups/opinion.html",
        entry=entry,
        campaign=entry.campaign,
        group=group_,
        criteria=CRITERIA,
        spreads=spreads_of(assessments),
        divided=widest(assessments),
        scored_by=len(assessments),
        named=assessments if sees_names else [],
        sees_names=sees_names,
        conclusions=reviews.conclusions_of(entry),
        seats=queries.open_seats(found(group_)),
        conflicts={conflict.account_id: conflict for conflict in conflicts},
        sectors=SECTORS,
        my_seat=seat_in(group_, person),
        may_conclude=person.actor_id not in recused and CONCLUDE.allows(person, entry),
    )


@bp.get("/groups/<slug>/opinions/<reference>.json")
@open_to_everyone
@cacheable
def opinion_json(slug: str, reference: str) -> ResponseReturnValue:
    """The same without a name beside any score, for everybody alike."""
    entry = _entry(slug, reference)
    scores = reviews.open_assessments([entry.id]).get(entry.id, [])
    return opinion_as_json(entry, scores, reviews.conclusion_of(entry))


def _entry(slug: str, reference: str) -> ShortlistEntry:
    """A proposal that this group reviews, in a campaign that the reader may know of."""
    entry = found(reviews.entry_by_reference(reference))
    found(entry.group if entry.group and entry.group.slug == slug else None)
    may_see(SEE_CAMPAIGN, entry.campaign)
    return found(entry if entry.is_on_list else None)


# ── Keeping a group ──────────────────────────────────────────────────────────────────────────


@bp.route("/groups/new", methods=["GET", "POST"])
@permission_required(CREATE_GROUP)
def make() -> ResponseReturnValue:
    authorise(signed_in(), CREATE_GROUP, None)
    form, made = GroupForm(), list[Group]()
    if form.attempt(lambda: made.append(actions.create_group(**form.words, by=signed_in()))):
        flash(_("The group has been made. Now say who sits in it."), "success")
        return redirect(url_for(".seats", slug=made[0].slug), 303)
    return render_template("groups/edit.html", form=form, group=None, most=actions), form.status


@bp.route("/groups/<slug>/edit", methods=["GET", "POST"])
@permission_required(CHANGE_GROUP)
def edit(slug: str) -> ResponseReturnValue:
    shown = _kept(slug)
    form = GroupForm.about(shown)
    if form.attempt(lambda: actions.change_group(shown, **form.words, by=signed_in())):
        flash(_("The group has been changed."), "success")
        return redirect(url_for(".group", slug=slug), 303)
    return render_template("groups/edit.html", form=form, group=shown, most=actions), form.status


@bp.route("/groups/<slug>/seats", methods=["GET", "POST"])
@permission_required(CHANGE_GROUP)
def seats(slug: str) -> ResponseReturnValue:
    """Who sits here, and a form that gives one more person a seat."""
    shown = _kept(slug)
    sitting = queries.open_seats(shown)
    own = {seat.id: seat for seat in sitting if seat.substitute_for_id is None}
    form = SeatForm().offer([(number, name_of(seat.account)) for number, seat in own.items()])

    def give() -> None:
        actions.seat_member(
            shown,
            _person(form.person.data),
            organisation=form.organisation.data or "",
            sector=form.chosen_sector,
            substitute_for=own.get(form.chosen_member or 0),
            by=signed_in(),
        )

    if form.attempt(give):
        flash(_("The seat has been given."), "success")
        return redirect(url_for(".seats", slug=slug), 303)
    page = render_template(
        "groups/seats.html", form=form, group=shown, seats=sitting, sectors=SECTORS
    )
    return page, form.status


@bp.post("/groups/<slug>/seats/<int:membership_id>/chair")
@permission_required(CHANGE_GROUP)
def chair(slug: str, membership_id: int) -> ResponseReturnValue:
    seat = _seat(slug, membership_id)
    actions.appoint_chair(seat, by=signed_in())
    flash(_("%(name)s chairs the group now.", name=name_of(seat.account)), "success")
    return redirect(url_for(".seats", slug=slug), 303)


@bp.route("/groups/<slug>/seats/<int:membership_id>/end", methods=["GET", "POST"])
@permission_required(CHANGE_GROUP)
def end_seat(slug: str, membership_id: int) -> ResponseReturnValue:
    seat, form = _seat(slug, membership_id), EndSeatForm()
    if form.attempt(lambda: actions.end_seat(seat, reason=form.reason.data or "", by=signed_in())):
        flash(_("The seat has ended. It stays readable on the group's page."), "success")
        return redirect(url_for(".seats", slug=slug), 303)
    page = render_template("groups/end_seat.html", form=form, group=seat.group, seat=seat)
    return page, form.status


def _kept(slug: str) -> Group:
    """The group, if whoever asks keeps it."""
    shown = found(queries.by_slug(slug))
    authorise(signed_in(), CHANGE_GROUP, shown)
    return shown


def _seat(slug: str, membership_id: int) -> Membership:
    shown = _kept(slug)
    seat = found(queries.membership(membership_id))
    return found(seat if seat.group_id == shown.id else None)


def _person(address: str | None) -> Account | None:
    """Whoever signs in with this address, however they write it."""
    try:
        return by_canonical_email(addresses.canonical(address or ""))
    except UnicodeError:
        return None
