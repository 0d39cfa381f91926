"""What every way of proving who one is has in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol


class Assurance(IntEnum):
    """How much a proof proves. The upper two are those of eIDAS, Regulation 910/2014, article 8."""

    MAILBOX = 1
    """They can read this mailbox; nothing else is known."""
    SUBSTANTIAL = 2
    HIGH = 3


@dataclass(frozen=True)
class ProvenIdentity:
    """What a provider vouched for, just now."""

    provider: str
    identifiers: frozenset[str]
    """All names under which the provider knows the person, each with its kind:
    ``mailbox:ilze@people.example``. They are kept as keyed hashes only."""
    assurance: Assurance
    return_to: str
    email: str | None = None
    """An address that mail can be sent to, if the provider confirmed one."""
    language: str | None = None


class IdentityProvider(Protocol):
    key: str
    assurance: Assurance

    def begin(self, return_to: str) -> str:
        """The address to send the browser to, which will lead back to ``return_to``."""
        ...

    def complete(self, reply: Mapping[str, str]) -> ProvenIdentity | None:
        """What the reply proves; None if it proves nothing (what was counted is still kept).

        Raises Conflict if the reply was good once and no longer is. A reply proves once.
        """
        ...
