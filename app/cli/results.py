"""``flask campaign results``: what was counted, for machines and for people."""

import json

import click

from app.campaigns.queries import by_slug
from app.cli.campaign import command as campaign_group
from app.foundation.db import db
from app.foundation.transactions import transaction
from app.voting.models import Count
from app.voting.queries import counts_that_stand, tally_of


@campaign_group.command("results")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def results(slug: str, as_json: bool) -> None:
    """How many supported each proposal that stands, the most supported first; zeros included."""
    with transaction(writes=False):
        campaign = by_slug(slug)
        if campaign is None:
            raise click.ClickException(f"There is no campaign {slug!r}.")
        if tally_of(campaign) is None:
            raise click.ClickException(f"Nothing has been counted in {slug!r} yet.")
        counts = [_line(count) for count in db.session.scalars(counts_that_stand(campaign))]
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False, indent=None))
        return
    for line in counts:
        click.echo(f"{line['supports']:>8}  {line['proposal']}")


def _line(count: Count) -> dict[str, str | int | None]:
    return {
        "proposal": count.proposal.reference,
        "external": count.proposal.external_reference,
        "supports": count.supports,
    }
