"""Finding who follows what."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from app.accounts.models import Account
from app.follows.models import Follow
from app.foundation.db import db


def followers_of(subject: str) -> Select[Any]:
    """A SELECT of the account ids of those who follow this and can still be told."""
    return (
        select(Follow.account_id)
        .join(Account, Account.id == Follow.account_id)
        .where(Follow.subject == subject, Follow.stopped_at.is_(None), Account.erased_at.is_(None))
    )


def follow_of(account_id: int, subject: str) -> Follow | None:
    """What this person once chose about this subject, stopped or not."""
    return db.session.get(Follow, (account_id, subject))


def follows(account_id: int, subject: str) -> bool:
    """Whether this person follows this now; for showing one button or the other."""
    kept = follow_of(account_id, subject)
    return kept is not None and kept.stopped_at is None


def followed_by(account_id: int) -> Sequence[Follow]:
    """What somebody follows now, the latest choice first."""
    return db.session.scalars(
        select(Follow)
        .where(Follow.account_id == account_id, Follow.stopped_at.is_(None))
        .order_by(Follow.since.desc(), Follow.subject)
    ).all()
