"""Many at once, on the database as it is: threads, each with its own connection."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.foundation.refusals import Refusal
from app.foundation.transactions import transaction
from app.proposals.models import Proposal, State
from app.voting import actions, locks, queries
from app.voting.models import Ballot, Participation
from tests.make import voting
from tests.make.accounts import account
from tests.make.campaigns import campaign
from tests.make.proposals import proposal

Outcome = str


def one(app: Flask, act: Callable[[], object]) -> Outcome:
    """Do this in a transaction and a connection of its own; how it ended."""
    with app.app_context():
        try:
            with transaction():
                act()
        except Refusal as refused:
            return type(refused).__name__
        else:
            return "done"
        finally:
            db.session.remove()


def at_once(app: Flask, acts: Sequence[Callable[[], object]]) -> list[Outcome]:
    """Do all of this in parallel. SQLite queues writers without fairness, so fewer there."""
    workers = 12 if db.engine.dialect.name == "postgresql" else 4
    db.session.commit()
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(partial(one, app), acts))


def give(idea: int, person: int) -> Callable[[], object]:
    def act() -> object:
        proposal = db.session.get_one(Proposal, idea)
        return actions.support(
            proposal.campaign,
            proposal,
            consent=actions.CONSENT_VERSION,
            by=db.session.get_one(Account, person),
        )

    return act


def take(idea: int, person: int) -> Callable[[], object]:
    def act() -> object:
        proposal = db.session.get_one(Proposal, idea)
        return actions.withdraw_support(
            proposal.campaign, proposal, by=db.session.get_one(Account, person)
        )

    return act


def assert_counters_hold(c: Campaign) -> None:
    """Every person's counter is the number of their live ballots, and none is over the limit."""
    key = queries.key_of(c)
    assert key is not None
    opened = Counter(choice.account for choice in queries.live_choices(c, key))
    rows = db.session.scalars(select(Participation)).all()
    assert {row.account_id: row.n for row in rows if row.n} == dict(opened)
    assert all(row.most is None or row.n <= row.most for row in rows)


def test_fifty_parallel_supports_of_one_person_with_a_limit_of_five_leave_exactly_five(
    app: Flask,
) -> None:
    c = campaign(Stage.VOTING, vote_limit=5)
    ideas = [proposal(c).id for _ in range(50)]
    person = account().id
    outcomes = Counter(at_once(app, [give(idea, person) for idea in ideas]))
    assert outcomes == {"done": 5, "Conflict": 45}
    assert queries.count_live(c) == queries.sum_of_participation(c) == 5


def test_a_hundred_presses_of_the_same_button_count_once(app: Flask) -> None:
    c = campaign(Stage.VOTING, vote_limit=1)
    idea, person = proposal(c).id, account().id
    assert set(at_once(app, [give(idea, person)] * 100)) == {"done"}
    assert queries.count_live(c) == queries.sum_of_participation(c) == 1


def test_the_last_place_pressed_twice_is_recorded_and_not_refused(app: Flask) -> None:
    """Both presses are told that it is supported; neither that there is no place left."""
    c = campaign(Stage.VOTING, vote_limit=2)
    first, last = proposal(c), proposal(c)
    person = account()
    voting.support(person, first)
    assert at_once(app, [give(last.id, person.id)] * 20) == ["done"] * 20
    assert queries.count_live(c) == 2


def test_the_first_votes_of_a_campaign_open_one_register(app: Flask) -> None:
    c = campaign(Stage.VOTING)
    idea = proposal(c).id
    people = [account().id for _ in range(30)]
    assert set(at_once(app, [give(idea, person) for person in people])) == {"done"}
    assert queries.count_live(c) == 30
    assert_counters_hold(c)


def test_storms_of_give_and_take_end_with_counters_equal_to_live_ballots(app: Flask) -> None:
    c = campaign(Stage.VOTING, vote_limit=3)
    ideas = [proposal(c).id for _ in range(5)]
    people = [account().id for _ in range(4)]
    chance = random.Random(7)
    acts = [
        chance.choice((give, take))(chance.choice(ideas), chance.choice(people)) for _ in range(300)
    ]
    outcomes = set(at_once(app, acts))
    assert outcomes <= {"done", "Conflict"}
    assert_counters_hold(c)
    voting.close(c)
    assert sum(voting.counted(c).values()) == queries.sum_of_participation(c)


def test_hiding_amid_a_storm_gives_everybody_the_same_limit(app: Flask) -> None:
    c = campaign(Stage.VOTING, vote_limit=2)
    ideas = [proposal(c) for _ in range(6)]
    people = [account().id for _ in range(25)]
    hidden = ideas[0]
    voting.support(db.session.get_one(Account, people[0]), hidden)
    hidden.state = State.HIDDEN
    numbers = [idea.id for idea in ideas[1:]]
    hidden_id = hidden.id
    acts = [give(idea, person) for person in people for idea in numbers[:2]]

    def hide() -> object:
        return actions.give_one_place_more(db.session.get_one(Proposal, hidden_id), by=SYSTEM)

    at_once(app, [*acts[:20], hide, *acts[20:40], hide, *acts[40:]])
    assert set(db.session.scalars(select(Participation.most))) == {3}
    assert_counters_hold(c)


def only_on_postgresql() -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("on SQLite a writing transaction is alone, so that nothing is held open")


def test_a_vote_held_open_across_the_closing_moment_is_counted_because_it_is_acknowledged(
    app: Flask,
) -> None:
    only_on_postgresql()
    c = campaign(Stage.VOTING)
    idea, person = proposal(c).id, account().id
    voting.support(account(), proposal(c))
    c.voting_closes_at = clock.now() + timedelta(seconds=1.5)
    campaign_id = c.id
    db.session.commit()
    entered, acknowledged = threading.Event(), threading.Event()

    def vote_slowly() -> None:
        with app.app_context():
            with transaction():
                give(idea, person)()
                entered.set()
                time.sleep(2.5)
            acknowledged.set()
            db.session.remove()

    voter = threading.Thread(target=vote_slowly)
    voter.start()
    assert entered.wait(5)
    while clock.now() < db.session.get_one(Campaign, campaign_id).voting_closes_at:
        time.sleep(0.05)
    with transaction():
        tally = actions.close_voting(db.session.get_one(Campaign, campaign_id), by=SYSTEM)
        assert acknowledged.is_set() or voter.is_alive()
    voter.join()
    assert tally is not None and tally.supports == 2
    assert acknowledged.is_set()


def test_a_vote_that_comes_while_the_close_is_under_way_is_refused(app: Flask) -> None:
    """It passed the clock, then waits for the lock; once it has it, the clock is asked again."""
    only_on_postgresql()
    c = campaign(Stage.VOTING)
    idea, person, campaign_id = proposal(c).id, account().id, c.id
    c.voting_closes_at = clock.now() + timedelta(seconds=1)
    db.session.commit()
    with transaction():
        locks.have_alone(campaign_id)
        outcome: list[Outcome] = []
        late = threading.Thread(target=lambda: outcome.append(one(app, give(idea, person))))
        late.start()
        time.sleep(1.2)
        tally = actions.close_voting(db.session.get_one(Campaign, campaign_id), by=SYSTEM)
        assert tally is not None
        assert outcome == []
    late.join()
    assert outcome == ["NotAllowed"]
    assert queries.count_live(db.session.get_one(Campaign, campaign_id)) == 0


def test_around_the_closing_moment_what_is_acknowledged_is_what_is_counted(app: Flask) -> None:
    c = campaign(Stage.VOTING)
    ideas = [proposal(c).id for _ in range(4)]
    people = [account().id for _ in range(30)]
    voting.support(account(), proposal(c))
    c.voting_closes_at = clock.now() + timedelta(seconds=1)
    campaign_id = c.id
    db.session.commit()

    def close() -> object:
        while clock.now() < db.session.get_one(Campaign, campaign_id).voting_closes_at:
            time.sleep(0.01)
            db.session.rollback()
        return actions.close_voting(db.session.get_one(Campaign, campaign_id), by=SYSTEM)

    def later(act: Callable[[], object], delay: float) -> Callable[[], object]:
        def waits() -> object:
            time.sleep(delay)
            return act()

        return waits

    chance = random.Random(3)
    votes = [
        later(give(idea, person), chance.random() * 0.25) for person in people for idea in ideas
    ]
    outcomes = at_once(app, [close, *votes])
    acknowledged = outcomes[1:].count("done")
    tally = queries.tally_of(db.session.get_one(Campaign, campaign_id))
    assert tally is not None
    assert tally.supports == acknowledged + 1
    assert set(outcomes[1:]) <= {"done", "NotAllowed"}


def test_two_closes_at_once_count_once(app: Flask) -> None:
    c = campaign(Stage.VOTING)
    voting.support(account(), proposal(c))
    voting.end_voting(c)
    campaign_id = c.id

    def close() -> object:
        return actions.close_voting(db.session.get_one(Campaign, campaign_id), by=SYSTEM)

    assert at_once(app, [close] * 8) == ["done"] * 8
    events = db.session.scalar(text("SELECT count(*) FROM event WHERE name = 'tally.published'"))
    assert events == 1


def test_leaving_amid_ones_own_votes_leaves_nothing_behind(app: Flask) -> None:
    c = campaign(Stage.VOTING)
    ideas = [proposal(c).id for _ in range(10)]
    person = account()
    voting.support(person, db.session.get_one(Proposal, ideas[0]))
    person_id = person.id
    person.erased_at = clock.now()
    db.session.commit()

    def leave() -> None:
        actions.let_go_of(db.session.get_one(Account, person_id), by=SYSTEM)

    outcomes = at_once(app, [*(give(idea, person_id) for idea in ideas), leave])
    assert set(outcomes[:-1]) == {"NotAllowed"} and outcomes[-1] == "done"
    assert db.session.scalars(select(Ballot)).all() == []
    assert db.session.scalars(select(Participation)).all() == []


@pytest.mark.usefixtures("app")
def test_the_database_itself_refuses_more_than_the_limit() -> None:
    """Whoever bypasses the action meets the CHECK."""
    c = campaign(Stage.VOTING, vote_limit=1)
    voting.support(account(), proposal(c))
    with pytest.raises(IntegrityError):
        db.session.execute(update(Participation).values(n=2))
    db.session.rollback()
    assert queries.sum_of_participation(c) == 1
