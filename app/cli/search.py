"""``flask search``: keeping what can be found."""

import click

from app.foundation.transactions import transaction
from app.search import index


@click.group("search")
def command() -> None:
    """What can be found."""


@command.command("rebuild")
def rebuild() -> None:
    """Index everything anew, as after an import."""
    with transaction():
        click.echo(f"{index.rebuild()} texts can be found.")
