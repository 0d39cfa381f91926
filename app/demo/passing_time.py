"""Letting time pass: the demonstration's clock is kept in the database, for all processes."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from app.campaigns.models import Campaign
from app.campaigns.stages import beginnings, is_running
from app.demo.models import DemonstrationClock
from app.foundation import clock, queue
from app.foundation.db import db
from app.foundation.transactions import transaction

FURTHEST = timedelta(days=3650)


def prepare(app: Flask) -> None:
    """Let every request, and every piece of background work, begin by asking the clock."""
    app.before_request(catch_up)
    queue.before_work(catch_up)


def catch_up() -> None:
    """Be as far ahead as the demonstration is."""
    with transaction(writes=False):
        kept = db.session.get(DemonstrationClock, 1)
        ahead = timedelta(seconds=kept.seconds_ahead if kept else 0)
    clock.set_offset(ahead)


def let_pass(time: timedelta) -> None:
    """Move the demonstration's clock on. It never goes back: what happened has happened."""
    kept = db.session.get(DemonstrationClock, 1, with_for_update=True)
    if kept is None:
        kept = DemonstrationClock(id=1, seconds_ahead=0)
        db.session.add(kept)
    ahead = kept.seconds_ahead + max(0, int(time.total_seconds()))
    kept.seconds_ahead = min(ahead, int(FURTHEST.total_seconds()))


def next_moments() -> list[tuple[Campaign, str, datetime]]:
    """Each running campaign with its next stage, and when that begins."""
    at = clock.now()
    found = []
    for campaign in db.session.scalars(select(Campaign).order_by(Campaign.id)):
        coming = [(stage, moment) for stage, moment in beginnings(campaign) if moment > at]
        if coming and is_running(campaign, at):
            found.append((campaign, coming[0][0].value, coming[0][1]))
    return found
