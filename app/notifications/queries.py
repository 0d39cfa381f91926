"""Reading what somebody was told."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.accounts.models import Account
from app.foundation.db import db
from app.foundation.paging import PAGE_SIZE, Page
from app.notifications.models import Letter, Notification
from app.notifications.wording import Grouped, worded

MOST_OF_ONE_PAGE = 500
"""Notices; of more than that about the subjects of one page, the newest are shown."""


@dataclass(frozen=True)
class Inbox:
    """One page of an inbox: subjects, the one with the newest notice first."""

    page: Page[str]
    groups: list[Grouped]
    unread: int
    newest: int
    """The newest notice of all, so that what comes after the page is drawn is not taken as read."""


def unread_count(person: Account) -> int:
    """How many notices wait to be read; for the menu of every page."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Notification)
            .where(Notification.account_id == person.id, Notification.read_at.is_(None))
        )
        or 0
    )


def unsent_letters() -> int:
    """How many letters are written and neither sent nor given up; the operators' page shows it."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Letter)
            .where(Letter.sent_at.is_(None), Letter.given_up_at.is_(None))
        )
        or 0
    )


def inbox_of(person: Account, number: int) -> Inbox:
    """What somebody was told, by subject, in the language that is spoken."""
    own = Notification.account_id == person.id
    total = db.session.scalar(select(func.count(Notification.subject.distinct())).where(own)) or 0
    last = max(1, -(-total // PAGE_SIZE))
    number = min(max(number, 1), last)
    subjects = db.session.scalars(
        select(Notification.subject)
        .where(own)
        .group_by(Notification.subject)
        .order_by(func.max(Notification.id).desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Inbox(
        page=Page(subjects, number, total),
        groups=worded(_about(person, subjects)),
        unread=unread_count(person),
        newest=db.session.scalar(select(func.max(Notification.id)).where(own)) or 0,
    )


def _about(person: Account, subjects: Sequence[str]) -> Sequence[Notification]:
    if not subjects:
        return []
    return db.session.scalars(
        select(Notification)
        .where(Notification.account_id == person.id, Notification.subject.in_(subjects))
        .order_by(Notification.id.desc())
        .limit(MOST_OF_ONE_PAGE)
    ).all()
