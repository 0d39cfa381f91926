"""What became of mine, and what is held about me."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, flash, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import actions, holdings, queries
from app.accounts.models import Account
from app.accounts.permissions import CHANGE_PROFILE, ERASE, SEE_OWN, SIGN_OUT
from app.accounts.proofs import local_path
from app.answers.queries import answers_in_force
from app.follows.actions import follow as start_following
from app.follows.actions import stop_following as end_following
from app.follows.permissions import FOLLOW
from app.foundation import clock
from app.foundation.db import db
from app.foundation.paging import page_of
from app.foundation.permissions import authorise
from app.http import sessions
from app.http.forms.my import EraseForm, ProfileForm
from app.http.requests import (
    actor,
    found,
    page_number,
    permission_required,
    sign_in_required,
    signed_in,
)
from app.proposals.models import Proposal, State
from app.proposals.queries import by_author, drafts_of, invitations_of, visible_to
from app.voting.queries import campaigns_supported_in
from app.web.followed import followed_by

bp = Blueprint("my", __name__)


@dataclass(frozen=True)
class Section:
    """One more part of somebody's overview, such as their support."""

    key: str
    template: str
    """Drawn with ``section`` and its values."""
    values: dict[str, Any] = field(default_factory=dict)


SECTIONS: list[Callable[[Account], Section | None]] = []
"""What other pages add to the overview, in this order; ``wiring`` fills it. None adds nothing."""


@bp.get("/my/")
@sign_in_required
def overview() -> ResponseReturnValue:
    """What became of mine?"""
    person = signed_in()
    written = page_of(by_author(person.id).where(Proposal.state != State.DRAFT), page_number())
    return render_template(
        "my/overview.html",
        here="my",
        written=written,
        answers=answers_in_force(written.rows),
        supported=campaigns_supported_in(person.id),
        drafts=drafts_of(person.id),
        invitations=_invited_to(person),
        followed=followed_by(person),
        sections=[part for section in SECTIONS if (part := section(person))],
    )


def _invited_to(person: Account) -> Sequence[Proposal]:
    ids = [invitation.proposal_id for invitation in invitations_of(person.id)]
    query = visible_to(person).where(Proposal.id.in_(ids)).order_by(Proposal.id)
    return db.session.scalars(query).all() if ids else []


@bp.post("/my/follows")
@permission_required(FOLLOW)
def follow() -> ResponseReturnValue:
    """Hear of each step of what the body names as ``subject``; go back to ``return_to``."""
    start_following(request.form.get("subject", ""), by=actor())
    flash(_("We will tell you of each step."), "success")
    return _back()


@bp.post("/my/follows/stop")
@permission_required(FOLLOW)
def stop_following() -> ResponseReturnValue:
    end_following(request.form.get("subject", ""), by=actor())
    flash(_("You no longer follow this."), "success")
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(local_path(request.form.get("return_to", "")) or url_for(".overview"), 303)


@bp.route("/my/account", methods=["GET", "POST"])
@permission_required(CHANGE_PROFILE)
def account() -> ResponseReturnValue:
    """Who one is here, where one is signed in, what is held, and the way out."""
    person = signed_in()
    form = ProfileForm(obj=person)
    if form.attempt(
        lambda: actions.change_profile(
            person,
            display_name=form.display_name.data or "",
            organisation=form.organisation.data or "",
            language=form.language.data or "",
            by=actor(),
        )
    ):
        flash(_("Saved."), "success")
        return redirect(url_for(".account"), 303)
    page = render_template(
        "my/account.html",
        here="account",
        form=form,
        person=person,
        sessions=queries.open_sessions_of(person.id, at=clock.now()),
        this_session=sessions.current(),
    )
    return page, form.status


@bp.post("/my/sessions/<int:number>/end")
@permission_required(SIGN_OUT)
def end_session(number: int) -> ResponseReturnValue:
    """Sign one browser out, also this one."""
    ended = found(queries.session_of(signed_in().id, number))
    actions.end_session(ended, by=actor())
    if ended is sessions.current():
        sessions.forget()
        return redirect(url_for("home.home"), 303)
    flash(_("That browser is signed out."), "success")
    return redirect(url_for(".account", _anchor="sessions"), 303)


@bp.post("/my/sessions/end-all")
@permission_required(SIGN_OUT)
def end_all_sessions() -> ResponseReturnValue:
    actions.end_all_sessions(signed_in(), by=actor())
    sessions.forget()
    flash(_("You are signed out everywhere."), "success")
    return redirect(url_for("home.home"), 303)


@bp.get("/my/account/download")
@permission_required(SEE_OWN)
def download() -> ResponseReturnValue:
    """Everything held about whoever asks, as one JSON file."""
    person = signed_in()
    authorise(person, SEE_OWN, person)
    held = {"as_of": clock.now(), **holdings.held_about(person)}
    text = json.dumps(_sayable(held), ensure_ascii=False, indent=2, sort_keys=False)
    return Response(
        text,
        mimetype="application/json",
        headers={"Content-Disposition": 'attachment; filename="talka-my-data.json"'},
    )


def _sayable(thing: Any) -> Any:
    """The same in what JSON can say: moments as ISO 8601, other things as their words."""
    if isinstance(thing, dict):
        return {str(key): _sayable(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple | set):
        return [_sayable(value) for value in thing]
    if thing is None or isinstance(thing, bool | int | float | str):
        return thing
    return thing.isoformat() if hasattr(thing, "isoformat") else str(thing)


@bp.route("/my/account/delete", methods=["GET", "POST"])
@permission_required(ERASE)
def delete() -> ResponseReturnValue:
    """Leaving: what happens, in plain words, and a typed confirmation."""
    person = signed_in()
    form = EraseForm()
    if form.attempt(
        lambda: actions.erase_account(person, confirmation=form.confirmation.data or "", by=actor())
    ):
        sessions.forget()
        flash(_("Your account is deleted. Thank you for having taken part."), "success")
        return redirect(url_for("home.home"), 303)
    return render_template("my/delete.html", here="account", form=form, person=person), form.status
