"""All that is held about one person, for them to download (GDPR, articles 15 and 20).

Each room has a ``holdings.py`` that gives its part; ``wiring`` lists them. None gives what
somebody else chose or wrote.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select

from app.accounts.models import Account, HouseAppointment, Identity, Preference, Session
from app.accounts.queries import requests_of
from app.foundation.db import db

Holdings = Any
"""Rows or a mapping, of what JSON can say (moments as ISO 8601)."""

SOURCES: dict[str, Callable[[Account], Holdings]] = {}
"""The rooms' parts by the name under which they stand in the file."""


def held_about(person: Account) -> dict[str, Holdings]:
    """Everything, room by room."""
    return {name: source(person) for name, source in SOURCES.items()}


def rows(query: Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The rows of a SELECT of columns, by the columns' names."""
    return [dict(row) for row in db.session.execute(query).mappings()]


def account_of(person: Account) -> Holdings:
    """This room's own part. Hashes of secrets are left out: they say nothing of the person."""
    return {
        "display_name": person.display_name,
        "organisation": person.organisation,
        "language": person.language,
        "email": person.email,
        "canonical_email": person.canonical_email,
        "email_confirmed_at": person.email_confirmed_at,
        "created_at": person.created_at,
        "verified_at": person.verified_at,
        "suspended_at": person.suspended_at,
        "suspension_reason": person.suspension_reason,
        "sessions": rows(
            select(
                Session.browser,
                Session.began_at,
                Session.last_seen_at,
                Session.expires_at,
                Session.ended_at,
            )
            .where(Session.account_id == person.id)
            .order_by(Session.id)
        ),
        "sign_in_mails": [
            {"email": asked.email, "asked_at": asked.asked_at, "used_at": asked.used_at}
            for asked in requests_of(person.email or "")
        ],
        "proven_identities": rows(
            select(Identity.provider, Identity.assurance, Identity.proven_at).where(
                Identity.account_id == person.id
            )
        ),
        "offices_of_the_house": rows(
            select(
                HouseAppointment.office,
                HouseAppointment.reason,
                HouseAppointment.given_at,
                HouseAppointment.ended_at,
                HouseAppointment.end_reason,
            ).where(HouseAppointment.account_id == person.id)
        ),
        "preferences": rows(select(Preference.settings).where(Preference.account_id == person.id)),
    }
