"""Taking one thing to work on, so that two people do not decide it.

A claim ends by itself after half an hour. Taking it is one conditional statement, so that of two
who press at the same moment exactly one has it; whoever decides takes it too, and holds its row
until the decision is stored.
"""

from datetime import timedelta

from sqlalchemy import delete, or_
from sqlalchemy.dialects import postgresql, sqlite

from app.foundation import clock
from app.foundation.db import db, is_postgresql
from app.moderation.models import Claim

LASTS = timedelta(minutes=30)


def take(subject: str, *, campaign_id: int, account_id: int) -> bool:
    """Whether it is now this person's; false while somebody else's claim lasts."""
    at = clock.now()
    claim = {"account_id": account_id, "campaign_id": campaign_id, "until": at + LASTS}
    insert = postgresql.insert if is_postgresql() else sqlite.insert
    taken = db.session.scalar(
        insert(Claim)
        .values(subject=subject, **claim)
        .on_conflict_do_update(
            index_elements=[Claim.subject],
            set_=claim,
            where=or_(Claim.until <= at, Claim.account_id == account_id),
        )
        .returning(Claim.subject)
    )
    return taken is not None


def let_go(subject: str, *, account_id: int) -> None:
    """It is free again, if it was this person's."""
    db.session.execute(
        delete(Claim).where(Claim.subject == subject, Claim.account_id == account_id)
    )
