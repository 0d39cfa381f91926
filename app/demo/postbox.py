"""The demonstration's mail: a real SMTP server that keeps every message in a folder."""

import email
import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.policy import default
from pathlib import Path
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

KEPT = 300
"""So many messages are kept; the oldest go first."""

_numbers = itertools.count()


class Keeper:
    """Keeps what it is handed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        name = f"{time.time_ns():020}-{next(_numbers)}"
        part = self.folder / f"{name}.part"
        part.write_bytes(cast("bytes", envelope.content))
        part.rename(self.folder / f"{name}.eml")
        for old in sorted(self.folder.glob("*.eml"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return "250 OK"


@contextmanager
def listening(folder: Path, port: int) -> Iterator[str]:
    """A mail server on this port while the block lasts; yields its address."""
    folder.mkdir(parents=True, exist_ok=True)
    server = Controller(Keeper(folder), hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop()


@dataclass(frozen=True)
class Kept:
    """One message, as the page shows it."""

    name: str
    to: str
    subject: str
    sent: str
    text: str


def newest(folder: Path, most: int = 30) -> list[Kept]:
    """The latest messages, newest first."""
    return [_read(path) for path in sorted(folder.glob("*.eml"), reverse=True)[:most]]


def _read(path: Path) -> Kept:
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    body = message.get_body(("plain",))
    return Kept(
        name=path.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent=str(message["Date"]),
        text=body.get_content() if body else "",
    )
