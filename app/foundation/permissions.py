"""Who may do what, and the sentence we show to those who may not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from app.foundation.actors import SYSTEM, Actor
from app.foundation.language import Sentence, _
from app.foundation.refusals import NotAllowed


@dataclass(frozen=True)
class Role:
    """A relation between an actor and a subject, readable from both ends."""

    name: str
    held_by: Callable[[Actor, Any], bool]
    """May this actor? Called with the subject of the permission."""
    holders: Callable[[Any], Select[Any]]
    """Who may? A SELECT of account ids, so that a mail's audience asks the same rule."""


@dataclass(frozen=True)
class Condition:
    """Something that must be true of the subject, whoever asks."""

    holds: Callable[[Any], bool]
    otherwise: Sentence


@dataclass(frozen=True)
class Permission:
    """One thing that can be allowed. Listed in the matrix that ``flask permissions`` prints."""

    name: str
    granted_to: Sequence[Role]
    provided: Sequence[Condition] = ()
    otherwise: Sentence = _("You do not have permission to do this.")

    def __post_init__(self) -> None:
        if self.name in PERMISSIONS:
            raise ValueError(f"two permissions are called {self.name}")
        PERMISSIONS[self.name] = self

    def refusal(self, actor: Actor, subject: Any) -> Sentence | None:
        """The reason this actor may not, or None if they may."""
        if actor is SYSTEM:
            return None
        if not any(role.held_by(actor, subject) for role in self.granted_to):
            return self.otherwise
        for condition in self.provided:
            if not condition.holds(subject):
                return condition.otherwise
        return None

    def allows(self, actor: Actor, subject: Any) -> bool:
        """Whether this actor may; for showing a button or leaving it out."""
        return self.refusal(actor, subject) is None


PERMISSIONS: dict[str, Permission] = {}
"""Every permission of the house by its name, as the rooms define them."""


def authorise(actor: Actor, permission: Permission, subject: Any) -> None:
    """Raise NotAllowed with the sentence that says why, unless this actor may."""
    if reason := permission.refusal(actor, subject):
        raise NotAllowed(reason)
