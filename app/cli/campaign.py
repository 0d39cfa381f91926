"""``flask campaign``: what an operator does to campaigns without a page."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from app import config
from app.accounts.addresses import canonical
from app.accounts.models import Account
from app.accounts.queries import by_canonical_email
from app.campaigns import actions, queries, stages
from app.campaigns.jobs import announce_stages_that_changed
from app.campaigns.models import Campaign, CampaignOffice
from app.campaigns.rules import Words
from app.foundation import clock
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.foundation.language import speaking
from app.foundation.refusals import Invalid, Refusal
from app.foundation.text import LocalizedText
from app.foundation.transactions import transaction


@click.group("campaign")
def command() -> None:
    """Look at campaigns and move them on."""


@command.command("list")
def list_campaigns() -> None:
    """Every campaign: its address, where it stands, its title."""
    at = clock.now()
    with transaction(writes=False):
        for campaign in db.session.scalars(queries.every_campaign()):
            title = campaign.title.best_for(config.settings().default_language)
            click.echo(f"{campaign.slug}\t{stages.stage_of(campaign, at)}\t{title}")


@command.command("create")
@click.argument("slug")
@click.option("--prefix", required=True, help="Letters before the numbers of proposals: OGP6.")
@click.option("--title", required=True, help="In the site's first language.")
@click.option("--contact", required=True, help="The e-mail address for questions.")
@click.option("--organiser", required=True, help="The e-mail address of the first organiser.")
@click.option("--reason", required=True, help="Why this campaign, and why this person.")
def create(slug: str, **said: str) -> None:
    """A campaign in preparation, with suggested dates. Its organiser writes the rest."""
    language = config.settings().default_language
    nothing = LocalizedText.of(language)
    with _told(), transaction():
        made = actions.create_campaign(
            slug=slug,
            reference_prefix=said["prefix"],
            words=Words(
                title=LocalizedText.of(language, **{language: said["title"]}),
                summary=nothing,
                text=nothing,
                contact_organisation=nothing,
                contact_email=said["contact"],
            ),
            organiser=_person(said["organiser"]),
            reason=said["reason"],
            by=SYSTEM,
        )
        click.echo(f"{made.slug} is in preparation.")


@command.command("appoint")
@click.argument("slug")
@click.argument("email")
@click.argument("office", type=click.Choice([office.value for office in CampaignOffice]))
@click.option("--reason", required=True)
def appoint(slug: str, email: str, office: str, reason: str) -> None:
    """Give somebody who has signed in before an office of a campaign."""
    with _told(), transaction():
        person = _person(email)
        actions.appoint(_campaign(slug), person, CampaignOffice(office), reason=reason, by=SYSTEM)
        click.echo(f"{person.display_name}: {office} of {slug}.")


@command.command("announce")
@click.argument("slug")
@click.option("--short-notice-reason", default="", help="Why less than 14 days ahead.")
def announce(slug: str, short_notice_reason: str) -> None:
    """Make a complete campaign public; says what is lacking if it is not complete."""
    language = config.settings().default_language
    why = LocalizedText.of(language, **{language: short_notice_reason})
    with _told(), transaction():
        actions.announce_campaign(_campaign(slug), short_notice_reason=why, by=SYSTEM)
        click.echo(f"{slug} is announced.")


@command.command("announce-stages")
def announce_stages() -> None:
    """Publish now what the clock would publish within a minute: each stage that has begun."""
    announce_stages_that_changed()


def _campaign(slug: str) -> Campaign:
    campaign = queries.by_slug(slug)
    if campaign is None:
        raise click.ClickException(f"There is no campaign {slug}.")
    return campaign


def _person(email: str) -> Account:
    person = by_canonical_email(canonical(email))
    if person is None:
        raise click.ClickException(f"Nobody has signed in with {email} yet.")
    return person


@contextmanager
def _told() -> Iterator[None]:
    """A refusal becomes a command's error: one line for each thing that is wrong."""
    with speaking("en"):
        try:
            yield
        except Invalid as refused:
            lines = [f"{name}: {sentence}" for name, sentence in refused.faults.items()]
            raise click.ClickException("\n".join(lines)) from refused
        except Refusal as refused:
            raise click.ClickException(str(refused.reason)) from refused
