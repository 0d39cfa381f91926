"""flask commands, one module per word."""

import click

from app.cli import campaign, clock, search

COMMANDS: list[click.Command] = [
    campaign.command,
    clock.command,
    search.command,
]
