"""Two at the same moment: rounds open once, and a seat has one voice."""

import threading
from collections.abc import Callable
from functools import partial

from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Account
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.foundation.refusals import Refusal
from app.foundation.transactions import transaction
from app.groups.models import Membership
from app.proposals.models import Proposal
from app.review import actions, queries
from app.review.criteria import CRITERIA
from app.review.models import Assessment, Conclusion, Recommendation, Round, ShortlistEntry
from tests.make.campaigns import moderator
from tests.make.groups import seat
from tests.make.proposals import proposal
from tests.make.review import assess, opened, table


def at_once(app: Flask, *acts: Callable[[], object]) -> list[Exception]:
    """Do these at the same moment, each as a request would; what was refused or broke."""
    db.session.remove()
    barrier, faults = threading.Barrier(len(acts)), list[Exception]()

    def run(act: Callable[[], object]) -> None:
        with app.app_context():
            try:
                barrier.wait()
                with transaction():
                    act()
            except Exception as fault:  # noqa: BLE001  whatever it is, the test tells
                faults.append(fault)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return faults


def score(entry_id: int, account_id: int) -> None:
    actions.assess(
        db.session.get_one(ShortlistEntry, entry_id),
        scores=dict.fromkeys((criterion.key for criterion in CRITERIA), 3),
        recommendation=Recommendation.TAKE_UP,
        ground="Dati jau ir.",
        language="lv",
        by=db.session.get_one(Account, account_id),
    )


def openings() -> int:
    return (
        db.session.scalar(select(func.count()).where(EventRecord.name == "review.scores_opened"))
        or 0
    )


def test_the_last_two_scores_open_the_round_exactly_once(app: Flask) -> None:
    for _ in range(5):
        set_ = table(proposals=1, members=3)
        [entry] = set_.entries
        for person in set_.everybody[:2]:
            assess(entry, person)
        before, last = openings(), [person.id for person in set_.everybody[2:]]
        entry_id, round_id = entry.id, entry.round_id
        acts = [partial(score, entry_id, person) for person in last]
        assert at_once(app, *acts) == []
        assert openings() == before + 1
        assert db.session.get_one(Round, round_id).opened_at is not None
        assert len(queries.open_assessments([entry_id])[entry_id]) == 4


def test_a_member_and_the_substitute_have_one_voice(app: Flask) -> None:
    set_ = table(proposals=1, members=1)
    [entry] = set_.entries
    own = db.session.scalars(
        select(Membership).where(Membership.account_id == set_.members[0].id)
    ).one()
    both = [set_.members[0].id, seat(set_.group, substitute_for=own).account_id]
    entry_id = entry.id
    faults = at_once(app, *[partial(score, entry_id, person) for person in both])
    assert [type(fault).__name__ for fault in faults] == ["Conflict"]
    assert db.session.scalar(select(func.count()).select_from(Assessment)) == 1


def test_closing_and_scoring_at_once_lose_nothing(app: Flask) -> None:
    """Whoever comes second is refused; what was taken before the opening counts."""
    set_ = table(proposals=1)
    [entry] = set_.entries
    entry_id, member, chair = entry.id, set_.members[0].id, set_.chair.id

    def close() -> None:
        found = db.session.get_one(ShortlistEntry, entry_id)
        assert found.group
        actions.open_scores(found.campaign, found.group, by=db.session.get_one(Account, chair))

    faults = at_once(app, lambda: score(entry_id, member), close)
    assert all(isinstance(fault, Refusal) for fault in faults)
    assert openings() == 1
    assert len(queries.open_assessments([entry_id]).get(entry_id, [])) == 1 - len(faults)


def test_two_conclusions_at_once_get_two_numbers(app: Flask) -> None:
    set_ = opened(table(proposals=1))
    entry_id, chair = set_.entries[0].id, set_.chair.id

    def say(words: str) -> None:
        actions.conclude(
            db.session.get_one(ShortlistEntry, entry_id),
            recommendation=Recommendation.TAKE_UP,
            reasons=words,
            language="lv",
            by=db.session.get_one(Account, chair),
        )

    assert at_once(app, *[partial(say, words) for words in ("Viens", "Divi")]) == []
    assert sorted(db.session.scalars(select(Conclusion.number))) == [1, 2]


def test_two_moderators_add_after_the_opening_and_begin_one_round(app: Flask) -> None:
    set_ = opened(table(proposals=1))
    by = moderator(set_.campaign).id
    late = [proposal(set_.campaign).id for _ in range(2)]
    group_id = set_.group.id

    def add(number: int) -> None:
        actions.add_to_shortlist(
            db.session.get_one(Proposal, number),
            reason="Aizmirsts.",
            by=db.session.get_one(Account, by),
        )

    assert at_once(app, *[partial(add, number) for number in late]) == []
    assert sorted(db.session.scalars(select(Round.number).where(Round.group_id == group_id))) == [
        1,
        2,
    ]


def test_the_same_proposal_added_twice_at_once_is_one_entry(app: Flask) -> None:
    set_ = table(proposals=1)
    by, number = moderator(set_.campaign).id, proposal(set_.campaign).id

    def add() -> None:
        actions.add_to_shortlist(
            db.session.get_one(Proposal, number),
            reason="Aizmirsts.",
            by=db.session.get_one(Account, by),
        )

    faults = at_once(app, add, add)
    assert [type(fault).__name__ for fault in faults] == ["Conflict"]
    entries = select(func.count()).where(ShortlistEntry.proposal_id == number)
    assert db.session.scalar(entries) == 1
