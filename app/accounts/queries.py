"""Finding people and what offices they hold."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Account, HouseAppointment, HouseOffice, Session
from app.foundation.db import db


def account(account_id: int) -> Account | None:
    return db.session.get(Account, account_id)


def by_canonical_email(address: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.canonical_email == address))


def house_offices_of(account_id: int) -> frozenset[HouseOffice]:
    """The offices of the whole house that this account holds; read once per transaction."""
    known: dict[int, frozenset[HouseOffice]] = db.session.info.setdefault("house offices", {})
    if account_id not in known:
        held = select(HouseAppointment.office).where(
            HouseAppointment.account_id == account_id, HouseAppointment.ended_at.is_(None)
        )
        known[account_id] = frozenset(db.session.scalars(held))
    return known[account_id]


def session_by_token_hash(token_hash: str, *, at: datetime) -> Session | None:
    """A session that still holds, with its account."""
    return db.session.scalar(
        select(Session)
        .join(Session.account)
        .where(
            Session.token_hash == token_hash,
            Session.ended_at.is_(None),
            Session.expires_at > at,
            Account.erased_at.is_(None),
        )
    )


def open_sessions_of(account_id: int, *, at: datetime) -> Sequence[Session]:
    return db.session.scalars(
        select(Session)
        .where(
            Session.account_id == account_id,
            Session.ended_at.is_(None),
            Session.expires_at > at,
        )
        .order_by(Session.id.desc())
    ).all()
