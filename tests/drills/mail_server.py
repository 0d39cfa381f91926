"""A mail server in a process of its own, so that it can be killed: ``… PORT FOLDER``.

It keeps each message in the folder before it says yes, and takes its time in between: whoever
kills it there leaves the sender not knowing whether the message has been taken.
"""

import asyncio
import sys
import time
from pathlib import Path
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session

HESITATES = 0.02
"""Seconds between keeping a message and saying so."""


class Keeper:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        part = self.folder / f"{time.time_ns()}.part"
        part.write_bytes(cast("bytes", envelope.content))
        part.rename(part.with_suffix(".eml"))
        await asyncio.sleep(HESITATES)
        return "250 OK"


async def listen(port: int, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Keeper(folder)), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(listen(int(sys.argv[1]), Path(sys.argv[2])))
