"""The one place that commits."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Account
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transactions import after_commit, transaction


def _somebody(name: str = "Anna") -> Account:
    return Account(display_name=name, language="lv", created_at=clock.now())


def _count() -> int:
    with transaction(writes=False):
        return db.session.scalar(select(func.count()).select_from(Account)) or 0


def test_what_is_done_inside_is_kept(app: Flask) -> None:
    with transaction():
        db.session.add(_somebody())
    assert _count() == 1


def test_nothing_is_kept_when_something_fails(app: Flask) -> None:
    called: list[str] = []
    with pytest.raises(RuntimeError), transaction():
        db.session.add(_somebody())
        after_commit(lambda: called.append("after"))
        raise RuntimeError
    assert _count() == 0
    assert called == []


def test_work_that_is_abandoned_leaves_nothing_and_is_not_told_of(app: Flask) -> None:
    called: list[str] = []
    with transaction() as work:
        db.session.add(_somebody())
        after_commit(lambda: called.append("after"))
        work.abandon()
    assert _count() == 0
    assert called == []


def test_what_follows_a_commit_cannot_turn_it_into_a_failure(app: Flask) -> None:
    called: list[str] = []

    def breaks() -> None:
        raise ConnectionError

    with transaction():
        db.session.add(_somebody())
        after_commit(breaks)
        after_commit(lambda: called.append("the next one"))
    assert _count() == 1
    assert called == ["the next one"]


def test_a_transaction_that_reads_may_not_write(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="only reads"), transaction(writes=False):
        db.session.add(_somebody())
        db.session.flush()
    assert _count() == 0
