"""Signing in by mail, and out again."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import actions, proofs, queries
from app.accounts.actions import Entrance
from app.accounts.addresses import canonical, veiled
from app.accounts.models import SignInRequest
from app.foundation import clock
from app.foundation.language import NAMES, spoken
from app.http import origins, sessions
from app.http.forms.signing_in import CodeForm, PressForm, SignInForm, WelcomeForm
from app.http.requests import actor, found, open_to_everyone, viewer

bp = Blueprint("signing_in", __name__)

NEWCOMER = "newcomer"
"""Where the cookie says which request has proven the mailbox of somebody new."""


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_everyone
def sign_in() -> ResponseReturnValue:
    """Where the address is asked, whether or not we know it."""
    form = SignInForm(return_to=proofs.local_path(request.args.get("return_to", "")))
    asked: list[SignInRequest] = []
    if form.attempt(lambda: asked.append(_ask(form.email.data, form.return_to.data))):
        return redirect(url_for(".code", public_id=asked[0].public_id), 303)
    return render_template("signing_in/sign_in.html", here="sign_in", form=form), form.status


def _ask(email: str | None, return_to: str | None) -> SignInRequest:
    return actions.ask_to_sign_in(
        email or "",
        language=spoken(),
        return_to=return_to or "",
        network=origins.network(),
        by=actor(),
    )


@bp.route("/sign-in/code/<public_id>", methods=["GET", "POST"])
@open_to_everyone
def code(public_id: str) -> ResponseReturnValue:
    """Where the six digits are typed. A wrong one is counted, so the answer must be kept: 303."""
    asked = found(queries.request_by_public_id(public_id))
    form = CodeForm()
    entrances: list[Entrance | None] = []
    if form.attempt(
        lambda: entrances.append(
            actions.sign_in_with_code(
                public_id,
                form.code.data or "",
                browser=origins.browser(),
                replaces=sessions.current(),
                by=actor(),
            )
        )
    ):
        if entrances[0] is None:
            return redirect(url_for(".code", public_id=public_id, wrong=1), 303)
        return _go_in(entrances[0], public_id)
    return render_template("signing_in/code.html", form=form, **_standing(asked)), form.status


def _standing(asked: SignInRequest) -> dict[str, Any]:
    """What the code's page says of the request: whether it holds, how many tries are left."""
    return {
        "here": "sign_in",
        "asked": asked,
        "address": asked.email,
        "is_open": asked.is_open(clock.now()),
        "wrong": asked.tries_left < proofs.TRIES and "wrong" in request.args,
    }


@bp.post("/sign-in/code/<public_id>/again")
@open_to_everyone
def again(public_id: str) -> ResponseReturnValue:
    """Send another mail to the same address. Older ones keep working until they are too old."""
    asked = found(queries.request_by_public_id(public_id))
    fresh = _ask(asked.email, asked.return_to)
    flash(_("We have sent another mail."), "success")
    return redirect(url_for(".code", public_id=fresh.public_id), 303)


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@open_to_everyone
def link(token: str) -> ResponseReturnValue:
    """Where the mail's link leads. Only a press spends it, so that mail scanners do not."""
    asked = queries.request_by_link(proofs.hash_of(token))
    form = PressForm()
    entrances: list[Entrance] = []
    if form.is_submitted() and _is_theirs_already(asked):
        return redirect(_way_back(asked.return_to if asked else ""), 303)
    if form.attempt(
        lambda: entrances.append(
            actions.sign_in_with_link(
                token, browser=origins.browser(), replaces=sessions.current(), by=actor()
            )
        )
    ):
        assert asked is not None  # noqa: S101  or the action had refused
        return _go_in(entrances[0], asked.public_id)
    is_open = asked is not None and asked.is_open(clock.now())
    page = render_template(
        "signing_in/link.html",
        here="sign_in",
        form=form,
        is_open=is_open,
        address=veiled(asked.email) if asked else "",
        is_theirs=_is_theirs_already(asked),
        return_to=_way_back(asked.return_to if asked else ""),
    )
    return page, form.status if form.is_submitted() or is_open else 410


def _is_theirs_already(asked: SignInRequest | None) -> bool:
    """Whether this link was used, and by whoever is signed in here: a second press, a reload."""
    person = viewer()
    return (
        asked is not None
        and asked.used_at is not None
        and person is not None
        and canonical(asked.email) == person.canonical_email
    )


@bp.route("/sign-in/welcome", methods=["GET", "POST"])
@open_to_everyone
def welcome() -> ResponseReturnValue:
    """Where somebody new says who they are. Until then nothing of them is kept."""
    public_id = session.get(NEWCOMER)
    asked = queries.request_by_public_id(public_id) if isinstance(public_id, str) else None
    if asked is None:
        if person := viewer():  # a second press, or the way back
            flash(_("You are signed in as %(name)s.", name=person.display_name), "success")
            return redirect(url_for("my.overview"), 303)
        return redirect(url_for(".sign_in"), 303)
    form = WelcomeForm(language=asked.language)
    entrances: list[Entrance] = []
    if form.attempt(
        lambda: entrances.append(
            actions.open_account(
                asked.public_id,
                display_name=form.display_name.data or "",
                organisation=form.organisation.data or "",
                language=form.language.data or "",
                is_old_enough=bool(form.is_old_enough.data),
                browser=origins.browser(),
                by=actor(),
            )
        )
    ):
        return _go_in(entrances[0], asked.public_id)
    page = render_template(
        "signing_in/welcome.html", here="sign_in", form=form, address=asked.email
    )
    return page, form.status


def _go_in(entrance: Entrance, public_id: str) -> ResponseReturnValue:
    """Begin a session that nobody could know beforehand, and go where the person wanted to go."""
    if entrance.account is None:
        sessions.forget()
        session[NEWCOMER] = public_id
        return redirect(url_for(".welcome"), 303)
    sessions.begin(entrance.token)
    if entrance.account.is_suspended:
        flash(_("You are signed in, but your account is suspended."), "fault")
        return redirect(url_for("my.account"), 303)
    flash(_("You are signed in as %(name)s.", name=entrance.account.display_name), "success")
    return redirect(_way_back(entrance.return_to), 303)


def _way_back(return_to: str) -> str:
    """Where the person wanted to go, if it is on this site and not the sign-in itself."""
    path = proofs.local_path(return_to)
    inside = {f"/{language}/sign-in" for language in NAMES}
    if not path or any(path.startswith(each) for each in inside):
        return url_for("my.overview")
    return path


@bp.post("/sign-out")
@open_to_everyone
def sign_out() -> ResponseReturnValue:
    """Leave this browser; twice is once."""
    if kept := sessions.current():
        actions.sign_out(kept, by=actor())
    sessions.forget()
    flash(_("You are signed out."), "success")
    return redirect(url_for("home.home"), 303)
