"""The one secret of each register: made once, kept in a file, never in the database (TRUST.md)."""

import contextlib
import os
import re
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app import config

LENGTH = 32
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class KeyMissing(Exception):
    """The file of a register's key is not there, or is not the one that the register began with.

    Nothing may be voted, sealed or closed then, and no new key may be made: two keys would
    give one person two votes for one proposal.
    """


@dataclass(frozen=True)
class RegisterKey:
    """The secret of one campaign's register; every use has a key of its own derived from it."""

    slug: str
    secret: bytes

    def __repr__(self) -> str:
        return f"<the key of {self.slug}>"

    def derived(self, use: str) -> bytes:
        """HKDF-SHA256 (RFC 5869) without salt; the use and the campaign are the context."""
        context = f"talka register 1|{use}|{self.slug}".encode()
        return HKDF(algorithm=SHA256(), length=LENGTH, salt=None, info=context).derive(self.secret)

    @cached_property
    def tag(self) -> bytes:
        return self.derived("tag")

    @cached_property
    def box(self) -> bytes:
        return self.derived("box")

    @cached_property
    def check(self) -> str:
        """Stands in the register, so that a process with another key notices."""
        return self.derived("check").hex()


def make_key(slug: str) -> RegisterKey:
    """The key of this campaign, made now unless there is one. Safe on many machines at once.

    The file appears whole or not at all: it is written and flushed under another name, then
    linked. Who loses the race reads the winner's.
    """
    path = _path(slug)
    if not path.exists():
        draft = path.with_name(f".{slug}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(LENGTH))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink()
        _flush_folder(path.parent)
    return read_key(slug)


def read_key(slug: str) -> RegisterKey:
    """The key of this campaign. Raises KeyMissing."""
    try:
        secret = _path(slug).read_bytes()
    except OSError as problem:
        raise KeyMissing(
            f"the key of the register {slug!r} cannot be read: {problem.strerror}"
        ) from problem
    if len(secret) != LENGTH:
        raise KeyMissing(f"the file of the key of the register {slug!r} is damaged")
    return RegisterKey(slug, secret)


def key_with_check(slug: str, check: str) -> RegisterKey:
    """The key that this register began with. Raises KeyMissing for any other, and for none."""
    key = read_key(slug)
    if not secrets.compare_digest(key.check, check):
        raise KeyMissing(f"the key of the register {slug!r} is not the one it began with")
    return key


def _path(slug: str) -> Path:
    if not _SLUG.fullmatch(slug):
        raise ValueError(f"{slug!r} cannot name a register")
    return config.settings().key_store / f"{slug}.key"


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
