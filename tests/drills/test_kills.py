"""Killed at any point of the close and its notices: each is told once all the same.

The close of a voting runs with real processes, and one of them is killed at a different moment
in each round, once during the close and once while the letters go out. After a restart every
inbox has each notice exactly once; and of the letters none is missing, and the only ones that
came twice, with the same Message-ID, were under way when something was killed.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Account
from app.campaigns.models import Campaign, StageAnnouncement
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.db import db
from app.foundation.events import EventDelivery
from app.notifications.models import Letter, Notification
from app.proposals.models import Proposal
from tests.drills.installation import Installation, let_pass, running
from tests.make import voting
from tests.make.accounts import account
from tests.make.campaigns import campaign
from tests.make.notices import follower
from tests.make.proposals import proposal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")

CLOSE = (
    "app.campaigns.jobs.announce_stages_that_changed",
    "app.voting.jobs.close_votings_that_are_due",
    "app.foundation.events.sweep",
)
WRITE = ("app.notifications.jobs.write_letters",)
SEND = ("app.foundation.events.sweep", "app.notifications.jobs.sweep_letters", *WRITE)

KILLS = {
    "worker": (0.2, 0.5, 0.8),
    "redis": (0.3, 0.7),
    "mail server": (0.3, 0.7),
}
"""What is killed and when, as parts of the time that it takes when nobody disturbs it."""

ROUNDS = 8
"""At most so often the clock's turn may have to come until all is done."""


@dataclass
class Held:
    """A voting that is over, and who must hear of it."""

    campaign: Campaign
    voters: list[Account]
    authors: list[Account]
    follows: Account

    @property
    def people(self) -> list[Account]:
        return [*self.voters, *self.authors, self.follows]


def _held() -> Held:
    """Four people voted for the proposals of two; voting has closed, and nobody has noticed."""
    where = campaign(Stage.VOTING)
    authors = [account(), account()]
    proposals = [proposal(where, author=author) for author in authors]
    voters = [account() for _ in range(4)]
    for number, voter in enumerate(voters):
        voting.support(voter, proposals[0], *proposals[1 : 1 + number % 2])
    follows = account()
    follower(follows, f"campaign:{where.id}")
    for stage in ("submission", "sorting", "voting"):
        db.session.add(
            StageAnnouncement(campaign_id=where.id, stage=stage, announced_at=clock.now())
        )
    voting.end_voting(where)
    return Held(where, voters, authors, follows)


def _expected(held: Held) -> Counter[tuple[int, str, str]]:
    """Each notice as (account, kind, subject): the result to all, the shortlist to its authors."""
    about = f"campaign:{held.campaign.id}"
    result = [(person.id, "tally.published", about) for person in held.people]
    proposals = db.session.scalars(select(Proposal).where(Proposal.campaign_id == held.campaign.id))
    shortlist = [
        (made.author_id, "shortlist.published", f"proposal:{made.id}") for made in proposals
    ]
    return Counter(result + shortlist)


def _in_inboxes(held: Held) -> Counter[tuple[int, str, str]]:
    rows = db.session.execute(
        select(Notification.account_id, Notification.kind, Notification.subject).where(
            Notification.account_id.in_([person.id for person in held.people])
        )
    )
    return Counter((row[0], row[1], row[2]) for row in rows)


def _is_owed() -> int:
    return db.session.scalar(select(func.count()).where(EventDelivery.done_at.is_(None))) or 0


def _letters_of(held: Held) -> list[Letter]:
    people = [person.id for person in held.people]
    return list(
        db.session.scalars(
            select(Letter)
            .where(Letter.account_id.in_(people))
            .execution_options(populate_existing=True)
        )
    )


def _unmailed(held: Held) -> int:
    people = [person.id for person in held.people]
    return (
        db.session.scalar(
            select(func.count()).where(
                Notification.account_id.in_(people), Notification.letter_id.is_(None)
            )
        )
        or 0
    )


def _close(house: Installation, held: Held) -> None:
    """The clock's turns come until everybody has been told."""
    for _turn in range(ROUNDS):
        house.put(*CLOSE)
        house.rest()
        db.session.rollback()
        if not _is_owed() and _in_inboxes(held) == _expected(held):
            return
        let_pass(minutes=2)
    pytest.fail(f"still owed: {_is_owed()}, told: {_in_inboxes(held)}")


def _send(house: Installation, held: Held) -> None:
    """The clock's turns come until every letter has gone out."""
    for _turn in range(ROUNDS):
        house.put(*SEND)
        house.rest()
        db.session.rollback()
        if not _unmailed(held) and all(letter.sent_at for letter in _letters_of(held)):
            return
        let_pass(minutes=16)
    pytest.fail(f"unmailed: {_unmailed(held)}")


def _timed(house: Installation, *paths: str) -> float:
    began = time.monotonic()
    house.put(*paths)
    house.rest()
    return time.monotonic() - began


@pytest.fixture
def house(app: Flask, tmp_path: Path) -> Iterator[Installation]:
    with running(tmp_path) as installation:
        yield installation


def test_whatever_is_killed_everybody_is_told_once_and_mailed_at_most_once_more(
    house: Installation,
) -> None:
    undisturbed = _held()
    house.put("app.foundation.events.sweep")
    house.rest()  # the worker has started
    closing = _timed(house, *CLOSE)
    _close(house, undisturbed)
    let_pass(minutes=2)
    sending = _timed(house, *WRITE)
    _send(house, undisturbed)
    assert len(house.letters()) == len(undisturbed.people)
    for part, moments in KILLS.items():
        for moment in moments:
            _round(house, part, after_closing=closing * moment, after_sending=sending * moment)


def _round(house: Installation, part: str, *, after_closing: float, after_sending: float) -> None:
    held = _held()
    before = Counter(letter["Message-ID"] for letter in house.letters())
    house.put(*CLOSE)
    time.sleep(after_closing)
    house.kill(part)
    house.mend(part)
    house.rest()
    _close(house, held)

    let_pass(minutes=2)
    house.put(*WRITE)
    time.sleep(after_sending)
    house.kill(part)
    house.mend(part)
    house.rest()
    _send(house, held)

    assert _in_inboxes(held) == _expected(held)
    arrived = Counter(letter["Message-ID"] for letter in house.letters()) - before
    assert set(arrived) == {letter.message_id for letter in _letters_of(held)}
    repeated = {name: times for name, times in arrived.items() if times > 1}
    assert len(repeated) <= 1, f"{part}: one worker has one letter under way, not {repeated}"
    assert all(times == 2 for times in repeated.values())
