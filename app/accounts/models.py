"""People, how they sign in, and what office of the whole house they hold."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.db import Base


class Account(Base):
    """A person, under the name they chose. Everything else about them is private."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    display_name: Mapped[str]
    organisation: Mapped[str | None]
    """On whose behalf they usually speak; each proposal says for itself."""
    language: Mapped[str]
    email: Mapped[str | None]
    """As they wrote it; None for those who cannot sign in, and for those who left."""
    canonical_email: Mapped[str | None] = mapped_column(unique=True)
    """One person per mailbox: small letters, without tags; see ``addresses.canonical``."""
    email_confirmed_at: Mapped[datetime | None]
    can_sign_in: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    """When an identity provider last proved who they are."""
    suspended_at: Mapped[datetime | None]
    suspension_reason: Mapped[str | None]
    erased_at: Mapped[datetime | None]
    """When they left. The row stays so that what they published keeps a (nameless) author."""

    # What flask-login asks of whoever is signed in.
    is_authenticated = True
    is_anonymous = False

    @property
    def actor_id(self) -> int:
        return self.id

    @property
    def is_active(self) -> bool:
        return self.can_sign_in and self.erased_at is None

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def is_suspended(self) -> bool:
        return self.suspended_at is not None


class Identity(Base):
    """One identifier that an identity provider vouched for; kept as a keyed hash only."""

    __tablename__ = "identity"

    provider: Mapped[str] = mapped_column(primary_key=True)
    identifier_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    assurance: Mapped[int]
    proven_at: Mapped[datetime]


class SignInRequest(Base):
    """A link and a code on their way to a mailbox. Neither is stored, only their hashes."""

    __tablename__ = "sign_in_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    """Names the request in the browser that asked; worth nothing without code or link."""
    email: Mapped[str]
    language: Mapped[str]
    link_hash: Mapped[str | None] = mapped_column(unique=True)
    """None until the mail is written: the job that sends it makes link and code."""
    code_hash: Mapped[str | None]
    tries_left: Mapped[int] = mapped_column(default=5)
    return_to: Mapped[str]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    """When a job last began to send the mail."""
    mailed_at: Mapped[datetime | None]
    """When the mail server took it."""

    def is_open(self, at: datetime) -> bool:
        """Whether its code may still be typed and its link still be pressed."""
        return self.used_at is None and at < self.expires_at


class Session(Base):
    """One browser that is signed in; can be ended from any other."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    began_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    """To the day only: when somebody was active is nobody's business."""
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    browser: Mapped[str]
    """In plain words, such as "Firefox, Android", so that people recognise it."""

    account: Mapped[Account] = relationship()


class HouseOffice(StrEnum):
    """An office of the whole installation."""

    ADMINISTRATOR = "administrator"
    OBSERVER = "observer"


class HouseAppointment(Base):
    """That somebody holds, or held, an office of the whole house, and why."""

    __tablename__ = "house_appointment"
    __table_args__ = (Index("ix_house_appointment_held", "account_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    office: Mapped[HouseOffice]
    reason: Mapped[str]
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    end_reason: Mapped[str | None]


class Preference(Base):
    """What somebody set for themselves, one row each, such as how often to get mail."""

    __tablename__ = "preference"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    settings: Mapped[dict[str, Any]]
