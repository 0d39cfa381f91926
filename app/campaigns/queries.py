"""Finding campaigns, their themes, and who runs them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select

from app.campaigns.models import (
    Campaign,
    CampaignAppointment,
    CampaignOffice,
    DateChange,
    Theme,
)
from app.foundation.db import db


def by_slug(slug: str) -> Campaign | None:
    return db.session.scalar(select(Campaign).where(Campaign.slug == slug))


def campaign(campaign_id: int) -> Campaign | None:
    return db.session.get(Campaign, campaign_id)


def announced(at: datetime) -> Select[Campaign]:
    """Every campaign that the public may know of, the newest first."""
    return (
        select(Campaign)
        .where(Campaign.announced_at <= at)
        .order_by(Campaign.submission_opens_at.desc(), Campaign.id.desc())
    )


def every_campaign() -> Select[Campaign]:
    """Those in preparation too, the newest first."""
    return select(Campaign).order_by(Campaign.created_at.desc(), Campaign.id.desc())


def organised_by(account_id: int) -> Select[Campaign]:
    """The campaigns that this person organises, those in preparation too, the newest first."""
    return every_campaign().where(
        Campaign.id.in_(
            select(CampaignAppointment.campaign_id).where(
                CampaignAppointment.account_id == account_id,
                CampaignAppointment.office == CampaignOffice.ORGANISER,
                CampaignAppointment.ended_at.is_(None),
            )
        )
    )


def themes_of(campaign: Campaign) -> Sequence[Theme]:
    return db.session.scalars(
        select(Theme).where(Theme.campaign_id == campaign.id).order_by(Theme.position, Theme.id)
    ).all()


def date_changes_of(campaign: Campaign) -> Sequence[DateChange]:
    return db.session.scalars(
        select(DateChange).where(DateChange.campaign_id == campaign.id).order_by(DateChange.id)
    ).all()


def appointments_of(account_id: int) -> frozenset[tuple[int, CampaignOffice]]:
    """The (campaign id, office) pairs this account holds; read once per transaction."""
    known: dict[int, frozenset[tuple[int, CampaignOffice]]] = db.session.info.setdefault(
        "campaign offices", {}
    )
    if account_id not in known:
        held = select(CampaignAppointment.campaign_id, CampaignAppointment.office).where(
            CampaignAppointment.account_id == account_id, CampaignAppointment.ended_at.is_(None)
        )
        known[account_id] = frozenset((row[0], row[1]) for row in db.session.execute(held))
    return known[account_id]


def appointments_in(campaign: Campaign) -> Sequence[CampaignAppointment]:
    """Who holds an office in this campaign now."""
    return db.session.scalars(
        select(CampaignAppointment)
        .where(
            CampaignAppointment.campaign_id == campaign.id, CampaignAppointment.ended_at.is_(None)
        )
        .order_by(CampaignAppointment.office, CampaignAppointment.id)
    ).all()
