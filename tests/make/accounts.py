"""People for tests."""

from itertools import count

from app.accounts.models import Account, HouseAppointment, HouseOffice
from app.foundation import clock
from app.foundation.db import db

_numbers = count(1)


def account(
    name: str = "", *, email: str = "", language: str = "lv", verified: bool = False
) -> Account:
    """Somebody who can sign in."""
    number = next(_numbers)
    address = email or f"person{number}@people.example"
    person = Account(
        display_name=name or f"Persona {number}",
        language=language,
        email=address,
        canonical_email=address.lower(),
        email_confirmed_at=clock.now(),
        created_at=clock.now(),
        verified_at=clock.now() if verified else None,
    )
    db.session.add(person)
    db.session.commit()
    return person


def administrator(name: str = "Administratore") -> Account:
    person = account(name)
    db.session.add(
        HouseAppointment(
            account_id=person.id,
            office=HouseOffice.ADMINISTRATOR,
            reason="Testam",
            given_at=clock.now(),
        )
    )
    db.session.commit()
    return person
