"""What the clock does to proposals. Each job is harmless twice."""

from app.campaigns import stages
from app.campaigns.models import Pacing
from app.foundation import clock, queue
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.proposals import queries, standing
from app.proposals.actions import publish_undecided


@queue.job
def publish_what_is_undecided() -> None:
    """Three days before voting (side by side: as submission ends), what nobody decided about is
    published, marked "not checked". A moderator's delay costs nobody their proposal."""
    at = clock.now()
    for campaign in queries.campaigns_with_undecided(at):
        if standing.checking_ends(campaign) <= at < campaign.voting_closes_at:
            for proposal in db.session.scalars(queries.undecided(campaign)).all():
                publish_undecided(proposal, by=SYSTEM)


@queue.job
def fix_what_is_votable() -> None:
    """As voting opens, fix since when each published proposal can be supported."""
    for campaign in queries.campaigns_voting_without_moment(clock.now()):
        _fix(campaign.id)


def _fix(campaign_id: int) -> None:
    at = clock.now()
    campaign = queries.campaign_of(campaign_id)
    if campaign is None or not stages.voting_has_opened(campaign, at):
        return
    for proposal in db.session.scalars(queries.not_votable_yet(campaign)).all():
        proposal.votable_from = (
            campaign.voting_opens_at
            if campaign.pacing is Pacing.IN_TURN
            else standing.votable_from(campaign, proposal.published_at or at)
        )
