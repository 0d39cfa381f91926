"""Stopping one's mail by the address in a letter, without signing in (RFC 8058).

The token in the address is the proof, so that no form token is asked: a mail program presses for
its reader, without cookies. It stops mail and nothing else.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import queries as accounts
from app.accounts.models import Account
from app.http.requests import found, open_to_everyone, proven_by_token
from app.notifications.actions import choose_mail
from app.notifications.tokens import account_of
from app.notifications.wishes import Wish, wish_of

bp = Blueprint("unsubscribing", __name__)


@bp.get("/unsubscribe/<token>")
@open_to_everyone
def unsubscribe(token: str) -> ResponseReturnValue:
    """A page with one button: what only reads, such as a mail scanner, stops nothing."""
    return _page(token, _reader(token))


@bp.post("/unsubscribe/<token>")
@open_to_everyone
def stop(token: str) -> ResponseReturnValue:
    """No more letters. A mail program is answered at once: it follows no redirects."""
    reader = _reader(token)
    proven_by_token()
    choose_mail(reader, wish=Wish.NONE.value, by=reader)
    if request.form.get("List-Unsubscribe") == "One-Click":
        return _page(token, reader)
    return redirect(url_for("unsubscribing.unsubscribe", token=token), 303)


def _reader(token: str) -> Account:
    account_id = account_of(token)
    reader = found(accounts.account(account_id) if account_id else None)
    return found(reader if reader.erased_at is None else None)


def _page(token: str, reader: Account) -> ResponseReturnValue:
    stopped = wish_of(reader.id) is Wish.NONE
    return render_template("inbox/unsubscribe.html", token=token, is_stopped=stopped)
