"""What is held about whom: the offices they hold, or held, in campaigns."""

from sqlalchemy import select

from app.accounts.holdings import Holdings, rows
from app.accounts.models import Account
from app.campaigns.models import Campaign, CampaignAppointment


def held_about(person: Account) -> Holdings:
    return rows(
        select(
            Campaign.slug.label("campaign"),
            CampaignAppointment.office,
            CampaignAppointment.reason,
            CampaignAppointment.given_at,
            CampaignAppointment.ended_at,
        )
        .join(Campaign, Campaign.id == CampaignAppointment.campaign_id)
        .where(CampaignAppointment.account_id == person.id)
        .order_by(CampaignAppointment.id)
    )
