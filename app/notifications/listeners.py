"""What notifications do when any room speaks: write a row for each person who is told."""

from typing import Any

from sqlalchemy import JSON, Select, and_, delete, false, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.models import Account
from app.foundation import clock
from app.foundation.db import UTCDateTime, db, is_postgresql
from app.foundation.events import EVENTS, Event, EventRecord, being_told, listen
from app.notifications.audiences import Hearers
from app.notifications.catalogue import CATALOGUE, Moment
from app.notifications.channels.email import EMAIL
from app.notifications.channels.inbox import INBOX
from app.notifications.models import Letter, Notification
from app.notifications.wishes import Wish, wished


def tell_people(event: Event) -> None:
    """Put it into the inbox of everyone it concerns but whoever did it. Harmless twice."""
    moment = CATALOGUE[event.name]
    if isinstance(moment, Moment):
        record = being_told()
        for audience in moment.audiences:
            for hearers in audience(event):
                _tell(hearers, moment, record)


def _tell(hearers: Hearers, moment: Moment, record: EventRecord) -> None:
    """One statement, however many people: who has been told it already is passed over."""
    rows = _rows(hearers, moment, record)
    insert = postgresql.insert if is_postgresql() else sqlite.insert
    db.session.execute(
        insert(Notification)
        .from_select([*rows.selected_columns.keys()], rows)
        .on_conflict_do_nothing()
    )


def _rows(hearers: Hearers, moment: Moment, record: EventRecord) -> Select[Any]:
    by_mail = and_(EMAIL.reaches(), wished() != Wish.NONE.value)
    told = select(
        Account.id.label("account_id"),
        literal(f"event:{record.id}:{hearers.subject}").label("about"),
        literal(record.name).label("kind"),
        literal(hearers.subject).label("subject"),
        literal(hearers.because.value).label("because"),
        literal(record.details, JSON).label("details"),
        literal(clock.now(), UTCDateTime).label("told_at"),
        (by_mail if EMAIL in moment.channels else false()).label("wants_mail"),
    ).where(Account.id.in_(hearers.accounts), INBOX.reaches())
    if record.actor_id is not None:
        told = told.where(Account.id != record.actor_id)
    return told.order_by(Account.id)


def forget_whoever_left(event: Any) -> None:
    """A person who left keeps no inbox, and gets no letter that was on its way."""
    for table in (Notification, Letter):
        db.session.execute(delete(table).where(table.account_id == event.account_id))


for _name, _row in CATALOGUE.items():
    if isinstance(_row, Moment) and _name in EVENTS:
        listen(EVENTS[_name])(tell_people)
if "account.erased" in EVENTS:
    listen(EVENTS["account.erased"])(forget_whoever_left)
