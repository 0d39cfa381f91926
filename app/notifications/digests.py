"""When a letter is due, and writing it: once, with everything that waits for its reader.

The clock decides what is due, not the moment at which a job runs: a daily letter is due once
it has been seven in the morning, where the installation is, since something was told. So a
worker that was down at seven writes the letter later, and a night in which clocks change is
neither skipped nor counted twice.
"""

import secrets
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select, update

from app import config
from app.accounts.models import Account
from app.foundation import clock, mail
from app.foundation.db import db
from app.notifications.catalogue import Urgency, moments
from app.notifications.channels.email import EMAIL
from app.notifications.models import Letter, Notification
from app.notifications.wishes import Wish, wished

GATHERED_FOR = timedelta(minutes=1)
"""How long an immediate letter waits for what happens together with its cause."""

AT = time(7)
MONDAY = 0

IN_ONE_GO = 200
"""Letters that one transaction writes."""

PUT_AGAIN_AFTER = timedelta(minutes=15)
"""When the sweep puts a letter that nobody has taken by then."""


def latest_daily(at: datetime, zone: ZoneInfo) -> datetime:
    """The last time that it was seven in the morning there."""
    today = at.astimezone(zone).date()
    this_morning = datetime.combine(today, AT, zone)
    if this_morning <= at:
        return this_morning
    return datetime.combine(today - timedelta(days=1), AT, zone)


def latest_weekly(at: datetime, zone: ZoneInfo) -> datetime:
    """The last time that it was seven on a Monday morning there."""
    last = latest_daily(at, zone)
    since_monday = timedelta(days=(last.weekday() - MONDAY) % 7)
    return datetime.combine(last.date() - since_monday, AT, zone)


def is_due(at: datetime) -> ColumnElement[bool]:
    """The condition on a notice, joined with its account, that its letter should be written."""
    zone = config.settings().zone
    wish = wished()
    daily = Notification.told_at < latest_daily(at, zone)
    return or_(
        and_(
            wish == Wish.IMMEDIATE.value,
            or_(
                and_(
                    Notification.kind.in_(moments(Urgency.AT_ONCE)),
                    Notification.told_at <= at - GATHERED_FOR,
                ),
                daily,
            ),
        ),
        and_(wish == Wish.DAILY.value, daily),
        and_(
            wish == Wish.WEEKLY.value,
            Notification.told_at < latest_weekly(at, zone),
        ),
    )


_WAITS = and_(Notification.letter_id.is_(None), Notification.wants_mail)


def write_due_letters() -> list[Letter]:
    """Write the letters that are due, at most ``IN_ONE_GO``; each carries all that waits.

    Of two that do this at the same time each takes other notices, so that none is told twice.
    """
    at = clock.now()
    readers = (
        select(Notification.account_id)
        .join(Account, Account.id == Notification.account_id)
        .where(_WAITS, is_due(at), EMAIL.reaches())
        .distinct()
        .order_by(Notification.account_id)
        .limit(IN_ONE_GO)
    )
    waiting = db.session.execute(
        select(Notification.id, Notification.account_id)
        .where(_WAITS, Notification.account_id.in_(db.session.scalars(readers).all()))
        .order_by(Notification.account_id, Notification.id)
        .with_for_update(skip_locked=True)
    ).all()
    letters: dict[int, Letter] = {}
    carried: dict[int, list[int]] = {}
    for notice_id, account_id in waiting:
        letters.setdefault(account_id, _letter(account_id, at))
        carried.setdefault(account_id, []).append(notice_id)
    db.session.add_all(letters.values())
    db.session.flush()
    for account_id, notices in carried.items():
        db.session.execute(
            update(Notification)
            .where(Notification.id.in_(notices))
            .values(letter_id=letters[account_id].id),
            execution_options={"synchronize_session": False},
        )
    return list(letters.values())


def _letter(account_id: int, at: datetime) -> Letter:
    return Letter(
        account_id=account_id,
        message_id=mail.message_id(f"letter-{secrets.token_hex(16)}"),
        written_at=at,
        due_at=at + PUT_AGAIN_AFTER,
        tries=0,
    )
