"""Letters: what one person is told, composed in their language as it is sent."""

from sqlalchemy import ColumnElement, and_, select

from app.accounts.models import Account
from app.foundation import mail
from app.foundation.db import db
from app.foundation.language import speaking
from app.notifications.links import Link, address
from app.notifications.models import Letter, Notification
from app.notifications.tokens import unsubscribing_token
from app.notifications.wording import title_line, worded

LONGEST_TITLE = 120


class Email:
    name = "email"

    def reaches(self) -> ColumnElement[bool]:
        """Imported accounts have no address, and whoever left has none any more."""
        return and_(
            Account.can_sign_in,
            Account.erased_at.is_(None),
            Account.email.is_not(None),
            Account.email_confirmed_at.is_not(None),
        )

    def send(self, message: mail.Message) -> None:
        mail.send(message)


EMAIL = Email()


def composed(letter: Letter) -> mail.Message:
    """The letter as a message, with its one-press way out (RFC 8058)."""
    reader = letter.account
    notices = db.session.scalars(
        select(Notification).where(Notification.letter_id == letter.id).order_by(Notification.id)
    ).all()

    def link(to: Link) -> str:
        return address(to, reader.language)

    stop = link(Link("unsubscribing.unsubscribe", {"token": unsubscribing_token(reader.id)}))
    with speaking(reader.language):
        groups = worded(notices)
        title = _shortened(title_line(groups))
    return mail.write(
        "letter",
        to=reader.email or "",
        language=reader.language,
        message_id=letter.message_id,
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        title=title,
        name=reader.display_name,
        groups=groups,
        link=link,
        preferences=link(Link("inbox.preferences")),
        stop=stop,
    )


def _shortened(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"
