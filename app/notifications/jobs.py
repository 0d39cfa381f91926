"""Writing letters, sending them, and putting again what was lost on the way.

Nothing here is lost or told twice when something is killed: the rows say what is still to do,
and Redis only carries the word that there is something. A letter is sent outside of any
transaction, so that a slow mail server holds up nobody's vote.
"""

import logging
from datetime import timedelta
from functools import partial

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from app.foundation import clock, queue
from app.foundation.db import db
from app.foundation.mail import Message, TryLater, Undeliverable
from app.foundation.transactions import after_commit, transaction
from app.notifications.channels.email import EMAIL, composed
from app.notifications.digests import PUT_AGAIN_AFTER, write_due_letters
from app.notifications.models import Letter
from app.notifications.wishes import Wish, wish_of

log = logging.getLogger(__name__)

SENDING_TAKES = timedelta(minutes=3)
"""At most; whoever has taken a letter for longer was killed."""

TRY_AGAIN_AFTER = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440)]
"""After each try that the mail server put off. Then the letter is given up."""

SWEPT_IN_ONE_GO = 500


@queue.job
def write_letters() -> None:
    """Write what is due and put it into the mail lane; go on until nothing is."""
    letters = write_due_letters()
    for letter in letters:
        after_commit(partial(_put, letter.id))
    if letters:
        after_commit(partial(queue.put, "app.notifications.jobs.write_letters"))


def _put(letter_id: int) -> None:
    queue.put("app.notifications.jobs.send_letter", lane="mail", letter_id=letter_id)


def send_letter(*, letter_id: int) -> None:
    """Send one letter, unless it has been sent or somebody else is sending it.

    Killed between the mail server's yes and our noting it, the letter is sent once more, with
    the same Message-ID: that is the only repeat there can be.
    """
    with transaction():
        if not _take(letter_id):
            return
    with transaction(writes=False):
        message = _message(letter_id)
    outcome = _hand_over(message) if message else _given_up("unwanted")
    with transaction():
        _note(letter_id, outcome)


Outcome = dict[str, object]
"""What changes in the letter's row."""


def _take(letter_id: int) -> bool:
    """Whether it is ours to send: of several who try at the same time it is one's."""
    at = clock.now()
    taken = db.session.scalar(
        update(Letter)
        .where(
            Letter.id == letter_id,
            Letter.taken_at.is_(None),
            Letter.sent_at.is_(None),
            Letter.given_up_at.is_(None),
        )
        .values(taken_at=at, due_at=at + SENDING_TAKES, tries=Letter.tries + 1)
        .returning(Letter.id),
        execution_options={"synchronize_session": False},
    )
    return taken is not None


def _message(letter_id: int) -> Message | None:
    """The letter, composed; None if its reader has left, or wants no letters any more."""
    letter = db.session.scalar(
        select(Letter).where(Letter.id == letter_id).options(joinedload(Letter.account))
    )
    if letter is None or not letter.account.is_active or not letter.account.email:
        return None
    return composed(letter) if wish_of(letter.account_id) is not Wish.NONE else None


def _hand_over(message: Message) -> Outcome:
    try:
        EMAIL.send(message)
    except TryLater as problem:
        log.warning("the mail server put a letter off: %s", problem)
        return {"taken_at": None}
    except Undeliverable:
        return _given_up("undeliverable")
    return {"sent_at": clock.now()}


def _given_up(because: str) -> Outcome:
    return {"given_up_at": clock.now(), "given_up_because": because}


def _note(letter_id: int, outcome: Outcome) -> None:
    """Keep what became of it; one that was put off says when it is due again."""
    if letter := db.session.get(Letter, letter_id, with_for_update=True):
        for column, value in outcome.items():
            setattr(letter, column, value)
        if letter.taken_at is None:
            _wait_or_give_up(letter)


def _wait_or_give_up(letter: Letter) -> None:
    if letter.tries > len(TRY_AGAIN_AFTER):
        letter.given_up_at, letter.given_up_because = clock.now(), "tries"
    else:
        letter.due_at = clock.now() + TRY_AGAIN_AFTER[letter.tries - 1]


@queue.job
def sweep_letters() -> None:
    """Put again what is due: put off by the mail server, or lost with a worker or with Redis."""
    at = clock.now()
    due = db.session.scalars(
        select(Letter)
        .where(Letter.sent_at.is_(None), Letter.given_up_at.is_(None), Letter.due_at <= at)
        .order_by(Letter.due_at)
        .limit(SWEPT_IN_ONE_GO)
        .with_for_update(skip_locked=True)
    ).all()
    for letter in due:
        letter.taken_at = None
        if letter.tries > len(TRY_AGAIN_AFTER):
            letter.given_up_at, letter.given_up_because = at, "tries"
            continue
        letter.due_at = at + PUT_AGAIN_AFTER
        after_commit(partial(_put, letter.id))
