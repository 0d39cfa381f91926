"""The page on which one reads what one was told."""

from sqlalchemy import ColumnElement, and_

from app.accounts.models import Account
from app.foundation.mail import Message


class Inbox:
    name = "inbox"

    def reaches(self) -> ColumnElement[bool]:
        """Imported accounts and those who left open no inbox."""
        return and_(Account.can_sign_in, Account.erased_at.is_(None))

    def send(self, message: Message) -> None:
        """Nothing to hand over: the inbox is the rows that the listener wrote."""


INBOX = Inbox()
