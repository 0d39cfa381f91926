"""``flask demo-content``: fills an empty database; does nothing to one that holds anything."""

from datetime import UTC, datetime

import click
from sqlalchemy import select

from app import config
from app.accounts.actions import appoint_to_house
from app.accounts.models import Account, HouseOffice
from app.demo import people, story, today
from app.demo.cast import Cast, person
from app.foundation import clock
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.foundation.transactions import transaction

LONG_AGO = datetime(2021, 1, 4, 9, tzinfo=UTC)

OFFERED = [
    ("ilze", "citizen"),
    ("omite", "citizen"),
    ("ruta", "citizen"),
    ("moderatore-dace", "moderator"),
    ("moderatore-rasa", "moderator"),
    ("organiser of sestais-plans", "organiser"),
    ("dg-jauniesi:vad", "chair"),
    ("dg-jauniesi:pasv", "member"),
    ("dg-jauniesi:jaun", "member"),
    ("administrator", "administrator"),
    ("observer", "observer"),
]
"""Whom a newcomer can be, by their names in the stories, and which part they play."""


@click.command("demo-content")
def command() -> None:
    """Put the demonstration's content into an empty database."""
    if not _is_empty():
        return
    click.echo("Filling it with the demonstration's content (about a minute) ...")
    cast = Cast()
    with transaction():
        _house(cast)
    click.echo("  the Latvian campaign of 2021, to its answers")
    story.tell(story.read("latvia_2021.json"), cast, administrator="administrator")
    now, zone = clock.now(), config.settings().zone
    short = story.read("today.json")
    lithuania = story.read("lithuania_today.json")
    click.echo("  campaigns that stand today in each stage")
    for told in (
        *today.stories(short, now, zone),
        today.with_dates(lithuania, now, short["officers"]),
    ):
        story.tell(told, cast, administrator="administrator", until=now)
    with transaction():
        _offer(cast)


def _is_empty() -> bool:
    with transaction(writes=False):
        return db.session.scalar(select(Account.id).limit(1)) is None


def _house(cast: Cast) -> None:
    cast.enter("administrator", person("Administratore Aija", "lv", LONG_AGO))
    cast.enter("observer", person("Novērotājs Tomass", "en", LONG_AGO))
    for name, office in (
        ("administrator", HouseOffice.ADMINISTRATOR),
        ("observer", HouseOffice.OBSERVER),
    ):
        appoint_to_house(cast[name], office, reason="Demonstrācija", by=SYSTEM)


def _offer(cast: Cast) -> None:
    """From here on they have a mailbox, which the demonstration shows on a page."""
    for number, (name, part) in enumerate(OFFERED, 1):
        chosen = cast[name]
        chosen.email = chosen.canonical_email = f"{part}{number}@talka.example"
        chosen.email_confirmed_at = clock.now()
        people.offer(chosen, part)
        db.session.flush()
