"""What shows that a mailbox is somebody's: a link and a code. We keep only their hashes."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from app import config

LASTS = timedelta(minutes=15)
"""How long a link and its code work."""

TRIES = 5
"""How often a code may be typed wrongly before it is worth nothing."""

WELCOME_LASTS = timedelta(hours=1)
"""How long somebody new may take to say who they are."""

_LONGEST_WAY_BACK = 500


def new_token() -> str:
    """A secret that nobody guesses (256 bits), fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six digits, for typing; worth something only for a quarter of an hour and five tries."""
    return f"{secrets.randbelow(10**6):06}"


def hash_of(token: str) -> str:
    """How a token is kept: whoever reads the table cannot sign in with it."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_hash(public_id: str, code: str) -> str:
    """How a code is kept: keyed, as a million codes would soon be tried against a plain hash."""
    return keyed_hash(f"sign-in code|{public_id}|{code}")


def same(one: str, other: str) -> bool:
    """Whether two hashes are equal, in a time that tells nothing."""
    return hmac.compare_digest(one, other)


def keyed_hash(word: str) -> str:
    """A fingerprint that only this installation can make."""
    key = config.settings().secret_key.encode()
    return hmac.new(key, word.encode(), hashlib.sha256).hexdigest()


def local_path(address: str) -> str:
    """An address of this site to go back to, or "" for any that could lead elsewhere.

    Browsers read a backslash as a slash and skip line ends, so that neither may be in it.
    """
    if not address.startswith("/") or len(address) > _LONGEST_WAY_BACK:
        return ""
    if "\\" in address or any(ord(sign) <= 32 or ord(sign) == 127 for sign in address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc or address.startswith("//") else address
