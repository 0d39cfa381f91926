"""Hand one message to the mail server."""

import smtplib
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime

from app import config
from app.foundation import clock

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


def send(message: Message) -> None:
    """Hand it over, or raise TryLater or Undeliverable. Never both deliver and raise.

    The standard library refuses line ends in headers, so nobody can add one through a name.
    """
    settings = config.settings()
    if not settings.mail_server:
        raise TryLater("no mail server is set")
    host, _, port = settings.mail_server.partition(":")
    try:
        with smtplib.SMTP(host, int(port), timeout=PATIENCE) as server:
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
    except (OSError, smtplib.SMTPException) as problem:
        raise TryLater(type(problem).__name__) from problem


def _composed(message: Message, settings: config.Settings) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = settings.mail_from
    mail["To"] = message.to
    mail["Subject"] = message.subject
    mail["Message-ID"] = message.message_id
    mail["Date"] = format_datetime(clock.now())
    mail["Content-Language"] = message.language
    mail["Auto-Submitted"] = "auto-generated"
    for name, value in message.headers.items():
        mail[name] = value
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    return mail
