"""How often somebody wants to get mail."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.accounts.models import Account, Preference
from app.foundation.db import db


class Wish(StrEnum):
    IMMEDIATE = "immediate"
    """What matters within minutes; what can wait, such as comments, once a day."""
    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


UNLESS_SAID = Wish.IMMEDIATE
SETTING = "mail"
"""The key in ``Preference.settings``."""


def wish_of(account_id: int) -> Wish:
    kept = db.session.get(Preference, account_id)
    word = (kept.settings if kept else {}).get(SETTING, UNLESS_SAID)
    return Wish(word) if word in set(Wish) else UNLESS_SAID


def keep_wish(account_id: int, wish: Wish) -> None:
    kept = db.session.get(Preference, account_id, with_for_update=True)
    if kept is None:
        db.session.add(Preference(account_id=account_id, settings={SETTING: wish.value}))
    else:
        kept.settings = {**kept.settings, SETTING: wish.value}


def wished() -> ColumnElement[Any]:
    """The same as ``wish_of``, for a SELECT from Account."""
    said = (
        select(Preference.settings[SETTING].as_string())
        .where(Preference.account_id == Account.id)
        .scalar_subquery()
    )
    return func.coalesce(said, UNLESS_SAID.value)
