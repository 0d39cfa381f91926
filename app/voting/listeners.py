"""What voting does when other rooms speak. Each is harmless twice."""

from app.accounts.events import AccountErased
from app.accounts.models import Account
from app.campaigns.events import CampaignAnnounced, StageBegan
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.foundation.events import listen
from app.proposals.events import ProposalHidden
from app.proposals.models import Proposal
from app.voting.actions import close_voting, give_one_place_more, let_go_of, open_register
from app.voting.keys import make_key


@listen(CampaignAnnounced)
def make_the_key(event: CampaignAnnounced) -> None:
    make_key(db.session.get_one(Campaign, event.campaign_id).slug)


@listen(StageBegan)
def begin_or_close_the_register(event: StageBegan) -> None:
    campaign = db.session.get_one(Campaign, event.campaign_id)
    if event.stage == Stage.VOTING:
        open_register(campaign, by=SYSTEM)
    elif event.stage == Stage.REVIEW:
        close_voting(campaign, by=SYSTEM)


@listen(ProposalHidden)
def give_everybody_one_place_more(event: ProposalHidden) -> None:
    give_one_place_more(db.session.get_one(Proposal, event.proposal_id), by=SYSTEM)


@listen(AccountErased)
def let_their_votes_go(event: AccountErased) -> None:
    let_go_of(db.session.get_one(Account, event.account_id), by=SYSTEM)
