"""Taking ballots out, under locks that the caller holds (TRUST.md, "the order of locks")."""

from sqlalchemy import Delete, Update, delete, update

from app.campaigns.models import Campaign
from app.foundation.db import changed_rows, db
from app.voting import boxes, queries
from app.voting.keys import RegisterKey
from app.voting.models import LIVE, Ballot, BallotState, Participation, Register
from app.voting.queries import ballot


def take_out(campaign: Campaign, tag: bytes, account_id: int) -> bool:
    """Remove one support of somebody under locks that the caller holds; whether it was there."""
    stored = ballot(campaign, tag)
    if stored is None or stored.state not in LIVE:
        return False
    given_back = changed_rows(
        update(Participation)
        .where(
            Participation.campaign_id == campaign.id,
            Participation.account_id == account_id,
            Participation.n > 0,
        )
        .values(n=Participation.n - 1)
    )
    stored = ballot(campaign, tag, alone=True)
    if not given_back or stored is None or stored.state not in LIVE:
        if given_back:  # another request took it back while we waited
            changed_rows(add_one(campaign.id, account_id))
        return False
    this = (Ballot.campaign_id == campaign.id, Ballot.tag == tag)
    if stored.state is BallotState.WAITING:
        changed_rows(delete(Ballot).where(*this))
    else:
        changed_rows(update(Ballot).where(*this).values(state=BallotState.LEAVING))
    db.session.expunge(stored)
    return True


def withdraw_all(campaign: Campaign, key: RegisterKey, account_id: int) -> None:
    """Take back everything that this person supports, and forget that they took part."""
    for choice in queries.all_choices_of(account_id, campaign):
        take_out(campaign, boxes.tag_of(key.tag, account_id, choice.proposal), account_id)
    changed_rows(_participation(campaign, account_id))


def unlink(campaign: Campaign, register: Register, key: RegisterKey, account_id: int) -> None:
    """After the close: the rows go, the supports stay counted."""
    choices = queries.all_choices_of(account_id, campaign)
    for choice in choices:
        tag = boxes.tag_of(key.tag, account_id, choice.proposal)
        changed_rows(delete(Ballot).where(Ballot.campaign_id == campaign.id, Ballot.tag == tag))
    if changed_rows(_participation(campaign, account_id)) and choices:
        register.erased_people += 1
        register.erased_supports += len(choices)


def _participation(campaign: Campaign, account_id: int) -> Delete:
    return delete(Participation).where(
        Participation.campaign_id == campaign.id, Participation.account_id == account_id
    )


def add_one(campaign_id: int, account_id: int) -> Update:
    return (
        update(Participation)
        .where(Participation.campaign_id == campaign_id, Participation.account_id == account_id)
        .values(n=Participation.n + 1)
    )
