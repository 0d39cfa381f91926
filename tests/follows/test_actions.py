"""Following is a choice of its own."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actions import erase_account
from app.accounts.queries import account as find
from app.follows import queries
from app.follows.actions import follow, stop_following
from app.follows.models import Follow
from app.foundation.actors import VISITOR
from app.foundation.db import db
from app.foundation.refusals import NotAllowed, NotFound
from app.foundation.transactions import transaction
from tests.make.accounts import account

PROPOSAL = "proposal:17"


def followers() -> list[int]:
    return list(db.session.scalars(queries.followers_of(PROPOSAL)))


def test_following_twice_is_following_once(app: Flask) -> None:
    person = account()
    for _press in range(2):
        follow(PROPOSAL, by=person)
    assert followers() == [person.id]
    assert queries.follows(person.id, PROPOSAL)
    assert [each.subject for each in queries.followed_by(person.id)] == [PROPOSAL]


def test_whoever_stopped_is_left_alone_until_they_choose_again(app: Flask) -> None:
    person = account()
    follow(PROPOSAL, by=person)
    for _press in range(2):
        stop_following(PROPOSAL, by=person)
    assert followers() == []
    follow(PROPOSAL, unless_stopped=True, by=person)
    assert followers() == []
    follow(PROPOSAL, by=person)
    assert followers() == [person.id]


def test_whoever_writes_follows_theirs(app: Flask) -> None:
    person = account()
    follow(PROPOSAL, unless_stopped=True, by=person)
    assert followers() == [person.id]


def test_a_visitor_cannot_follow(app: Flask) -> None:
    with pytest.raises(NotAllowed):
        follow(PROPOSAL, by=VISITOR)
    with pytest.raises(NotAllowed):
        stop_following(PROPOSAL, by=VISITOR)


@pytest.mark.parametrize(
    "subject",
    ["", "account:1", "proposal:0", "proposal:x", "proposal:1\n", "proposal:1;", "x" * 999],
)
def test_only_what_has_a_way_can_be_followed(app: Flask, subject: str) -> None:
    with pytest.raises(NotFound):
        follow(subject, by=account())


def test_whoever_leaves_follows_nothing(app: Flask) -> None:
    person, other = account(email="ilze@people.example"), account()
    follow(PROPOSAL, by=other)
    follow(PROPOSAL, by=person)
    db.session.commit()
    with transaction():
        erase_account(person, confirmation="ilze@people.example", by=person)
    assert db.session.scalars(select(Follow.account_id)).all() == [other.id]


def test_pressing_twice_at_the_same_moment_breaks_nothing(app: Flask) -> None:
    number = account().id
    db.session.remove()
    barrier, faults = threading.Barrier(6), []

    def press() -> None:
        with app.app_context():
            try:
                barrier.wait()
                with transaction():
                    person = find(number)
                    assert person
                    follow(PROPOSAL, by=person)
            except Exception as fault:  # noqa: BLE001  whatever it is, the test tells
                faults.append(fault)

    presses = [threading.Thread(target=press) for _press in range(6)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert faults == []
    assert followers() == [number]
