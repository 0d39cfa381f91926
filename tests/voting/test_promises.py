"""What voting demands of a campaign's promises."""

from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask

from app.accounts.models import Account
from app.campaigns import actions, rules
from app.campaigns.models import Campaign
from app.campaigns.rules import Promises
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.actors import SYSTEM
from app.foundation.db import db, is_postgresql
from app.foundation.transactions import transaction
from app.voting.actions import open_register
from app.voting.promises import faults_of
from tests.make.campaigns import campaign, organiser


@pytest.mark.parametrize(
    "promises",
    [
        Promises(),
        Promises(vote_limit=3, shortlist_rule={"rule": "at-least", "n": 50}),
        Promises(shortlist_rule={"rule": "top-per-theme", "k": 9}),
        Promises(vote_limit=5, shortlist_rule={"rule": "fair-share", "k": 10}),
    ],
    ids=str,
)
def test_what_can_be_kept_is_taken(promises: Promises) -> None:
    assert faults_of(promises) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"method": "guess"}, "method"),
        ({"shortlist_rule": {}}, "shortlist_rule"),
        ({"shortlist_rule": {"rule": "guess", "k": 1}}, "shortlist_rule"),
        ({"shortlist_rule": {"rule": "top"}}, "shortlist_number"),
        ({"shortlist_rule": {"rule": "top", "k": 0}}, "shortlist_number"),
        ({"shortlist_rule": {"rule": "at-least", "k": 5}}, "shortlist_number"),
        ({"shortlist_rule": {"rule": "fair-share", "k": 5}}, "vote_limit"),
        ({"shortlist_rule": {"rule": "fair-share", "k": 5}, "vote_limit": 6}, "vote_limit"),
    ],
)
def test_what_cannot_is_named(changes: dict[str, Any], field: str) -> None:
    assert set(faults_of(Promises(**changes))) == {field}


def test_campaigns_ask_it_before_they_promise(app: object) -> None:
    assert faults_of in rules.REQUIREMENTS
    assert "method" in rules.faults_of_promises(Promises(method="guess"))


def test_a_promise_changed_at_the_last_moment_is_the_one_that_is_kept(app: Flask) -> None:
    """Its transaction begins before voting opens, and ends after somebody opened the register."""
    if not is_postgresql():
        pytest.skip("on SQLite one writer waits for the other")
    made = campaign(Stage.SORTING, vote_limit=10)
    number, organiser_id = made.id, organiser(made).id
    until_opening = made.voting_opens_at - clock.now()
    db.session.remove()
    changed, opened = Event(), Event()

    def change() -> None:
        with app.app_context(), transaction():
            actions.change_campaign(
                db.session.get_one(Campaign, number),
                promises=Promises(vote_limit=3),
                reason="Desmit ir par daudz.",
                by=db.session.get_one(Account, organiser_id),
            )
            db.session.flush()
            changed.set()
            opened.wait(1)

    changing = Thread(target=change)
    changing.start()
    assert changed.wait(10)
    clock.set_offset(until_opening + timedelta(seconds=1))
    with transaction():
        register = open_register(db.session.get_one(Campaign, number), by=SYSTEM)
        assert register.most == 3
        opened.set()
    changing.join()
