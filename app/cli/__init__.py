"""flask commands, one module per word."""

import click

from app.cli import (
    accounts,
    campaign,
    clock,
    importing,
    permissions,
    register,
    results,
    search,
    trace,
)

COMMANDS: list[click.Command] = [
    accounts.command,
    permissions.command,
    campaign.command,
    clock.command,
    search.command,
    importing.command,
    register.command,
    trace.command,
]
"""Every command; ``results`` adds itself to ``campaign``."""

__all__ = ["COMMANDS", "results"]
