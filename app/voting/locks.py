"""One lock per campaign: votes share it, the close has it alone (TRUST.md, "the order of locks").

On SQLite every transaction that may write is alone already (``BEGIN IMMEDIATE``).
"""

from sqlalchemy import text

from app.foundation.db import db, is_postgresql

VOTING = 7401
"""The first half of the advisory locks' number; the second is the campaign's."""


def share(campaign_id: int) -> None:
    """Until the end of this transaction nobody has the campaign alone. Waits for whoever has."""
    if is_postgresql():
        db.session.execute(
            text("SELECT pg_advisory_xact_lock_shared(:voting, :campaign)"),
            {"voting": VOTING, "campaign": campaign_id},
        )


def have_alone(campaign_id: int) -> None:
    """Wait until no vote is in flight; until the end of this transaction none begins."""
    if is_postgresql():
        db.session.execute(
            text("SELECT pg_advisory_xact_lock(:voting, :campaign)"),
            {"voting": VOTING, "campaign": campaign_id},
        )
