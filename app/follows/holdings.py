"""What is held about whom: what they follow."""

from sqlalchemy import select

from app.accounts.holdings import Holdings, rows
from app.accounts.models import Account
from app.follows.models import Follow


def held_about(person: Account) -> Holdings:
    return rows(
        select(Follow.subject, Follow.since, Follow.stopped_at)
        .where(Follow.account_id == person.id)
        .order_by(Follow.since)
    )
