"""A real SMTP server that keeps what it is handed."""

import email
import socket
from email.message import EmailMessage
from email.policy import default
from typing import Self, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Postbox:
    """Listens while the ``with`` block lasts; a full or broken one answers as it is told."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.answer = "250 OK"
        """What it says to a message. Anything but 250 leaves the message with the sender."""
        self._server = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._server.port}"

    def to(self, reader: str) -> list[EmailMessage]:
        """The messages for one reader, oldest first."""
        return [message for message in self.messages if reader in message["To"]]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            content = cast("bytes", envelope.content)
            message = email.message_from_bytes(content, policy=default)
            self.messages.append(message)
        return self.answer

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *reason: object) -> None:
        self._server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
