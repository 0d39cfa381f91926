"""Whom one can be in the demonstration."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account, Session
from app.demo.models import DemonstrationPerson
from app.foundation import clock
from app.foundation.db import db
from app.foundation.language import _
from app.http.sessions import hash_of

PARTS = {
    "citizen": _("Citizen"),
    "moderator": _("Moderator"),
    "organiser": _("Organiser"),
    "chair": _("Chair of a working group"),
    "member": _("Member of a working group"),
    "administrator": _("Administrator"),
    "observer": _("Observer"),
}

STAYS = timedelta(days=1)


def offered() -> Sequence[DemonstrationPerson]:
    """The people on offer, in the order in which they are shown."""
    return db.session.scalars(
        select(DemonstrationPerson)
        .options(joinedload(DemonstrationPerson.account))
        .order_by(DemonstrationPerson.position)
    ).all()


def offer(person: Account, part: str) -> None:
    """Let newcomers be this person."""
    last = db.session.scalar(
        select(DemonstrationPerson.position).order_by(DemonstrationPerson.position.desc())
    )
    db.session.add(DemonstrationPerson(account_id=person.id, position=(last or 0) + 1, part=part))


def enter_as(person: DemonstrationPerson, browser: str) -> str:
    """Begin a session as this person, without mail; returns its token."""
    token = secrets.token_urlsafe(32)
    at = clock.now()
    db.session.add(
        Session(
            token_hash=hash_of(token),
            account_id=person.account_id,
            began_at=at,
            last_seen_at=at.replace(hour=0, minute=0, second=0, microsecond=0),
            expires_at=at + STAYS,
            browser=browser,
        )
    )
    return token
