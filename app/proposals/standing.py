"""What a proposal's state and its campaign's clock allow at a moment. The clock decides."""

from datetime import datetime, timedelta

from app.campaigns import stages
from app.campaigns.models import Campaign, Pacing
from app.proposals.models import Proposal, State

UNDO_PUBLICATION = timedelta(minutes=10)
"""How long a moderator may take a publication back."""

UNDECIDED = frozenset({State.SUBMITTED, State.RETURNED})
"""Handed in, and not yet public."""

MERGEABLE = frozenset({State.SUBMITTED, State.RETURNED, State.PUBLISHED})
HIDEABLE = frozenset({State.SUBMITTED, State.RETURNED, State.PUBLISHED, State.MERGED})


def is_public(proposal: Proposal) -> bool:
    """Whether everybody may know of it, be it as a stub with a reason.

    What its author withdrew before it was published was never public, and stays so.
    """
    if proposal.state is State.WITHDRAWN:
        return proposal.published_at is not None
    return proposal.state in {State.PUBLISHED, State.MERGED, State.HIDDEN}


def shows_text(proposal: Proposal) -> bool:
    """Whether everybody may read its text."""
    return proposal.state in {State.PUBLISHED, State.MERGED}


def takes_drafts(campaign: Campaign, at: datetime) -> bool:
    """Whether a draft can be begun: also before submission opens, to be ready in time."""
    return (
        stages.is_running(campaign, at)
        and not campaign.is_imported
        and at < campaign.submission_closes_at
    )


def may_be_submitted(proposal: Proposal, at: datetime) -> bool:
    """A draft while the campaign takes proposals; a returned one until texts stand."""
    campaign = proposal.campaign
    if stages.takes_proposals(campaign, at):
        return True
    return proposal.state is State.RETURNED and stages.may_be_revised(campaign, at)


def may_be_revised(proposal: Proposal, at: datetime) -> bool:
    """In turn, until three days before voting. Side by side, until it is published: from then
    on people support this very text."""
    campaign = proposal.campaign
    if campaign.pacing is Pacing.IN_TURN:
        return stages.may_be_revised(campaign, at)
    return proposal.state in UNDECIDED and stages.takes_proposals(campaign, at)


def may_be_withdrawn(proposal: Proposal, at: datetime) -> bool:
    """In turn, until voting opens. Side by side, until it is published."""
    campaign = proposal.campaign
    if campaign.pacing is Pacing.IN_TURN:
        return stages.may_be_sorted(campaign, at)
    return proposal.state in UNDECIDED and stages.is_running(campaign, at)


def takes_comments(proposal: Proposal, at: datetime) -> bool:
    """While it is published, until the campaign is concluded."""
    campaign = proposal.campaign
    return (
        proposal.state is State.PUBLISHED
        and stages.is_running(campaign, at)
        and not campaign.is_imported
    )


def checking_ends(campaign: Campaign) -> datetime:
    """The moment at which what is undecided is published, marked "not checked".

    In turn it is three days before voting. Side by side it is the end of submission, so that
    everything can still be supported for a week.
    """
    if campaign.pacing is Pacing.IN_TURN:
        return stages.last_revision(campaign)
    return campaign.submission_closes_at


def texts_stand(campaign: Campaign, at: datetime) -> bool:
    """Whether voting is so near, or open, that what can be voted on is fixed."""
    if campaign.announced_at is None:
        return False
    if campaign.pacing is Pacing.IN_TURN:
        return stages.last_revision(campaign) <= at
    return campaign.voting_opens_at <= at


def votable_from(campaign: Campaign, at: datetime) -> datetime:
    """Since when something published at this moment can be supported."""
    return max(at, campaign.voting_opens_at)
