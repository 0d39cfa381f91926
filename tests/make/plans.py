"""Action plans for tests."""

from datetime import date
from itertools import count
from typing import Any

from app.foundation import clock
from app.foundation.db import db
from app.foundation.text import LocalizedText
from app.plans.models import Plan
from app.plans.rules import Description

_numbers = count(1)


def description(**changes: Any) -> Description:
    return Description(
        **{
            "ordinal": 6,
            "title": LocalizedText.of("lv", lv="Sestais plāns", en="The sixth plan"),
            "goal": LocalizedText.of("lv", lv="Atklātāka pārvalde."),
            "starts_on": date(2028, 1, 1),
            "ends_on": date(2031, 12, 31),
            **changes,
        }
    )


def plan(**changes: Any) -> Plan:
    number = next(_numbers)
    made = Plan(
        **{
            "slug": f"plans-{number}",
            "ordinal": number,
            "title": LocalizedText.of("lv", lv="Sestais plāns", en="The sixth plan"),
            "starts_on": date(2028, 1, 1),
            "ends_on": date(2031, 12, 31),
            "created_at": clock.now(),
            **changes,
        }
    )
    db.session.add(made)
    db.session.commit()
    return made
