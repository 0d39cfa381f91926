"""Word one message in its reader's language, and hand it to the mail server."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app import config
from app.foundation import clock
from app.foundation.language import speaking
from app.foundation.text import clean_line

_APP = Path(__file__).parent.parent
TEMPLATES = [_APP / "web/templates", _APP / "notifications/templates"]
"""Where the templates of mails lie; in pairs, ``word.txt`` and ``word.html``."""

PATIENCE = 20
"""Seconds that a mail server may take to answer."""


@dataclass(frozen=True)
class Message:
    """One mail, already worded in its reader's language."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    """The same for every try, so that a repeat is recognised as one (RFC 5322, 3.6.4)."""
    language: str
    headers: dict[str, str] = field(default_factory=dict)


class TryLater(Exception):
    """The mail server is unwell. The queue will try again."""


class Undeliverable(Exception):
    """This address cannot be reached. Trying again will not help."""


def write(
    template: str,
    *,
    to: str,
    language: str,
    message_id: str,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> Message:
    """A message from a pair of templates: the first line of ``template.txt`` is the subject.

    The templates know ``language``, ``site_name`` and ``site_address`` besides the values. A
    subject is one line, whatever the values hold.
    """
    settings = config.settings()
    page = {
        "language": language,
        "site_name": settings.site_name,
        "site_address": settings.site_address,
        **values,
    }
    with speaking(language):
        words = _templates().get_template(f"{template}.txt").render(page).lstrip()
        html = _templates().get_template(f"{template}.html").render(page)
    subject, _, text = words.partition("\n")
    return Message(
        to=to,
        subject=clean_line(subject),
        text=text.strip() + "\n",
        html=html,
        message_id=message_id,
        language=language,
        headers=headers or {},
    )


def message_id(name: str) -> str:
    """A Message-ID of this installation, as in ``<letter.17@talka.example>``."""
    return f"<{name}@{config.settings().host.partition(':')[0]}>"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return environment


def send(message: Message) -> None:
    """Hand it over, or raise TryLater or Undeliverable. Never both deliver and raise.

    The standard library refuses line ends in headers, so nobody can add one through a name.
    """
    settings = config.settings()
    if not settings.mail_server:
        raise TryLater("no mail server is set")
    host, _, port = settings.mail_server.partition(":")
    try:
        with _connected(host, int(port)) as server:
            if settings.mail_tls:
                server.starttls()
            if settings.mail_user:
                server.login(settings.mail_user, settings.mail_password)
            server.send_message(_composed(message, settings))
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        if all(500 <= code < 600 for code in codes):
            raise Undeliverable(str(codes)) from refused
        raise TryLater(str(codes)) from refused
    except smtplib.SMTPDataError as refused:
        if 500 <= refused.smtp_code < 600:
            raise Undeliverable(str(refused.smtp_code)) from refused
        raise TryLater(str(refused.smtp_code)) from refused
    except (OSError, smtplib.SMTPException) as problem:
        raise TryLater(type(problem).__name__) from problem


@contextmanager
def _connected(host: str, port: int) -> Iterator[smtplib.SMTP]:
    """A conversation. Whatever goes wrong with the goodbye, what was handed over is delivered."""
    server = smtplib.SMTP(host, port, timeout=PATIENCE)
    try:
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _composed(message: Message, settings: config.Settings) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = settings.mail_from
    mail["To"] = message.to
    mail["Subject"] = message.subject
    mail["Message-ID"] = message.message_id
    mail["Date"] = format_datetime(clock.now())
    mail["Auto-Submitted"] = "auto-generated"
    for name, value in message.headers.items():
        mail[name] = value
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    mail["Content-Language"] = message.language  # last: setting the content takes it away
    return mail
