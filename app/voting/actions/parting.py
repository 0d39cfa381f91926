"""What becomes of votes when a person leaves, and of places when a proposal is hidden."""

from sqlalchemy import delete, update

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import takes_votes
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import changed_rows, db, insert_unless_there
from app.foundation.permissions import authorise
from app.proposals.models import Proposal
from app.voting import locks, queries
from app.voting.ballots import unlink, withdraw_all
from app.voting.keys import key_with_check
from app.voting.models import (
    Consent,
    HiddenWhileVoting,
    Participation,
)
from app.voting.permissions import LET_GO


def let_go_of(account: Account, *, by: Actor) -> None:
    """Somebody left: what they support in open votes is withdrawn; in closed ones their rows
    go and only the sums stay. Between the last moment and the count, the count does it.
    Harmless twice. Raises KeyMissing.
    """
    authorise(by, LET_GO, account)
    for participation in queries.participations_of(account.id):
        campaign = db.session.get_one(Campaign, participation.campaign_id)
        locks.share(campaign.id)
        register = queries.register_of(campaign, alone=True)
        assert register is not None  # noqa: S101  whoever participates does so in a register
        key = key_with_check(campaign.slug, register.key_check)
        if register.closed_at is not None:
            unlink(campaign, register, key, account.id)
        elif takes_votes(campaign, clock.now()):
            withdraw_all(campaign, key, account.id)
    changed_rows(delete(Consent).where(Consent.account_id == account.id))


def give_one_place_more(proposal: Proposal, *, by: Actor) -> bool:
    """A proposal was hidden while voting is open: everybody gets one place more, once.

    Giving it back to its supporters alone would show in their counters who they are. Whether
    it was done. Votes wait meanwhile, so that nobody enters with the old limit.
    """
    authorise(by, LET_GO, proposal)
    campaign = proposal.campaign
    locks.have_alone(campaign.id)
    db.session.refresh(campaign)
    register = queries.register_of(campaign, alone=True)
    at = clock.now()
    if register is None or register.closed_at is not None or not takes_votes(campaign, at):
        return False
    if proposal.votable_from is None or proposal.votable_from > at:
        return False
    if not insert_unless_there(
        HiddenWhileVoting, campaign_id=campaign.id, proposal_id=proposal.id, hidden_at=at
    ):
        return False
    if register.most is not None:
        register.most += 1
        changed_rows(
            update(Participation)
            .where(Participation.campaign_id == campaign.id)
            .values(most=Participation.most + 1)
        )
    return True
