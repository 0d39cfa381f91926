"""``flask trace``: the graph from proposals to commitments, for whoever keeps watch over it."""

import click

from app.campaigns.queries import by_slug
from app.foundation.transactions import transaction
from app.trace.gaps import gaps


@click.group("trace")
def command() -> None:
    """Look after the way from proposals to commitments."""


@command.command("check")
@click.argument("slug", required=False)
def check(slug: str | None) -> None:
    """List every gap in one campaign, or in all of them; exit with 1 if there is any."""
    with transaction(writes=False):
        campaign = None
        if slug is not None:
            campaign = by_slug(slug)
            if campaign is None:
                raise click.ClickException(f"There is no campaign {slug!r}.")
        found = [str(gap) for gap in gaps(campaign)]
    for line in found:
        click.echo(line)
    if found:
        click.echo(f"{len(found)} gaps." if len(found) > 1 else "1 gap.")
        raise click.exceptions.Exit(1)
    click.echo("No gap: every thread has its end.")
