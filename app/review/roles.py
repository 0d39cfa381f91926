"""Organisers as keepers of groups: whose campaign's themes point to the group."""

from typing import Any

from sqlalchemy import Select, exists, false, or_, select

from app.accounts.models import Account
from app.campaigns.models import CampaignAppointment, CampaignOffice, Theme
from app.campaigns.queries import appointments_of
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.permissions import Role
from app.groups.models import Group
from app.groups.roles import group_of


def _organises(actor: Actor) -> set[int]:
    """The campaigns whose organiser this actor is."""
    if not isinstance(actor, Account) or not actor.is_active or actor.is_suspended:
        return set()
    return {
        campaign_id
        for campaign_id, office in appointments_of(actor.id)
        if office is CampaignOffice.ORGANISER
    }


def _organisers() -> Select[Any]:
    return (
        select(Account.id)
        .join(CampaignAppointment, CampaignAppointment.account_id == Account.id)
        .where(
            CampaignAppointment.office == CampaignOffice.ORGANISER,
            CampaignAppointment.ended_at.is_(None),
            Account.erased_at.is_(None),
            Account.suspended_at.is_(None),
        )
    )


ANY_ORGANISER = Role(
    "organiser of any campaign",
    held_by=lambda actor, subject: bool(_organises(actor)),
    holders=lambda subject: _organisers(),
)


def _campaigns_using(group: Group) -> Select[Any]:
    return select(Theme.campaign_id).where(Theme.group_id == group.id)


def _keeps(actor: Actor, subject: Any) -> bool:
    group, organised = group_of(subject), _organises(actor)
    if group is None or not organised:
        return False
    using = set(db.session.scalars(_campaigns_using(group)))
    return bool(using & organised) if using else group.made_by_id == actor.actor_id


def _keepers(subject: Any) -> Select[Any]:
    group = group_of(subject)
    if group is None:
        return select(Account.id).where(false())
    used = exists().where(Theme.group_id == group.id)
    return _organisers().where(
        or_(
            CampaignAppointment.campaign_id.in_(_campaigns_using(group)),
            ~used & (Account.id == group.made_by_id),
        )
    )


GROUP_KEEPER = Role("organiser that the group works for", held_by=_keeps, holders=_keepers)
"""Organisers of the campaigns whose themes point to the group; while none does, the organiser
who made it."""
