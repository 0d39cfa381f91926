"""What the clock does to campaigns without anybody asking."""

from app.campaigns import queries, stages
from app.campaigns.events import StageBegan
from app.campaigns.models import Campaign, StageAnnouncement
from app.foundation import clock
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.queue import job


@job
def announce_stages_that_changed() -> None:
    """Publish the beginning of every stage that the clock has reached, once each, in order.

    Harmless twice, and side by side with itself: each campaign's row is locked before we look
    at what has been published of it.
    """
    for campaign_id in queries.with_stages_to_announce(clock.now()):
        _announce_stages_of(campaign_id)


def _announce_stages_of(campaign_id: int) -> None:
    campaign = db.session.get_one(
        Campaign, campaign_id, with_for_update={"key_share": True}, populate_existing=True
    )
    at = clock.now()
    if not stages.is_running(campaign, at):
        return
    known = queries.announced_stages_of(campaign)
    for stage, begins in stages.announcements(campaign):
        if begins <= at and stage not in known:
            db.session.add(StageAnnouncement(campaign_id=campaign.id, stage=stage, announced_at=at))
            publish(StageBegan(campaign.id, stage), by=SYSTEM)
