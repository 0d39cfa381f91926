"""``flask demo-content``: fills an empty database; does nothing to one that holds anything."""

from datetime import UTC, datetime

import click
from sqlalchemy import select

from app.accounts.models import Account, HouseAppointment, HouseOffice
from app.demo import latvia_2021
from app.demo.cast import Cast, person
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transactions import transaction

LONG_AGO = datetime(2021, 1, 4, 9, tzinfo=UTC)


@click.command("demo-content")
def command() -> None:
    """Put the demonstration's content into an empty database."""
    if not _is_empty():
        return
    click.echo("Filling it with the demonstration's content (about a minute) ...")
    cast = Cast()
    with transaction():
        _administrator(cast)
    latvia_2021.tell(cast, administrator="administrator")
    click.echo("  the Latvian campaign of 2021, to its answers")


def _is_empty() -> bool:
    with transaction(writes=False):
        return db.session.scalar(select(Account.id).limit(1)) is None


def _administrator(cast: Cast) -> None:
    cast.enter("administrator", person("Administratore Aija", "lv", LONG_AGO))
    db.session.add(
        HouseAppointment(
            account_id=cast.ids["administrator"],
            office=HouseOffice.ADMINISTRATOR,
            reason="Demonstrācija",
            given_at=clock.now(),
        )
    )
