"""Votes for tests: given as people give them, through the action."""

from collections.abc import Mapping
from datetime import timedelta

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation import clock
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.proposals.models import Proposal
from app.voting import actions, queries
from app.voting.boxes import Receipt
from app.voting.models import Tally


def support(person: Account, *proposals: Proposal) -> list[Receipt]:
    """This person supports these proposals, with consent; stored."""
    receipts = [
        actions.support(proposal.campaign, proposal, consent=actions.CONSENT_VERSION, by=person)
        for proposal in proposals
    ]
    db.session.commit()
    return receipts


def withdraw(person: Account, proposal: Proposal) -> bool:
    was_there = actions.withdraw_support(proposal.campaign, proposal, by=person)
    db.session.commit()
    return was_there


def end_voting(campaign: Campaign) -> None:
    """Let the closing moment be a minute ago; nothing is counted yet."""
    campaign.voting_closes_at = clock.now() - timedelta(minutes=1)
    campaign.submission_closes_at = min(campaign.submission_closes_at, campaign.voting_closes_at)
    db.session.commit()


def close(campaign: Campaign) -> Tally:
    """Voting is over and counted."""
    end_voting(campaign)
    tally = actions.close_voting(campaign, by=SYSTEM)
    db.session.commit()
    assert tally is not None
    return tally


def counted(campaign: Campaign) -> Mapping[str, int]:
    """What was counted, by reference."""
    return {
        count.proposal.reference or "": count.supports
        for count in db.session.scalars(queries.counts_of(campaign))
    }
