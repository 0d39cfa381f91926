"""Signing in and out, as people do it."""

from flask import Flask

from tests.make.accounts import account
from tests.make.browsing import post, signed_in_client


def test_somebody_signed_in_is_named_on_the_page(app: Flask) -> None:
    client = signed_in_client(app, account("Ilze Ozola"))
    assert "Ilze Ozola" in client.get("/lv/").get_data(as_text=True)


def test_a_form_with_our_token_is_taken(app: Flask) -> None:
    client = signed_in_client(app, account())
    assert post(client, "/lv/").status_code == 405
