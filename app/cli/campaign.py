"""``flask campaign``: what an operator does to campaigns without a page."""

import click


@click.group("campaign")
def command() -> None:
    """Look at campaigns and move them on."""
