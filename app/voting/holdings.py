"""What is held about whom: their consents, and how many proposals they support.

Which ones they are is shown to them under My support, where the key opens it (TRUST.md).
"""

from sqlalchemy import select

from app.accounts.holdings import Holdings, rows
from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.voting.models import Consent, Participation


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
    }
