"""Finding people and what offices they hold."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from app.accounts.models import (
    Account,
    HouseAppointment,
    HouseOffice,
    Identity,
    Session,
    SignInRequest,
)
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
        .options(contains_eager(Session.account))
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


def session_of(account_id: int, session_id: int) -> Session | None:
    """One of this person's own sessions, open or not."""
    return db.session.scalar(
        select(Session).where(Session.id == session_id, Session.account_id == account_id)
    )


def request_by_public_id(public_id: str) -> SignInRequest | None:
    return db.session.scalar(select(SignInRequest).where(SignInRequest.public_id == public_id))


def request_by_link(link_hash: str) -> SignInRequest | None:
    return db.session.scalar(select(SignInRequest).where(SignInRequest.link_hash == link_hash))


def unsent_requests(*, at: datetime, begun_before: datetime) -> Sequence[SignInRequest]:
    """Requests that still hold and whose mail nobody has been sending lately."""
    return db.session.scalars(
        select(SignInRequest)
        .where(
            SignInRequest.mailed_at.is_(None),
            SignInRequest.used_at.is_(None),
            SignInRequest.expires_at > at,
            func.coalesce(SignInRequest.tried_at, SignInRequest.asked_at) <= begun_before,
        )
        .order_by(SignInRequest.id)
        .limit(500)
    ).all()


def house_appointments_of(account_id: int) -> Sequence[HouseAppointment]:
    """The offices of the house that this account holds now, with their reasons."""
    return db.session.scalars(
        select(HouseAppointment)
        .where(HouseAppointment.account_id == account_id, HouseAppointment.ended_at.is_(None))
        .order_by(HouseAppointment.id)
    ).all()


def house_appointments(*, ever: bool = False) -> Sequence[tuple[HouseAppointment, Account]]:
    """Everybody who holds (or ``ever`` held) an office of the house, the newest first."""
    query = (
        select(HouseAppointment, Account)
        .join(Account, Account.id == HouseAppointment.account_id)
        .order_by(HouseAppointment.id.desc())
    )
    if not ever:
        query = query.where(HouseAppointment.ended_at.is_(None))
    return [(row[0], row[1]) for row in db.session.execute(query)]


def house_appointment(appointment_id: int) -> HouseAppointment | None:
    return db.session.get(HouseAppointment, appointment_id)


def count_administrators() -> int:
    """How many hold the office, locked on PostgreSQL so that two cannot end each other's."""
    held = db.session.scalars(
        select(HouseAppointment.id)
        .where(
            HouseAppointment.office == HouseOffice.ADMINISTRATOR,
            HouseAppointment.ended_at.is_(None),
        )
        .with_for_update()
    ).all()
    return len(held)


def people_called(words: str) -> Select[Account]:
    """Accounts whose name contains these words, whatever the case."""
    return (
        select(Account)
        .where(Account.erased_at.is_(None), Account.display_name.icontains(words, autoescape=True))
        .order_by(Account.display_name, Account.id)
    )


def identities_of(account_id: int) -> Sequence[Identity]:
    return db.session.scalars(select(Identity).where(Identity.account_id == account_id)).all()


def requests_of(email: str) -> Sequence[SignInRequest]:
    """What was asked for this address, as long as it is kept."""
    return db.session.scalars(
        select(SignInRequest).where(func.lower(SignInRequest.email) == email.lower())
    ).all()
