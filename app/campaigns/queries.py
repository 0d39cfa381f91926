"""Finding campaigns, their themes, and who runs them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.campaigns.models import (
    Campaign,
    CampaignAppointment,
    CampaignOffice,
    DateChange,
    PromiseChange,
    StageAnnouncement,
    Theme,
)
from app.campaigns.rules import Faults, faults_before_announcing
from app.foundation.db import db
from app.plans.models import Plan


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


def announced_for(plan: Plan, at: datetime) -> Select[Campaign]:
    """The campaigns that feed this plan, those that the public may know of."""
    return announced(at).where(Campaign.plan_id == plan.id)


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


def theme(theme_id: int) -> Theme | None:
    return db.session.get(Theme, theme_id)


def date_changes_of(campaign: Campaign) -> Sequence[DateChange]:
    """Every date that was moved, with who moved it, the latest last."""
    return db.session.scalars(
        select(DateChange)
        .where(DateChange.campaign_id == campaign.id)
        .options(joinedload(DateChange.changed_by))
        .order_by(DateChange.id)
    ).all()


def promise_changes_of(campaign: Campaign) -> Sequence[PromiseChange]:
    """Every promise that was changed after the announcement, the latest last."""
    return db.session.scalars(
        select(PromiseChange)
        .where(PromiseChange.campaign_id == campaign.id)
        .options(joinedload(PromiseChange.changed_by))
        .order_by(PromiseChange.id)
    ).all()


def has_been_prolonged(campaign: Campaign) -> bool:
    return bool(
        db.session.scalar(
            select(
                exists().where(DateChange.campaign_id == campaign.id, DateChange.is_prolongation)
            )
        )
    )


def announced_stages_of(campaign: Campaign) -> frozenset[str]:
    """The stages whose beginning has been published."""
    return frozenset(
        db.session.scalars(
            select(StageAnnouncement.stage).where(StageAnnouncement.campaign_id == campaign.id)
        )
    )


def with_stages_to_announce(at: datetime) -> Sequence[int]:
    """The campaigns, by id, that the clock may have moved on: announced and not ended."""
    return db.session.scalars(
        select(Campaign.id)
        .where(
            Campaign.announced_at <= at,
            Campaign.submission_opens_at <= at,
            Campaign.cancelled_at.is_(None),
            Campaign.concluded_at.is_(None),
            Campaign.is_imported.is_(False),
        )
        .order_by(Campaign.id)
    ).all()


def is_taken(*, slug: str = "", reference_prefix: str = "") -> bool:
    """Whether another campaign already has this address, or these letters."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    or_(Campaign.slug == slug, Campaign.reference_prefix == reference_prefix)
                )
            )
        )
    )


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


def forget_appointments_of(account_id: int) -> None:
    """Read them anew when they are next asked for: they have just been changed."""
    known: dict[int, object] = db.session.info.get("campaign offices", {})
    known.pop(account_id, None)


def appointments_in(campaign: Campaign) -> Sequence[CampaignAppointment]:
    """Who holds an office in this campaign now."""
    return db.session.scalars(
        select(CampaignAppointment)
        .options(joinedload(CampaignAppointment.account))
        .where(
            CampaignAppointment.campaign_id == campaign.id, CampaignAppointment.ended_at.is_(None)
        )
        .order_by(CampaignAppointment.office, CampaignAppointment.id)
    ).all()


def appointment(appointment_id: int) -> CampaignAppointment | None:
    return db.session.get(CampaignAppointment, appointment_id)


def held_by(account_id: int) -> Sequence[CampaignAppointment]:
    """The offices of campaigns that this account holds now."""
    return db.session.scalars(
        select(CampaignAppointment).where(
            CampaignAppointment.account_id == account_id, CampaignAppointment.ended_at.is_(None)
        )
    ).all()


def holders_of(campaign_id: int, office: CampaignOffice) -> Select[int]:
    """The ids of the people who hold this office of this campaign and can act."""
    return (
        select(Account.id)
        .join(CampaignAppointment, CampaignAppointment.account_id == Account.id)
        .where(
            CampaignAppointment.campaign_id == campaign_id,
            CampaignAppointment.office == office,
            CampaignAppointment.ended_at.is_(None),
            Account.erased_at.is_(None),
            Account.suspended_at.is_(None),
        )
    )


def count_holders(campaign: Campaign, office: CampaignOffice, *, besides: int = 0) -> int:
    """How many people hold an office, not counting the account ``besides``."""
    people = holders_of(campaign.id, office).where(Account.id != besides).distinct().subquery()
    return db.session.scalar(select(func.count()).select_from(people)) or 0


def still_lacking(campaign: Campaign, at: datetime) -> Faults:
    """What a campaign still needs before it can be announced, a sentence for each thing."""
    deciders = count_holders(campaign, CampaignOffice.MODERATOR)
    return faults_before_announcing(campaign, deciders=deciders, at=at)
