"""What is held about whom: the seats they have, or had, in working groups."""

from sqlalchemy import select

from app.accounts.holdings import Holdings, rows
from app.accounts.models import Account
from app.groups.models import Group, Membership


def held_about(person: Account) -> Holdings:
    return rows(
        select(
            Group.slug.label("group"),
            Membership.organisation,
            Membership.sector,
            Membership.is_chair,
            Membership.began_at,
            Membership.ended_at,
            Membership.end_reason,
        )
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.account_id == person.id)
        .order_by(Membership.id)
    )
