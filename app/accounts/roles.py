"""Roles that hold everywhere, whatever the subject."""

from typing import Any

from sqlalchemy import Select, select

from app.accounts.models import Account, HouseAppointment, HouseOffice
from app.accounts.queries import house_offices_of
from app.foundation.actors import Actor
from app.foundation.permissions import Role


def _here(actor: Actor) -> bool:
    """A real account that may act: signed in, not suspended."""
    return isinstance(actor, Account) and actor.is_active and not actor.is_suspended


def _active() -> Select[Any]:
    return select(Account.id).where(
        Account.can_sign_in, Account.erased_at.is_(None), Account.suspended_at.is_(None)
    )


def _holds(office: HouseOffice) -> Role:
    def held_by(actor: Actor, subject: Any) -> bool:
        return isinstance(actor, Account) and _here(actor) and office in house_offices_of(actor.id)

    def holders(subject: Any) -> Select[Any]:
        return (
            _active()
            .join(HouseAppointment, HouseAppointment.account_id == Account.id)
            .where(HouseAppointment.office == office, HouseAppointment.ended_at.is_(None))
        )

    return Role(office.value, held_by=held_by, holders=holders)


EVERYONE = Role(
    "everyone", held_by=lambda actor, subject: True, holders=lambda subject: select(Account.id)
)
SIGNED_IN = Role(
    "signed in",
    held_by=lambda actor, subject: _here(actor),
    holders=lambda subject: _active(),
)
VERIFIED = Role(
    "verified",
    held_by=lambda actor, subject: (
        isinstance(actor, Account) and _here(actor) and actor.is_verified
    ),
    holders=lambda subject: _active().where(Account.verified_at.is_not(None)),
)
THEMSELVES = Role(
    "themselves",
    held_by=lambda actor, subject: (
        isinstance(actor, Account) and isinstance(subject, Account) and actor.id == subject.id
    ),
    holders=lambda subject: select(Account.id).where(Account.id == subject.id),
)
"""For permissions whose subject is an account: the person whose account it is."""

OBSERVER = _holds(HouseOffice.OBSERVER)
ADMINISTRATOR = _holds(HouseOffice.ADMINISTRATOR)
