"""What a ballot holds, and how it is closed so that only the register's key opens it (TRUST.md)."""

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_LENGTH = 12
CODE_LENGTH = 12
LONGEST_REFERENCE = 32
"""References are padded to this inside the box, so that its size does not tell them apart."""


class BoxBroken(Exception):
    """A box does not open with this key and tag: it was changed, or lies in another's place."""


def canonical(content: dict[str, Any]) -> bytes:
    """JSON in the one form that is hashed: keys sorted, no spaces, UTF-8.

    For strings, whole numbers and lists of them this is what RFC 8785 gives.
    """
    words = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return words.encode()


@dataclass(frozen=True)
class Choice:
    """One person's support of one proposal, as it lies in the box."""

    account: int
    proposal: str
    """The public reference."""
    salt: str
    """32 random bytes, in hex. Stands here and in the voter's receipt only."""
    to: str
    """The address or handle the voter signs in with: one slip cannot be shown to two people."""

    @cached_property
    def nonce(self) -> str:
        return hashlib.sha256(canonical({"salt": self.salt, "to": self.to})).hexdigest()

    def commitment(self, campaign: str) -> str:
        """What will stand in the public register; says nothing without the salt."""
        content = {"campaign": campaign, "nonce": self.nonce, "proposal": self.proposal, "v": 1}
        return hashlib.sha256(canonical(content)).hexdigest()


@dataclass(frozen=True)
class Receipt:
    """What a voter is given: enough to find their own slip, and to prove that it is theirs."""

    campaign: str
    choice: Choice
    is_new: bool
    """False when they supported this already: nothing was changed."""

    @property
    def commitment(self) -> str:
        return self.choice.commitment(self.campaign)

    @property
    def code(self) -> str:
        return self.commitment[:CODE_LENGTH]

    def as_file(self) -> bytes:
        """The receipt as a file for the voter alone."""
        return canonical(
            {
                "campaign": self.campaign,
                "commitment": self.commitment,
                "nonce": self.choice.nonce,
                "proposal": self.choice.proposal,
                "salt": self.choice.salt,
                "to": self.choice.to,
                "v": 1,
            }
        )


def new_choice(account: int, proposal: str, *, to: str) -> Choice:
    return Choice(account, proposal, secrets.token_hex(32), to)


def tag_of(key: bytes, account: int, proposal: str) -> bytes:
    """The name of a ballot: the same person and proposal always give the same, and only here."""
    content = canonical({"account": str(account), "proposal": proposal})
    return hmac.digest(key, content, "sha256")


def seal(key: bytes, tag: bytes, choice: Choice) -> bytes:
    """Close a choice into a box that opens only under this key and this tag."""
    nonce = os.urandom(NONCE_LENGTH)
    content = {
        "account": str(choice.account),
        "pad": "0" * (LONGEST_REFERENCE - len(choice.proposal)),
        "proposal": choice.proposal,
        "salt": choice.salt,
        "to": choice.to,
    }
    return nonce + AESGCM(key).encrypt(nonce, canonical(content), tag)


def unseal(key: bytes, tag: bytes, box: bytes) -> Choice:
    """What lies in a box. Raises BoxBroken."""
    try:
        words = AESGCM(key).decrypt(box[:NONCE_LENGTH], box[NONCE_LENGTH:], tag)
    except (InvalidTag, ValueError) as problem:
        raise BoxBroken("a ballot does not open with the key of its register") from problem
    content = json.loads(words)
    return Choice(int(content["account"]), content["proposal"], content["salt"], content["to"])
