"""``flask register``: what an operator does about registers of votes and their keys."""

import click

from app import config
from app.foundation.transactions import transaction
from app.voting.keys import KeyMissing, key_with_check
from app.voting.queries import count_live, running_registers, sum_of_participation


@click.group("register")
def command() -> None:
    """Look after registers of votes and their keys."""


@command.command("check")
def check() -> None:
    """Whether every running register has its key, and its counters add up.

    Ends with an error if one has not: then no vote is taken there, until the file is back.
    """
    broken = 0
    with transaction(writes=False):
        for campaign, register in running_registers():
            try:
                key_with_check(campaign.slug, register.key_check)
            except KeyMissing as problem:
                broken += 1
                click.echo(f"{campaign.slug}: {problem}", err=True)
                continue
            ballots, counters = count_live(campaign), sum_of_participation(campaign)
            broken += ballots != counters
            click.echo(f"{campaign.slug}: {ballots} ballots, counters say {counters}; key is there")
    if broken:
        raise click.ClickException(
            f"{broken} of the registers cannot go on. Keys lie in {config.settings().key_store}."
        )
