"""The dates of a campaign as a calendar file (RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from flask import url_for
from icalendar import Calendar, Event

from app import config
from app.campaigns.models import Campaign, DateChange, Pacing
from app.campaigns.rules import MOVABLE
from app.foundation.language import Sentence, _
from app.web.moments import last_moment

ASKED_AGAIN = timedelta(hours=12)
"""How often a subscribed calendar should look whether a date was moved."""


DATE_NAMES: dict[str, Sentence] = {
    "submission_opens_at": _("Submission opens"),
    "submission_closes_at": _("Submission closes"),
    "voting_opens_at": _("Voting opens"),
    "voting_closes_at": _("Voting closes"),
    "review_closes_at": _("The review ends"),
    "answers_due_at": _("All answers are due"),
}


def date_name(which: str) -> Sentence:
    """What happens at a campaign's date, by the name of its column."""
    return DATE_NAMES[which]


def dates_in_order(campaign: Campaign) -> list[str]:
    """The names of the dates as they follow each other in this campaign."""
    if campaign.pacing is Pacing.IN_TURN:
        return list(MOVABLE)
    return sorted(MOVABLE, key=lambda which: getattr(campaign, which))


def calendar_of(campaign: Campaign, changes: Sequence[DateChange], *, language: str) -> bytes:
    """All dates; each keeps its identity when it is moved, and one that closes at midnight is
    shown on the evening before."""
    settings = config.settings()
    title = str(campaign.title.best_for(language))
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.host}//Talka//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    for which in dates_in_order(campaign):
        moved = [change for change in changes if change.which == which]
        event = Event()
        event.add("uid", f"{campaign.slug}-{which.removesuffix('_at')}@{settings.host}")
        event.add("sequence", len(moved) + (campaign.cancelled_at is not None))
        event.add("dtstamp", moved[-1].changed_at if moved else campaign.created_at)
        shown = last_moment(getattr(campaign, which), settings.zone)
        assert isinstance(shown, datetime)  # noqa: S101  a moment gives a moment
        event.add("dtstart", shown.astimezone(UTC))
        event.add("summary", f"{date_name(which)}: {title}")
        event.add(
            "url",
            settings.site_address
            + url_for("campaigns.campaign", slug=campaign.slug, language=language),
        )
        event.add("status", "CANCELLED" if campaign.cancelled_at else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
