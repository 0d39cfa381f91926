"""``flask import``: bring in what was published elsewhere."""

from pathlib import Path

import click

from app.foundation.actors import SYSTEM
from app.foundation.refusals import Refusal
from app.foundation.transactions import transaction
from app.voting import polis
from app.voting.actions import import_polis
from app.voting.keys import KeyMissing
from app.voting.queries import tally_of


@click.group("import")
def command() -> None:
    """Bring in what was published elsewhere."""


@command.command("polis")
@click.argument(
    "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--campaign", "slug", required=True, help="The address of the campaign to make.")
def import_from_polis(folder: Path, slug: str) -> None:
    """Replay a consultation that was held on Polis, from its published files.

    All or nothing: a row that cannot be read is named with its line, and nothing of the import
    remains. Run again, it changes nothing.
    """
    try:
        consultation = polis.read(folder)
        with transaction():
            campaign, is_new = import_polis(consultation, slug=slug, by=SYSTEM)
            tally = tally_of(campaign)
            assert tally is not None  # noqa: S101  it was counted at once
            sentence = (
                f"{tally.supports} supports of {tally.participants} people for "
                f"{len(consultation.statements)} proposals."
            )
    except polis.CannotBeRead as problem:
        raise click.ClickException(str(problem)) from problem
    except (Refusal, KeyMissing) as problem:
        raise click.ClickException(str(getattr(problem, "reason", problem))) from problem
    if is_new:
        click.echo(f"Imported and counted as {slug!r}: {sentence}")
    else:
        click.echo(f"{slug!r} was imported before; nothing was changed: {sentence}")
