"""Roles of those who decide and of those whom a decision concerns."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, or_, select

from app.accounts.models import Account
from app.campaigns.models import CampaignAppointment, CampaignOffice
from app.campaigns.queries import appointments_of
from app.campaigns.roles import MODERATOR
from app.comments.models import Comment
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.permissions import Role
from app.proposals.models import Proposal, State

Whose = Callable[[Any], int | None]

CONCERNED = Role(
    "the person concerned",
    held_by=lambda actor, decision: (
        isinstance(actor, Account) and actor.is_active and actor.id == decision.concerns_id
    ),
    holders=lambda decision: select(Account.id).where(Account.id == decision.concerns_id),
)
"""Suspended or not: whoever is suspended may still defend themselves."""


def _moderators_but(name: str, *whose: Whose) -> Role:
    """The campaign's moderators, without those whom the matter itself concerns."""

    def held_by(actor: Actor, subject: Any) -> bool:
        return MODERATOR.held_by(actor, subject) and actor.actor_id not in {
            of(subject) for of in whose
        }

    def holders(subject: Any) -> Select[Any]:
        left_out = [number for number in (of(subject) for of in whose) if number is not None]
        return MODERATOR.holders(subject).where(Account.id.not_in(left_out))

    return Role(name, held_by=held_by, holders=holders)


IMPARTIAL = _moderators_but("impartial moderator", lambda matter: matter.concerns_id)
OTHER_MODERATOR = _moderators_but(
    "another moderator",
    lambda appeal: appeal.decision.decided_by_id,
    lambda appeal: appeal.decision.concerns_id,
)

WHOEVER_DECIDED = Role(
    "moderator who decided",
    held_by=lambda actor, decision: (
        MODERATOR.held_by(actor, decision) and actor.actor_id == decision.decided_by_id
    ),
    holders=lambda decision: MODERATOR.holders(decision).where(
        Account.id == decision.decided_by_id
    ),
)


def _moderated_with(account_id: int) -> Select[Any]:
    """The campaigns in which somebody has proposed or commented."""
    said = (
        select(Proposal.campaign_id)
        .join(Comment, Comment.thread_id == Proposal.thread_id)
        .where(Comment.author_id == account_id)
    )
    return select(Proposal.campaign_id).where(
        or_(
            (Proposal.author_id == account_id) & (Proposal.state != State.DRAFT),
            Proposal.campaign_id.in_(said),
        )
    )


def _moderates(actor: Actor, person: Account) -> bool:
    if not isinstance(actor, Account) or not actor.is_active or actor.is_suspended:
        return False
    mine = {
        campaign_id
        for campaign_id, office in appointments_of(actor.id)
        if office is CampaignOffice.MODERATOR
    }
    found = _moderated_with(person.id).where(Proposal.campaign_id.in_(mine)).limit(1)
    return bool(mine) and db.session.scalar(found) is not None


MODERATES_THEM = Role(
    "moderator of where they write",
    held_by=_moderates,
    holders=lambda person: (
        select(Account.id)
        .join(CampaignAppointment, CampaignAppointment.account_id == Account.id)
        .where(
            CampaignAppointment.campaign_id.in_(_moderated_with(person.id)),
            CampaignAppointment.office == CampaignOffice.MODERATOR,
            CampaignAppointment.ended_at.is_(None),
            Account.erased_at.is_(None),
            Account.suspended_at.is_(None),
        )
    ),
)
"""For whoever's account it is: a moderator of a campaign in which that person has written."""
