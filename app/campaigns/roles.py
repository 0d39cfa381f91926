"""The offices of one campaign. The subject is a campaign, or anything that has one."""

from typing import Any

from sqlalchemy import Select

from app.accounts.models import Account
from app.campaigns.models import Campaign, CampaignOffice
from app.campaigns.queries import appointments_of, holders_of
from app.foundation.actors import Actor
from app.foundation.permissions import Role


def campaign_of(subject: Any) -> Campaign:
    """The campaign that a subject is, or belongs to."""
    campaign = subject if isinstance(subject, Campaign) else subject.campaign
    assert isinstance(campaign, Campaign)  # noqa: S101  a programming error, not bad input
    return campaign


def _office(office: CampaignOffice) -> Role:
    def held_by(actor: Actor, subject: Any) -> bool:
        return (
            isinstance(actor, Account)
            and actor.is_active
            and not actor.is_suspended
            and (campaign_of(subject).id, office) in appointments_of(actor.id)
        )

    def holders(subject: Any) -> Select[Any]:
        return holders_of(campaign_of(subject).id, office)

    return Role(office.value, held_by=held_by, holders=holders)


ORGANISER = _office(CampaignOffice.ORGANISER)
MODERATOR = _office(CampaignOffice.MODERATOR)
