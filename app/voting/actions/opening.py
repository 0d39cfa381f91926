"""Beginning a register: from then on no promise of the campaign can change."""

from app.campaigns.models import Campaign
from app.campaigns.stages import voting_has_opened
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db, insert_unless_there
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict
from app.proposals.actions import fix_what_is_votable
from app.voting.keys import make_key
from app.voting.models import Register
from app.voting.permissions import NOT_YET, OPEN_REGISTER
from app.voting.queries import register_of


def open_register(campaign: Campaign, *, by: Actor) -> Register:
    """The campaign's register, begun now unless it has: key check, limit, what can be supported.

    The job does this as voting opens; the first vote does it when the job is late. Whoever is
    second finds it done. The key was made as the campaign was announced; one that is made here
    is safe too, because nothing has been sealed with another: the row that is stored first
    says which key it is.
    """
    authorise(by, OPEN_REGISTER, campaign)
    if register := register_of(campaign):
        return register
    # A promise that is being changed just before voting opens is waited for, and none follows.
    db.session.flush()
    db.session.refresh(campaign, with_for_update={"read": True})
    at = clock.now()
    if not voting_has_opened(campaign, at):
        raise Conflict(NOT_YET)
    insert_unless_there(
        Register,
        campaign_id=campaign.id,
        key_check=make_key(campaign.slug).check,
        most=campaign.vote_limit,
        opened_at=at,
    )
    fix_what_is_votable(campaign, by=by)
    register = register_of(campaign)
    assert register is not None  # noqa: S101  it was inserted above, by us or before us
    return register
