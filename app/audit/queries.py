"""Reading the event table, which is the trail."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from app.campaigns.models import Campaign
from app.campaigns.queries import every_campaign
from app.foundation.db import db
from app.foundation.events import EventRecord

MOST_IN_A_FILE = 50_000


@dataclass(frozen=True)
class Filter:
    """What part of the trail somebody asks for; nothing set is all of it."""

    campaign_id: int | None = None
    name: str = ""
    subject: str = ""
    """``proposal:17``"""


def trail(chosen: Filter) -> Select[EventRecord]:
    """What happened, the newest first."""
    query = select(EventRecord).order_by(EventRecord.id.desc())
    if chosen.campaign_id is not None:
        query = query.where(EventRecord.campaign_id == chosen.campaign_id)
    if chosen.name:
        query = query.where(EventRecord.name == chosen.name)
    if chosen.subject:
        query = query.where(EventRecord.subject == chosen.subject)
    return query


def campaigns_of_trail() -> Sequence[Campaign]:
    return db.session.scalars(every_campaign()).all()
