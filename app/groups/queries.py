"""Finding groups and who sits in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import Account
from app.foundation.db import db
from app.groups.models import Group, Membership


@dataclass(frozen=True)
class Seat:
    """Where somebody sits now, and with what right."""

    group_id: int
    membership_id: int
    seat_id: int
    """The seat that speaks: the member's own, also for a substitute."""
    is_chair: bool
    """Whether they chair, or stand in for whoever does."""
    sits_until: date | None


def group(group_id: int) -> Group | None:
    return db.session.get(Group, group_id)


def by_slug(slug: str) -> Group | None:
    return db.session.scalar(select(Group).where(Group.slug == slug))


def groups() -> Select[Group]:
    """Every group, those that still sit first."""
    return select(Group).order_by(Group.sits_until.is_not(None), Group.sits_from.desc(), Group.id)


def membership(membership_id: int) -> Membership | None:
    return db.session.get(Membership, membership_id)


def seats_of(account_id: int) -> Sequence[Seat]:
    """The open seats of this account; read once per transaction."""
    known: dict[int, Sequence[Seat]] = db.session.info.setdefault(_SEATS, {})
    if account_id not in known:
        principal = aliased(Membership)
        rows = db.session.execute(
            select(Membership, or_(Membership.is_chair, principal.is_chair), Group.sits_until)
            .join(Group, Group.id == Membership.group_id)
            .outerjoin(principal, principal.id == Membership.substitute_for_id)
            .where(
                Membership.account_id == account_id,
                Membership.ended_at.is_(None),
                principal.ended_at.is_(None),
            )
        )
        known[account_id] = [
            Seat(mine.group_id, mine.id, mine.seat_id, bool(chairs), until)
            for mine, chairs, until in rows
        ]
    return known[account_id]


_SEATS = "seats"


def forget_seats() -> None:
    """Somebody's seat has just changed: ask anew."""
    db.session.info.pop(_SEATS, None)


def open_seats(group: Group) -> Sequence[Membership]:
    """Who sits in this group now, with their accounts: the chair first, substitutes last."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.group_id == group.id, Membership.ended_at.is_(None))
        .order_by(
            Membership.substitute_for_id.is_not(None), Membership.is_chair.desc(), Membership.id
        )
        .options(joinedload(Membership.account))
    ).all()


def past_seats(group: Group) -> Sequence[Membership]:
    """Who sat here before, the latest first."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.group_id == group.id, Membership.ended_at.is_not(None))
        .order_by(Membership.ended_at.desc(), Membership.id.desc())
        .options(joinedload(Membership.account))
    ).all()


def open_seat_in(group: Group, account_id: int) -> Membership | None:
    """This person's open seat in this group, if they have one."""
    return db.session.scalar(
        select(Membership).where(
            Membership.group_id == group.id,
            Membership.account_id == account_id,
            Membership.ended_at.is_(None),
        )
    )


def open_seats_of_account(account_id: int) -> Sequence[Membership]:
    """Every seat this person holds now, in whatever group."""
    return db.session.scalars(
        select(Membership).where(Membership.account_id == account_id, Membership.ended_at.is_(None))
    ).all()


def groups_of(account_id: int) -> Sequence[Group]:
    """The groups in which this person sits now."""
    return db.session.scalars(
        select(Group)
        .join(Membership, Membership.group_id == Group.id)
        .where(Membership.account_id == account_id, Membership.ended_at.is_(None))
        .order_by(Group.id)
    ).all()


def sitting_accounts(group_id: int, *, chairs: bool = False) -> Select[int]:
    """The account ids of those who sit in this group; with ``chairs`` only who may chair."""
    principal = aliased(Membership)
    sitting = (
        select(Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .outerjoin(principal, principal.id == Membership.substitute_for_id)
        .where(
            Membership.group_id == group_id,
            Membership.ended_at.is_(None),
            principal.ended_at.is_(None),
            Account.can_sign_in,
            Account.erased_at.is_(None),
            Account.suspended_at.is_(None),
        )
    )
    return sitting.where(or_(Membership.is_chair, principal.is_chair)) if chairs else sitting
