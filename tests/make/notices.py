"""Events that have happened, for tests of who is told of them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models import Account, Preference
from app.follows.models import Follow
from app.foundation import clock
from app.foundation.actors import SYSTEM, Actor
from app.foundation.db import db
from app.foundation.events import EVENTS, publish
from app.foundation.transactions import transaction
from app.notifications.models import Notification
from app.voting.models import Participation


def happened(name: str, *, by: Actor = SYSTEM, **ids: Any) -> None:
    """Publish this event, and let whoever listens hear it."""
    db.session.commit()
    with transaction():
        publish(EVENTS[name](**ids), by=by)


def notices_of(person: Account) -> list[Notification]:
    """What somebody was told, the oldest first."""
    return list(
        db.session.scalars(
            select(Notification)
            .where(Notification.account_id == person.id)
            .order_by(Notification.id)
            .execution_options(populate_existing=True)
        )
    )


def told(person: Account) -> list[str]:
    """The kinds of what somebody was told."""
    return [notice.kind for notice in notices_of(person)]


def wishes(person: Account, wish: str) -> None:
    db.session.add(Preference(account_id=person.id, settings={"mail": wish}))
    db.session.commit()


def follower(person: Account, subject: str, *, stopped: bool = False) -> None:
    at = clock.now()
    db.session.add(
        Follow(account_id=person.id, subject=subject, since=at, stopped_at=at if stopped else None)
    )
    db.session.commit()


def voter(person: Account, campaign_id: int, supports: int = 1) -> None:
    """That somebody took part in a vote; to what, nobody says."""
    db.session.add(Participation(campaign_id=campaign_id, account_id=person.id, n=supports))
    db.session.commit()


def later(**by: float) -> None:
    """Let so much time pass."""
    clock.set_offset(clock.offset() + timedelta(**by))


def notice(kind: str, subject: str, details: dict[str, Any]) -> Notification:
    """A notice that is not stored."""
    return Notification(
        id=1,
        kind=kind,
        subject=subject,
        because="concerned",
        details=details,
        told_at=clock.now(),
        read_at=None,
    )
