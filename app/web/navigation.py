"""Menus: the public one, the footer's, and the one of whoever is signed in.

A menu costs the same few queries on every page: offices are read once per transaction, and the
permissions of the page itself ask for them anyway.
"""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.models import Account
from app.accounts.permissions import WATCH_MACHINERY
from app.audit.permissions import READ_TRAIL
from app.campaigns.models import CampaignOffice
from app.campaigns.permissions import CREATE_CAMPAIGN
from app.campaigns.queries import appointments_of
from app.foundation.language import spoken
from app.groups.queries import groups_of

Entry = dict[str, Any]
"""``key`` (a page sets it as ``here``), ``href``, ``word``, and a ``count`` if there is one."""

COUNT_WAITING: list[Callable[[Account], int]] = []
"""What counts somebody's unread notices; ``wiring`` puts it here."""


def menu() -> list[Entry]:
    return [
        {"key": "campaigns", "href": url_for("campaigns.campaigns"), "word": _("Campaigns")},
        {"key": "plans", "href": url_for("plans.plans"), "word": _("Plans")},
        {"key": "search", "href": url_for("searching.search"), "word": _("Search")},
        {"key": "help", "href": url_for("reading.help_page"), "word": _("Help")},
    ]


def footer_links() -> list[tuple[str, str]]:
    return [
        (url_for("reading.about"), _("About this site")),
        (url_for("reading.rules"), _("Rules of participation")),
        (url_for("reading.help_page"), _("Help")),
        (url_for("reading.privacy"), _("Privacy notice")),
        (url_for("reading.accessibility"), _("Accessibility statement")),
    ]


def viewer_links(person: Account) -> list[Entry]:
    """What somebody signed in finds under their name: theirs first, then the desks they work at."""
    waiting = sum(count(person) for count in COUNT_WAITING)
    return [
        {"key": "my", "href": url_for("my.overview"), "word": _("My pages")},
        {"key": "inbox", "href": url_for("inbox.inbox"), "word": _("Notices"), "count": waiting},
        {"key": "account", "href": url_for("my.account"), "word": _("My account")},
        *_groups(person),
        *_desks(person),
        {"key": "sign_out", "href": url_for("signing_in.sign_out"), "word": _("Sign out")},
    ]


def _groups(person: Account) -> list[Entry]:
    return [
        {
            "key": f"group:{group.slug}",
            "href": url_for("groups.group", slug=group.slug),
            "word": group.name.best_for(spoken()).text,
        }
        for group in groups_of(person.id)
    ]


def _desks(person: Account) -> list[Entry]:
    if person.is_suspended:
        return []
    offices = {office for _campaign, office in appointments_of(person.id)}
    desks: list[Entry] = []
    if CampaignOffice.MODERATOR in offices:
        desks.append(
            {"key": "moderating", "href": url_for("moderating.desks"), "word": _("Moderate")}
        )
    if CampaignOffice.ORGANISER in offices or CREATE_CAMPAIGN.allows(person, None):
        desks.append(
            {"key": "organising", "href": url_for("organising.desk"), "word": _("Organise")}
        )
    if WATCH_MACHINERY.allows(person, None):
        desks.append(
            {
                "key": "administration",
                "href": url_for("administration.desk"),
                "word": _("Administration"),
            }
        )
    elif READ_TRAIL.allows(person, None):
        trail = url_for("auditing.events")
        desks.append({"key": "trail", "href": trail, "word": _("Trail of events")})
    return desks
