"""Cookies: who is signed in here, and that a form is ours. A visitor gets none."""

import hashlib

from flask import Flask, Request, g, request, session
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect, ValidationError, validate_csrf

from app.accounts.models import Account
from app.accounts.queries import session_by_token_hash
from app.config import Settings
from app.foundation import clock
from app.http.requests import READING

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
        WTF_CSRF_CHECK_DEFAULT=False,  # _check_origin below does it, and keeps what was typed
        WTF_CSRF_SSL_STRICT=False,  # our Referrer-Policy sends no referrer (HOUSE.md, trap 10)
        WTF_CSRF_TIME_LIMIT=12 * 3600,
    )
    login.init_app(app)
    csrf.init_app(app)
    app.before_request(_check_origin)


def hash_of(token: str) -> str:
    """How a session's token is kept: whoever reads the table cannot sign in with it."""
    return hashlib.sha256(token.encode()).hexdigest()


@login.request_loader  # type: ignore[untyped-decorator]
def _who_is_asking(asked: Request) -> Account | None:
    token = session.get(SESSION_TOKEN)
    if not isinstance(token, str):
        return None
    kept = session_by_token_hash(hash_of(token), at=clock.now())
    g.sign_in_session = kept
    return kept.account if kept else None


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
