"""The people of a story, by the names that its file gives them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.accounts.models import Account
from app.foundation.db import db


@dataclass
class Cast:
    """Who is who. Ids, not rows: each act has a session of its own."""

    ids: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Account:
        return db.session.get_one(Account, self.ids[name])

    def __contains__(self, name: str) -> bool:
        return name in self.ids

    def enter(self, name: str, person: Account) -> None:
        db.session.add(person)
        db.session.flush()
        self.ids[name] = person.id


def person(name: str, language: str, since: datetime, **more: Any) -> Account:
    """Somebody invented: they have no mailbox, so no story sends mail."""
    return Account(
        display_name=name,
        language=language,
        created_at=since,
        verified_at=since,
        **more,
    )
