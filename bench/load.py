"""Asking one server the same kind of thing, again and again, and noting how long each answer took.

Plain sockets that are kept open: the asking must cost little beside the answering, since both
share this machine.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

HEAD_ENDS = b"\r\n\r\n"
PATIENCE = 30.0


@dataclass
class Measured:
    """What came of one load."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    """Seconds, one per answer."""
    statuses: dict[int, int] = field(default_factory=dict)
    largest: int = 0
    """Bytes of the largest answer, head included."""

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the answers came."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(
    port: int, requests: Callable[[int], Iterator[bytes]], *, askers: int, seconds: float
) -> Measured:
    """Let so many askers each send their own stream of requests for so many seconds.

    ``requests(number)`` gives one asker's endless (or exhausted) stream of whole requests.
    """
    result = Measured()
    lock = threading.Lock()
    began = time.perf_counter()
    until = began + seconds
    threads = [
        threading.Thread(target=_ask, args=(port, requests(number), until, result, lock))
        for number in range(askers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.seconds = time.perf_counter() - began
    return result


def _ask(
    port: int, stream: Iterator[bytes], until: float, result: Measured, lock: threading.Lock
) -> None:
    latencies: list[float] = []
    statuses: dict[int, int] = {}
    largest = 0
    connection = _connect(port)
    for request in stream:
        began = time.perf_counter()
        if began >= until:
            break
        try:
            connection.sendall(request)
            status, size, closes = _answer(connection)
        except (ConnectionError, TimeoutError):
            status, size, closes = 0, 0, True
        latencies.append(time.perf_counter() - began)
        statuses[status] = statuses.get(status, 0) + 1
        largest = max(largest, size)
        if closes:
            connection.close()
            connection = _connect(port)
    connection.close()
    with lock:
        result.latencies += latencies
        result.largest = max(result.largest, largest)
        for status, count in statuses.items():
            result.statuses[status] = result.statuses.get(status, 0) + count


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _answer(connection: socket.socket) -> tuple[int, int, bool]:
    """One whole answer: its status, its size, and whether the server closes after it."""
    received = b""
    while HEAD_ENDS not in received:
        more = connection.recv(65536)
        if not more:
            raise ConnectionError
        received += more
    head, _, body = received.partition(HEAD_ENDS)
    lines = head.lower().split(b"\r\n")
    length = next((int(line[16:]) for line in lines if line.startswith(b"content-length: ")), 0)
    size = len(head) + 4 + length
    missing = length - len(body)
    while missing > 0:
        more = connection.recv(min(missing, 1 << 20))
        if not more:
            raise ConnectionError
        missing -= len(more)
    return int(head.split(b" ", 2)[1]), size, b"connection: close" in lines


def get(path: str, *, cookie: str = "", encoding: str = "") -> bytes:
    """A whole GET request."""
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n"
    head += f"Cookie: {cookie}\r\n" if cookie else ""
    head += f"Accept-Encoding: {encoding}\r\n" if encoding else ""
    return (head + "\r\n").encode()


def post(path: str, body: str, *, cookie: str = "") -> bytes:
    """A whole POST of a form."""
    sent = body.encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
        f"Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(sent)}\r\n\r\n"
    )
    return head.encode() + sent
