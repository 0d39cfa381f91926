"""What is held about whom: what they were told, and the mails that carried it."""

from sqlalchemy import select

from app.accounts.holdings import Holdings, rows
from app.accounts.models import Account
from app.notifications.models import Letter, Notification


def held_about(person: Account) -> Holdings:
    return {
        "notices": rows(
            select(
                Notification.kind, Notification.details, Notification.told_at, Notification.read_at
            )
            .where(Notification.account_id == person.id)
            .order_by(Notification.id)
        ),
        "mails": rows(
            select(Letter.message_id, Letter.written_at, Letter.sent_at)
            .where(Letter.account_id == person.id)
            .order_by(Letter.id)
        ),
    }
