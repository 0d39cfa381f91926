"""Cookies: who is signed in here, and that a form is ours. A visitor gets none."""

from datetime import timedelta

from flask import Flask, Request, g, request, session
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect, ValidationError, validate_csrf

from app.accounts.actions import SESSION_LASTS
from app.accounts.models import Account, Session
from app.accounts.proofs import hash_of
from app.accounts.queries import session_by_token_hash
from app.config import Settings
from app.foundation import clock
from app.foundation.db import writing
from app.http.requests import READING, viewer

__all__ = ["SESSION_TOKEN", "begin", "current", "forget", "hash_of", "prepare"]

SESSION_TOKEN = "token"  # noqa: S105  the name of a key, not a secret

login = LoginManager()
csrf = CSRFProtect()


def prepare(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-talka" if settings.is_secure else "talka",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=SESSION_LASTS + timedelta(days=1),
        WTF_CSRF_CHECK_DEFAULT=False,  # _check_origin below does it, and keeps what was typed
        WTF_CSRF_SSL_STRICT=False,  # our Referrer-Policy sends no referrer (HOUSE.md, trap 10)
        WTF_CSRF_TIME_LIMIT=12 * 3600,
    )
    login.init_app(app)
    csrf.init_app(app)
    app.before_request(_check_origin)


def begin(token: str) -> None:
    """Be signed in from the next request on. Nothing of an earlier cookie stays."""
    session.clear()
    session[SESSION_TOKEN] = token
    session.permanent = True


def forget() -> None:
    """Be a visitor again."""
    session.clear()


def current() -> Session | None:
    """The session in which whoever asks is signed in."""
    kept = g.get("sign_in_session") if viewer() else None
    return kept if isinstance(kept, Session) else None


@login.request_loader  # type: ignore[untyped-decorator]
def _who_is_asking(asked: Request) -> Account | None:
    token = session.get(SESSION_TOKEN)
    if not isinstance(token, str):
        return None
    kept = session_by_token_hash(hash_of(token), at=clock.now())
    g.sign_in_session = kept
    if kept is not None and asked.method not in READING and writing.get():
        _note_the_day(kept)
    return kept.account if kept else None


def _note_the_day(kept: Session) -> None:
    """A browser in use stays signed in. Only the day is kept, with the first act of that day."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    if kept.last_seen_at < today:
        kept.last_seen_at = today
        kept.expires_at = today + SESSION_LASTS


def _check_origin() -> None:
    """Let a POST count only if its token is ours and no other site sent it."""
    if request.method in READING:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        g.is_genuine = False
        return
    try:
        validate_csrf(request.form.get("csrf_token") or request.headers.get("X-CSRFToken"))
    except ValidationError:
        g.is_genuine = False
    else:
        g.is_genuine = True
