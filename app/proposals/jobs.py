"""What the clock does to proposals. Each job is harmless twice."""

from app.foundation import clock, queue
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.proposals import queries, standing
from app.proposals.actions import fix_what_is_votable, publish_undecided


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
def fix_moments_of_votable() -> None:
    """From three days before voting, write down since when each published proposal can be
    supported, so that the first vote need not wait for a job; anew if the date is moved."""
    for campaign in queries.campaigns_to_fix(clock.now()):
        fix_what_is_votable(campaign, by=SYSTEM)
