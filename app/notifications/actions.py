"""What one can do with one's notices: read them, and say how often to get letters."""

from sqlalchemy import update

from app.accounts.models import Account
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.language import _
from app.foundation.permissions import authorise
from app.foundation.refusals import Invalid
from app.notifications.models import Notification
from app.notifications.permissions import CHOOSE_MAIL, READ_INBOX
from app.notifications.wishes import Wish, keep_wish


def mark_read(person: Account, *, subject: str | None = None, up_to: int, by: Actor) -> None:
    """Take notices as read: those of one subject, or all, up to the newest that was shown."""
    authorise(by, READ_INBOX, person)
    statement = update(Notification).where(
        Notification.account_id == person.id,
        Notification.read_at.is_(None),
        Notification.id <= up_to,
    )
    if subject is not None:
        statement = statement.where(Notification.subject == subject)
    db.session.execute(statement.values(read_at=clock.now()))


def choose_mail(person: Account, *, wish: str, by: Actor) -> None:
    """Say how often to get letters. With none, what already waits for a letter stays unsent.

    Raises Invalid for a word that is no choice.
    """
    authorise(by, CHOOSE_MAIL, person)
    if wish not in set(Wish):
        raise Invalid({"mail": _("Choose one of these.")})
    keep_wish(person.id, Wish(wish))
    if wish == Wish.NONE:
        db.session.execute(
            update(Notification)
            .where(Notification.account_id == person.id, Notification.letter_id.is_(None))
            .values(wants_mail=False)
        )
