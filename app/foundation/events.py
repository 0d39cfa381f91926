"""What happened: recorded with the change that caused it, told to listeners afterwards.

An action calls ``publish``. The event is stored in the same transaction as the change, so
there is never a change without a record nor a record without a change: the table is audit
trail and outbox in one. Each listener has a row of its own there, and a background job that
runs it and crosses the row out in one transaction. A sweep puts again what a missing Redis or
a killed worker left behind, so a listener may be *called* twice, but what it wrote is kept once.
"""

from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar, TypeVar

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import clock, queue
from app.foundation.actors import SYSTEM, Actor
from app.foundation.db import Base, db
from app.foundation.transactions import after_commit

SWEEP_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Event:
    """One thing that happened. Named in the past tense; carries ids, never people's words.

    ``about`` names the field that holds the subject's id: ``about="proposal_id"`` lets the
    trail of one proposal be read by itself. A ``campaign_id`` field files it under its campaign.
    """

    name: ClassVar[str]
    about: ClassVar[str]

    def __init_subclass__(cls, *, name: str, about: str) -> None:
        cls.name, cls.about = name, about
        EVENTS[name] = cls

    @property
    def subject(self) -> str:
        return subject(self.about.removesuffix("_id"), getattr(self, self.about))


def subject(kind: str, number: int) -> str:
    """How the trail names one thing, as in ``proposal:17``."""
    return f"{kind}:{number}"


EVENTS: dict[str, type[Event]] = {}
"""Every kind of event of the house by its name."""


class EventRecord(Base):
    """An event as it is kept: for ever, and without a word that a person wrote."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    campaign_id: Mapped[int | None] = mapped_column(index=True)
    details: Mapped[dict[str, Any]]
    actor_id: Mapped[int | None]
    """None: a visitor or the system; ``by_system`` tells which."""
    by_system: Mapped[bool]
    at: Mapped[datetime]

    def as_event(self) -> Event:
        return EVENTS[self.name](**self.details)


class EventDelivery(Base):
    """That one listener is owed one event, until it has had it."""

    __tablename__ = "event_delivery"
    __table_args__ = (Index("ix_event_delivery_owed", "done_at", "put_at"),)

    event_id: Mapped[int] = mapped_column(ForeignKey(EventRecord.id), primary_key=True)
    listener: Mapped[str] = mapped_column(primary_key=True)
    put_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


_listeners: dict[str, dict[str, Callable[[Any], None]]] = defaultdict(dict)

_being_told: ContextVar[EventRecord] = ContextVar("being_told")


def being_told() -> EventRecord:
    """The row of the event that a listener is hearing now: who did it, when, and its number."""
    return _being_told.get()


def publish(event: Event, *, by: Actor) -> None:
    """Record that this happened, and tell whoever listens once it is safely stored."""
    details = asdict(event)
    record = EventRecord(
        name=event.name,
        subject=event.subject,
        campaign_id=details.get("campaign_id"),
        details=details,
        actor_id=by.actor_id,
        by_system=by is SYSTEM,
        at=clock.now(),
    )
    db.session.add(record)
    if listeners := _listeners.get(event.name):
        db.session.flush()
        for listener in listeners:
            db.session.add(EventDelivery(event_id=record.id, listener=listener, put_at=clock.now()))
            after_commit(partial(_put, record.id, listener))


E = TypeVar("E", bound=Event)


def listen(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Have this function called, in a job of its own, for every event of this kind."""

    def register(listener: Callable[[E], None]) -> Callable[[E], None]:
        _listeners[event_type.name][f"{listener.__module__}.{listener.__qualname__}"] = listener
        return listener

    return register


def listeners_of(event_type: type[Event]) -> list[str]:
    """Who listens to this kind of event."""
    return sorted(_listeners.get(event_type.name, {}))


def _put(event_id: int, listener: str) -> None:
    queue.put("app.foundation.events.tell", event_id=event_id, listener=listener)


@queue.job
def tell(*, event_id: int, listener: str) -> None:
    """Give one listener one event, once: a second call waits for the first and finds it done."""
    delivery = db.session.get(EventDelivery, (event_id, listener), with_for_update=True)
    if delivery is None or delivery.done_at is not None:
        return
    record = db.session.get_one(EventRecord, event_id)
    if call := _listeners[record.name].get(listener):
        token = _being_told.set(record)
        try:
            call(record.as_event())
        finally:
            _being_told.reset(token)
    delivery.done_at = clock.now()


@queue.job
def sweep() -> None:
    """Put again what should long have been delivered. Runs every minute; harmless twice."""
    at = clock.now()
    owed = db.session.scalars(
        select(EventDelivery)
        .where(EventDelivery.done_at.is_(None), EventDelivery.put_at <= at - SWEEP_AFTER)
        .order_by(EventDelivery.event_id)
        .limit(1000)
        .with_for_update(skip_locked=True)
    ).all()
    for delivery in owed:
        delivery.put_at = at
        after_commit(partial(_put, delivery.event_id, delivery.listener))


def count_owed() -> int:
    """How many deliveries wait; the operators' page shows it."""
    return (
        db.session.scalar(
            select(func.count()).select_from(EventDelivery).where(EventDelivery.done_at.is_(None))
        )
        or 0
    )
