"""What proposals do when another room speaks."""

from flask import Flask

from app.accounts.events import AccountErased
from app.campaigns.events import StageBegan
from app.campaigns.stages import Stage
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.transactions import transaction
from app.proposals import queries
from app.proposals.models import State
from tests.make import accounts, campaigns
from tests.make import proposals as make


def test_when_somebody_leaves_what_was_never_public_is_withdrawn(app: Flask) -> None:
    author = accounts.account()
    proposal = make.proposal(campaigns.campaign(), author=author, state=State.SUBMITTED)
    with transaction():
        publish(AccountErased(author.id), by=SYSTEM)
    db.session.expire_all()
    assert proposal.state is State.WITHDRAWN
    assert queries.steps_of(proposal)[-1].taken_by_id is None


def test_when_voting_begins_what_is_published_can_be_supported(app: Flask) -> None:
    campaign = campaigns.campaign(Stage.VOTING)
    proposal = make.proposal(campaign, votable_from=None)
    with transaction():
        publish(StageBegan(campaign.id, Stage.VOTING), by=SYSTEM)
    db.session.expire_all()
    assert proposal.votable_from == campaign.voting_opens_at
