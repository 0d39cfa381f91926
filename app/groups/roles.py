"""The seats of one group as roles. The subject is a group, or anything that has one."""

from typing import Any

from sqlalchemy import Select, false, select

from app import config
from app.accounts.models import Account
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.permissions import Role
from app.groups.models import Group
from app.groups.queries import Seat, seats_of, sitting_accounts


def group_of(subject: Any) -> Group | None:
    """The group that a subject is, or that it is given to; None while it is given to none."""
    found = subject if isinstance(subject, Group) else subject.group
    assert found is None or isinstance(found, Group)  # noqa: S101  a programming error
    return found


def seat_in(group: Group | None, actor: Actor) -> Seat | None:
    """Where this actor sits in the group, while the group itself sits."""
    if group is None or not isinstance(actor, Account):
        return None
    if not actor.is_active or actor.is_suspended or has_ended(group):
        return None
    return next((seat for seat in seats_of(actor.id) if seat.group_id == group.id), None)


def has_ended(group: Group) -> bool:
    """Whether the group's last day is over, by the calendar of the installation."""
    today = clock.now().astimezone(config.settings().zone).date()
    return group.sits_until is not None and group.sits_until < today


def _seated(name: str, *, chairs: bool) -> Role:
    def held_by(actor: Actor, subject: Any) -> bool:
        seat = seat_in(group_of(subject), actor)
        return seat is not None and (seat.is_chair or not chairs)

    def holders(subject: Any) -> Select[Any]:
        group = group_of(subject)
        if group is None or has_ended(group):
            return select(Account.id).where(false())
        return sitting_accounts(group.id, chairs=chairs)

    return Role(name, held_by=held_by, holders=holders)


MEMBER = _seated("group member", chairs=False)
CHAIR = _seated("group chair", chairs=True)
"""Whoever chairs the group, or stands in for whoever does."""
