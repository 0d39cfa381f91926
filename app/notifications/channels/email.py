"""Letters: what one person is told, composed in their language as it is sent."""

from pathlib import Path

from flask_babel import gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import ColumnElement, and_, select

from app import config
from app.accounts.models import Account
from app.foundation import mail
from app.foundation.db import db
from app.foundation.language import speaking
from app.foundation.text import clean_line
from app.notifications.links import Link, address
from app.notifications.models import Letter, Notification
from app.notifications.tokens import unsubscribing_token
from app.notifications.wording import Grouped, title_line, worded

LONGEST_SUBJECT = 120

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    autoescape=lambda name: name is not None and name.endswith(".html"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)
_templates.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]


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
    stop = Link("unsubscribing.unsubscribe", {"token": unsubscribing_token(reader.id)})
    with speaking(reader.language):
        groups = worded(notices)
        return mail.Message(
            to=reader.email or "",
            subject=_shortened(title_line(groups)),
            text=_drawn("letter.txt", reader, groups, stop),
            html=_drawn("letter.html", reader, groups, stop),
            message_id=letter.message_id,
            language=reader.language,
            headers={
                "List-Unsubscribe": f"<{address(stop, reader.language)}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )


def _drawn(template: str, reader: Account, groups: list[Grouped], stop: Link) -> str:
    def link(to: Link) -> str:
        return address(to, reader.language)

    return _templates.get_template(template).render(
        language=reader.language,
        site_name=config.settings().site_name,
        home=link(Link("home.home")),
        title=title_line(groups),
        name=reader.display_name,
        groups=groups,
        link=link,
        preferences=link(Link("inbox.preferences")),
        stop=link(stop),
    )


def _shortened(subject: str) -> str:
    line = clean_line(subject)
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"
