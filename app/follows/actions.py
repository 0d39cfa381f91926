"""Choosing to hear of something, and choosing not to any more. No event tells who follows what."""

import re

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from app.follows.models import Follow
from app.follows.permissions import FOLLOW
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db, is_postgresql
from app.foundation.permissions import authorise
from app.foundation.refusals import NotFound

SUBJECT = re.compile(r"(campaign|proposal|commitment):[1-9][0-9]{0,17}")


def follow(subject: str, *, unless_stopped: bool = False, by: Actor) -> None:
    """Hear of each step of this from now on. Twice is once.

    ``unless_stopped`` is for those who write or comment: they follow theirs without asking, but
    whoever once chose to stop is left alone (DOMAIN.md, "Follow"). Raises NotFound for what
    cannot be followed.
    """
    authorise(by, FOLLOW, subject)
    if not SUBJECT.fullmatch(subject):
        raise NotFound
    insert = postgresql.insert if is_postgresql() else sqlite.insert
    fresh = insert(Follow).values(account_id=by.actor_id, subject=subject, since=clock.now())
    if unless_stopped:
        statement = fresh.on_conflict_do_nothing()
    else:
        statement = fresh.on_conflict_do_update(
            index_elements=["account_id", "subject"],
            set_={"since": clock.now(), "stopped_at": None},
            where=Follow.stopped_at.is_not(None),
        )
    db.session.execute(statement)


def stop_following(subject: str, *, by: Actor) -> None:
    """Hear of it no more. Twice is once."""
    authorise(by, FOLLOW, subject)
    db.session.execute(
        update(Follow)
        .where(
            Follow.account_id == by.actor_id,
            Follow.subject == subject,
            Follow.stopped_at.is_(None),
        )
        .values(stopped_at=clock.now())
    )
