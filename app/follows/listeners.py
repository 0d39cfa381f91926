"""What follows do when another room speaks."""

from sqlalchemy import delete

from app.accounts.events import AccountErased
from app.follows.models import Follow
from app.foundation.db import db
from app.foundation.events import listen


@listen(AccountErased)
def forget_what_they_followed(event: AccountErased) -> None:
    db.session.execute(delete(Follow).where(Follow.account_id == event.account_id))
