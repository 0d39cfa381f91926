"""flask commands, one module per word."""

import click

from app.cli import clock

COMMANDS: list[click.Command] = [
    clock.command,
]
