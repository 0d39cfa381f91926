"""Browsing in tests: somebody who is signed in, and forms that are really ours."""

import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import Account, Session
from app.foundation import clock
from app.foundation.db import db
from app.http.sessions import SESSION_TOKEN, hash_of

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def signed_in_client(app: Flask, account: Account) -> FlaskClient:
    """A browser in which this person is signed in."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        Session(
            token_hash=hash_of(token),
            account_id=account.id,
            began_at=clock.now(),
            last_seen_at=clock.now(),
            expires_at=clock.now() + timedelta(days=30),
            browser="Test",
        )
    )
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session[SESSION_TOKEN] = token
    return client


def csrf_token(client: FlaskClient) -> str:
    """A token as a page with a form gives it to this browser."""
    page = client.get("/en/sign-in").get_data(as_text=True)
    found = _TOKEN.search(page)
    assert found, "the sign-in page has no form"
    return found[1]


def post(
    client: FlaskClient,
    url: str,
    data: Mapping[str, Any] | None = None,
    follow: bool = False,
    **more: Any,
) -> TestResponse:
    """Send a form as the page would: with a fresh token. ``follow`` goes where it leads."""
    fields = {"csrf_token": csrf_token(client), **(data or {})}
    return client.post(url, data=fields, follow_redirects=follow, **more)
