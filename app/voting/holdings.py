"""What is held about whom: their consents, and what they support while the key can tell."""

from sqlalchemy import select

from app.accounts.holdings import Holdings, rows
from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation.db import db
from app.voting.keys import KeyMissing
from app.voting.models import Consent, Participation
from app.voting.queries import all_choices_of


def held_about(person: Account) -> Holdings:
    return {
        "consents": rows(
            select(Campaign.slug.label("campaign"), Consent.text_version, Consent.given_at)
            .join(Campaign, Campaign.id == Consent.campaign_id)
            .where(Consent.account_id == person.id)
            .order_by(Campaign.id)
        ),
        "participation": rows(
            select(Campaign.slug.label("campaign"), Participation.n.label("supports"))
            .join(Campaign, Campaign.id == Participation.campaign_id)
            .where(Participation.account_id == person.id)
            .order_by(Campaign.id)
        ),
        "supported_proposals": {
            campaign.slug: _supported(person, campaign)
            for campaign in db.session.scalars(
                select(Campaign)
                .join(Participation, Participation.campaign_id == Campaign.id)
                .where(Participation.account_id == person.id)
                .order_by(Campaign.id)
            ).all()
        },
    }


def _supported(person: Account, campaign: Campaign) -> list[str] | None:
    """References; None once the key is destroyed, for then nobody can tell (TRUST.md)."""
    try:
        return sorted(choice.proposal for choice in all_choices_of(person.id, campaign))
    except KeyMissing:
        return None
