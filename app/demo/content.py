"""``flask demo-content``: fills an empty database; does nothing to one that holds anything."""

import click
from sqlalchemy import select

from app.accounts.models import Account, HouseAppointment, HouseOffice
from app.demo import people
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transactions import transaction


@click.command("demo-content")
def command() -> None:
    """Put the demonstration's content into an empty database."""
    with transaction():
        if db.session.scalar(select(Account.id).limit(1)) is not None:
            return
        click.echo("Filling it with the demonstration's content ...")
        administrator = _person("Administratore Aija", "aija@talka.example")
        db.session.add(
            HouseAppointment(
                account_id=administrator.id,
                office=HouseOffice.ADMINISTRATOR,
                reason="Demonstration",
                given_at=clock.now(),
            )
        )
        people.offer(administrator, "administrator")
        people.offer(_person("Ilze", "ilze@talka.example"), "citizen")


def _person(name: str, email: str, language: str = "lv") -> Account:
    person = Account(
        display_name=name,
        language=language,
        email=email,
        canonical_email=email,
        email_confirmed_at=clock.now(),
        created_at=clock.now(),
    )
    db.session.add(person)
    db.session.flush()
    return person
