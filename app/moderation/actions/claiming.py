"""Taking something to work on, and giving it back."""

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation.permissions import authorise
from app.moderation import claims
from app.moderation.permissions import CLAIM
from app.moderation.verdicts import hold


def claim(subject: str, campaign: Campaign, *, by: Account) -> None:
    """Nobody else can decide this for half an hour; taken again, the half hour begins anew.

    Raises Conflict with the name of whoever is working on it.
    """
    authorise(by, CLAIM, campaign)
    hold(subject, campaign, by=by)


def release(subject: str, campaign: Campaign, *, by: Account) -> None:
    """Anybody may decide it again. Harmless for what one does not hold."""
    authorise(by, CLAIM, campaign)
    claims.let_go(subject, account_id=by.id)
