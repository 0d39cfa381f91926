"""Menus: the public one, the footer's, and the one of whoever is signed in."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.models import Account


def menu() -> list[dict[str, str]]:
    return [
        {"key": "campaigns", "href": url_for("home.home"), "word": _("Campaigns")},
    ]


def footer_links() -> list[tuple[str, str]]:
    return []


def viewer_links(person: Account) -> list[dict[str, Any]]:
    return []
