"""What this room does when somebody leaves."""

from sqlalchemy import delete, update

from app.accounts.events import AccountErased
from app.foundation.db import db
from app.foundation.events import listen
from app.moderation.models import Appeal, Claim, Report


@listen(AccountErased)
def forget_who_reported_and_appealed(event: AccountErased) -> None:
    """Reports stay without a reporter. An appeal that nobody has decided goes; of a decided one
    the outcome and its reasons stay, which are the moderators' words."""
    person = event.account_id
    db.session.execute(update(Report).where(Report.reporter_id == person).values(reporter_id=None))
    db.session.execute(delete(Claim).where(Claim.account_id == person))
    theirs = Appeal.appealed_by_id == person
    db.session.execute(delete(Appeal).where(theirs, Appeal.outcome.is_(None)))
    db.session.execute(update(Appeal).where(theirs).values(text=""))
