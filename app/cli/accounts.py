"""``flask accounts``: the first administrator, who cannot be appointed by another one."""

import click

from app.accounts import addresses, queries
from app.accounts.actions import appoint_to_house, invite_account
from app.accounts.models import HouseOffice
from app.foundation.actors import SYSTEM
from app.foundation.language import speaking
from app.foundation.refusals import Invalid, Refusal
from app.foundation.transactions import transaction


@click.group("accounts")
def command() -> None:
    """People and their offices of the whole house."""


@command.command("appoint")
@click.argument("email")
@click.argument("office", type=click.Choice([office.value for office in HouseOffice]))
@click.option("--reason", required=True, help="Why; kept with the appointment.")
@click.option("--name", default="", help="Makes an account under this name if there is none yet.")
def appoint(email: str, office: str, reason: str, name: str) -> None:
    """Give EMAIL an OFFICE of the whole house.

    Whoever has no account yet gets one with --name, and then signs in by mail like everybody.
    """
    with speaking("en"):
        try:
            with transaction():
                person = queries.by_canonical_email(addresses.canonical(email))
                if person is None:
                    if not name:
                        raise click.ClickException(
                            f"Nobody has an account with {email} yet. Add --name to make one."
                        )
                    person = invite_account(email, display_name=name, by=SYSTEM)
                appoint_to_house(person, HouseOffice(office), reason=reason, by=SYSTEM)
        except Invalid as refused:
            sentences = " ".join(str(sentence) for sentence in refused.faults.values())
            raise click.ClickException(sentences) from refused
        except Refusal as refused:
            raise click.ClickException(str(refused.reason)) from refused
        click.echo(f"{person.display_name} is now {office}.")
