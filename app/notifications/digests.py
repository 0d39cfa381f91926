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

IN_ONE_GO = 500
"""Due notices that one transaction looks at; it writes at most so many letters."""

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
    """Write some of the letters that are due, none if none is; each carries all that waits.

    In the order of an index and without DISTINCT, so that the database may stop at the limit
    rather than look at everything that waits. Of two that do this at the same time each takes
    other notices, so that none is told twice.
    """
    at = clock.now()
    due = (
        select(Notification.account_id)
        .join(Account, Account.id == Notification.account_id)
        .where(_WAITS, is_due(at), EMAIL.reaches())
        .order_by(Notification.account_id)
        .limit(IN_ONE_GO)
    )
    readers = set(db.session.scalars(due))
    waiting = db.session.execute(
        select(Notification.id, Notification.account_id)
        .where(_WAITS, Notification.account_id.in_(readers))
        .order_by(Notification.account_id, Notification.id)
        .with_for_update(skip_locked=True)
    ).all()
    letters = [_letter(account_id, at) for account_id in dict.fromkeys(row[1] for row in waiting)]
    db.session.add_all(letters)
    db.session.flush()
    _carry([row[0] for row in waiting], letters)
    return letters


def _carry(notices: list[int], letters: list[Letter]) -> None:
    """Put each of these notices into the one among these letters that goes to its reader."""
    to_its_reader = (
        select(Letter.id)
        .where(
            Letter.account_id == Notification.account_id,
            Letter.id.in_([letter.id for letter in letters]),
        )
        .scalar_subquery()
    )
    db.session.execute(
        update(Notification).where(Notification.id.in_(notices)).values(letter_id=to_its_reader),
        execution_options={"synchronize_session": False},
    )


def _letter(account_id: int, at: datetime) -> Letter:
    return Letter(
        account_id=account_id,
        message_id=mail.message_id(f"letter-{secrets.token_hex(16)}"),
        written_at=at,
        due_at=at + PUT_AGAIN_AFTER,
        tries=0,
    )
