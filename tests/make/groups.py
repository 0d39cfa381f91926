"""Working groups for tests."""

from datetime import timedelta
from itertools import count
from typing import Any

from app.accounts.models import Account
from app.foundation import clock
from app.foundation.db import db
from app.foundation.text import LocalizedText
from app.groups.models import Group, Membership, Sector
from tests.make.accounts import account

_numbers = count(1)


def group(**changes: Any) -> Group:
    number = next(_numbers)
    made = Group(
        **{
            "slug": f"grupa-{number}",
            "name": LocalizedText.of("lv", lv=f"Darba grupa {number}", en=f"Group {number}"),
            "mandate": LocalizedText.of("lv", lv="Vērtē priekšlikumus.", en="Assesses proposals."),
            "rules": LocalizedText.of("lv", lv="Lemj vienprātīgi.", en="Decides by consensus."),
            "sits_from": (clock.now() - timedelta(days=100)).date(),
            "created_at": clock.now(),
            **changes,
        }
    )
    db.session.add(made)
    db.session.commit()
    return made


def seat(
    group: Group,
    person: Account | None = None,
    *,
    chair: bool = False,
    substitute_for: Membership | None = None,
    sector: Sector = Sector.NGO,
    organisation: str = "Delna",
) -> Membership:
    """An open seat."""
    person = person or account()
    made = Membership(
        group_id=group.id,
        account_id=person.id,
        organisation=organisation,
        sector=sector,
        is_chair=chair,
        substitute_for_id=substitute_for.id if substitute_for else None,
        began_at=clock.now() - timedelta(days=100),
    )
    db.session.add(made)
    db.session.commit()
    return made
