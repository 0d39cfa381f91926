"""The one place that commits.

A web request, a background job and a command are each exactly one transaction. Actions and
queries neither commit nor roll back; whoever called them decides.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from app.foundation.db import db, writing

log = logging.getLogger(__name__)

_AFTER_COMMIT = "to do once the current transaction has committed"


@dataclass
class Work:
    abandoned: bool = False

    def abandon(self) -> None:
        """Keep none of it, although nothing was raised."""
        self.abandoned = True


@contextmanager
def transaction(*, writes: bool = True) -> Iterator[Work]:
    """Everything inside is kept together, or nothing of it.

    With ``writes=False`` nothing may be written: such a transaction never waits for another.
    """
    work = Work()
    token = writing.set(writes)
    try:
        yield work
        if work.abandoned:
            db.session.rollback()
        else:
            db.session.commit()
    except BaseException:
        db.session.rollback()
        work.abandon()
        raise
    finally:
        writing.reset(token)
        callbacks = db.session.info.pop(_AFTER_COMMIT, [])
        db.session.info.clear()  # what was read once per transaction must be read anew
        if not work.abandoned:
            _call(callbacks)


def _call(callbacks: list[Callable[[], None]]) -> None:
    """What follows a commit must not turn a saved change into a failure."""
    for callback in callbacks:
        try:
            callback()
        except Exception:
            log.exception("what should follow a commit failed; the sweep will try again")


def after_commit(callback: Callable[[], None]) -> None:
    """Call this once what we are doing is safely stored, and never if it is not."""
    db.session.info.setdefault(_AFTER_COMMIT, []).append(callback)


@event.listens_for(Session, "before_flush")
def _reading_never_writes(session: Session, flush: UOWTransaction, instances: object) -> None:
    if not writing.get() and (session.new or session.dirty or session.deleted):
        raise RuntimeError("a transaction that only reads tried to write")
