"""The readable list of what is plugged in: pages, interfaces, listeners, schedule."""

from importlib import import_module
from importlib.util import find_spec

from flask import Blueprint

from app.accounts import holdings, identity
from app.accounts.identity.base import IdentityProvider
from app.accounts.identity.email_link import EmailLink
from app.accounts.permissions import MAY_SUSPEND as suspenders  # noqa: N811  added to below
from app.api.v1 import answers as api_answers
from app.api.v1 import campaigns as api_campaigns
from app.api.v1 import commitments as api_commitments
from app.api.v1 import decisions as api_decisions
from app.api.v1 import proposals as api_proposals
from app.api.v1 import traces as api_traces
from app.api.v1 import voting as api_voting
from app.campaigns import rules as campaign_rules
from app.cli import COMMANDS
from app.demo import filling, supervisor
from app.demo import pages as demonstration
from app.foundation.schedule import Scheduled
from app.groups import permissions as groups_permissions
from app.http.requests import App
from app.moderation.roles import MODERATES_THEM
from app.notifications.queries import unread_count
from app.review.roles import ANY_ORGANISER, GROUP_KEEPER
from app.voting import promises as voting_promises
from app.web import (
    administration,
    answering,
    answers,
    auditing,
    campaigns,
    commitments,
    decisions,
    drafting,
    groups,
    health,
    home,
    inbox,
    merging,
    moderating,
    my,
    navigation,
    organising,
    phrases,
    plans,
    proposals,
    proposing,
    reading,
    reporting,
    results,
    reviewing,
    searching,
    shortlists,
    signing_in,
    suspending,
    traces,
    unsubscribing,
    voting,
)

PAGES: list[Blueprint] = [
    home.bp,
    signing_in.bp,
    my.bp,
    administration.bp,
    auditing.bp,
    reading.bp,
    campaigns.bp,
    organising.bp,
    plans.bp,
    proposing.bp,
    proposals.bp,
    searching.bp,
    moderating.bp,
    merging.bp,
    suspending.bp,
    phrases.bp,
    reporting.bp,
    decisions.bp,
    voting.bp,
    results.bp,
    shortlists.bp,
    groups.bp,
    reviewing.bp,
    commitments.bp,
    drafting.bp,
    answers.bp,
    answering.bp,
    inbox.bp,
    unsubscribing.bp,
    traces.bp,
    demonstration.bp,
]
"""Everything under a language: ``/lv/…``."""

UNDER_NO_LANGUAGE: list[Blueprint] = [
    api_campaigns.bp,
    health.bp,
    proposals.short,
    api_decisions.bp,
    api_proposals.bp,
    api_voting.bp,
    api_commitments.bp,
    api_answers.bp,
    api_traces.bp,
]
"""Health, short addresses, feeds of machines, the JSON interface."""

ROOMS = [
    "accounts",
    "groups",
    "comments",
    "follows",
    "plans",
    "campaigns",
    "proposals",
    "voting",
    "review",
    "commitments",
    "answers",
    "moderation",
    "notifications",
    "search",
]
"""Every room that has tables; importing their models is enough."""

IDENTITY_PROVIDERS: list[IdentityProvider] = [
    EmailLink(),
]
"""The ways in which people can prove who they are; the mailbox is always one of them."""

MAY_SUSPEND = [
    MODERATES_THEM,
]
"""Who may suspend an account, besides administrators."""

HOLDINGS = {
    "account": "app.accounts.holdings.account_of",
    "seats_in_groups": "app.groups.holdings.held_about",
    "comments": "app.comments.holdings.held_about",
    "follows": "app.follows.holdings.held_about",
    "offices_in_campaigns": "app.campaigns.holdings.held_about",
    "proposals": "app.proposals.holdings.held_about",
    "voting": "app.voting.holdings.held_about",
    "review": "app.review.holdings.held_about",
    "moderation": "app.moderation.holdings.held_about",
    "notices": "app.notifications.holdings.held_about",
}
"""What a person can download about themselves, room by room."""

LISTENERS: list[str] = [
    "app.campaigns.listeners",
    "app.follows.listeners",
    "app.proposals.listeners",
    "app.search.listeners",
    "app.moderation.listeners",
    "app.voting.listeners",
    "app.groups.listeners",
    "app.review.listeners",
    "app.notifications.listeners",
]
"""Modules that listen to events; importing them is enough."""

SCHEDULE = [
    Scheduled("app.foundation.events.sweep", every=60),
    Scheduled("app.proposals.jobs.publish_what_is_undecided", every=60),
    Scheduled("app.proposals.jobs.fix_moments_of_votable", every=60),
    Scheduled("app.accounts.jobs.send_waiting_mail", every=60, lane="mail"),
    Scheduled("app.accounts.jobs.forget_old_sign_ins", every=3600, lane="slow"),
    Scheduled("app.campaigns.jobs.announce_stages_that_changed", every=60),
    Scheduled("app.voting.jobs.close_votings_that_are_due", every=60),
    Scheduled("app.voting.jobs.check_keys", every=60),
    Scheduled("app.notifications.jobs.write_letters", every=30),
    Scheduled("app.notifications.jobs.sweep_letters", every=60),
]
"""What runs without anybody asking; paths of jobs, and seconds between two runs."""


ORGANISERS_TOO = [
    (groups_permissions.FOUNDERS, ANY_ORGANISER),
    (groups_permissions.KEEPERS, GROUP_KEEPER),
]
"""Lists of roles upstream that organisers belong on, although upstream knows no campaign."""


PROMISES_MUST_SUIT = [
    voting_promises.faults_of,
]
"""What rooms below campaigns demand of a campaign's promises."""


def plug_in(app: App) -> None:
    """Give the application everything on these lists."""
    campaign_rules.REQUIREMENTS[:] = PROMISES_MUST_SUIT
    for roles, role in ORGANISERS_TOO:
        if role not in roles:
            roles.append(role)
    import_module("app.foundation.events")
    import_module("app.demo.models")
    identity.PROVIDERS[:] = IDENTITY_PROVIDERS
    suspenders.extend(role for role in MAY_SUSPEND if role not in suspenders)
    _open_rooms()
    for name, path in HOLDINGS.items():
        module_of, _, function = path.rpartition(".")
        holdings.SOURCES[name] = getattr(import_module(module_of), function)
    for module in LISTENERS:
        import_module(module)
    navigation.COUNT_WAITING[:] = [unread_count]
    for pages in PAGES:
        app.register_blueprint(pages, url_prefix="/<any(lv, lt, en):language>")
    for others in UNDER_NO_LANGUAGE:
        app.register_blueprint(others)
    for command in [*COMMANDS, supervisor.command, filling.command]:
        app.cli.add_command(command)


def _open_rooms() -> None:
    """Know every table and every kind of event, before anybody listens."""
    for room in ROOMS:
        for furniture in ("models", "events"):
            if find_spec(f"app.{room}.{furniture}"):
                import_module(f"app.{room}.{furniture}")
