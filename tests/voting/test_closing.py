from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from app import config
from app.accounts.models import Account
from app.campaigns.models import Assurance
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.actors import SYSTEM, VISITOR
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.foundation.refusals import NotAllowed
from app.foundation.transactions import transaction
from app.proposals.models import State
from app.voting import actions, jobs, queries
from app.voting.actions import closing
from app.voting.boxes import BoxBroken
from app.voting.keys import KeyMissing
from app.voting.models import Ballot, Count, Participation, Register, Shortlisted, Tally
from tests.make import voting
from tests.make.accounts import account
from tests.make.campaigns import campaign, theme
from tests.make.proposals import proposal

pytestmark = pytest.mark.usefixtures("app")


def published() -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(EventRecord)
            .where(EventRecord.name == "tally.published")
        )
        or 0
    )


def test_everything_is_counted_zeros_and_shared_places_too() -> None:
    c = campaign(Stage.VOTING)
    a, b, d, nobody = (proposal(c) for _ in range(4))
    one, two, three = account(), account(), account(verified=True)
    voting.support(one, a, b)
    voting.support(two, a, d)
    voting.support(three, a)
    tally = voting.close(c)
    assert (tally.supports, tally.participants, tally.verified) == (5, 3, 1)
    rows = {count.proposal_id: count for count in db.session.scalars(queries.counts_of(c))}
    assert [(rows[p.id].supports, rows[p.id].place) for p in (a, b, d, nobody)] == [
        (3, 1),
        (1, 2),
        (1, 2),
        (0, 4),
    ]
    assert queries.shortlisted_in(c) == {a.id: 1, b.id: 2, d.id: 2}
    assert db.session.scalars(select(Register)).one().closed_at is not None


def test_places_are_given_in_each_theme() -> None:
    c = campaign(Stage.VOTING)
    data, words = theme(c, "dati"), theme(c, "vardi")
    first = proposal(c, theme_id=data.id)
    second, third = proposal(c, theme_id=words.id), proposal(c, theme_id=words.id)
    without = proposal(c)
    voting.support(account(), first, third)
    voting.support(account(), first)
    voting.close(c)
    rows = {count.proposal_id: count for count in db.session.scalars(queries.counts_of(c))}
    assert [rows[p.id].place_in_theme for p in (first, second, third, without)] == [1, 2, 1, None]
    assert [rows[p.id].place for p in (first, second, third, without)] == [1, 3, 2, 3]


def test_a_hidden_proposal_keeps_its_count_and_takes_no_place() -> None:
    c = campaign(Stage.VOTING)
    hidden, other, last = proposal(c), proposal(c), proposal(c)
    voting.support(account(), hidden, other)
    voting.support(account(), hidden)
    hidden.state = State.HIDDEN
    voting.close(c)
    rows = {count.proposal_id: count for count in db.session.scalars(queries.counts_of(c))}
    assert (rows[hidden.id].supports, rows[hidden.id].place) == (2, 1)
    assert (rows[other.id].supports, rows[other.id].place) == (1, 1)
    assert rows[last.id].place == 2
    assert queries.shortlisted_in(c) == {other.id: 1}
    standing = db.session.scalars(queries.counts_that_stand(c)).all()
    assert {count.proposal_id for count in standing} == {other.id, last.id}


def test_restored_after_opening_it_stands_without_a_count() -> None:
    c = campaign(Stage.VOTING)
    proposal(c, was_restored_after_opening=True, votable_from=None)
    counted = proposal(c)
    voting.support(account(), counted)
    voting.close(c)
    assert voting.counted(c) == {counted.reference: 1}


def test_closing_twice_changes_nothing_and_publishes_once() -> None:
    c = campaign(Stage.VOTING)
    idea = proposal(c)
    voting.support(account(), idea)
    first = voting.close(c).counted_at
    again = actions.close_voting(c, by=SYSTEM)
    db.session.commit()
    assert again is not None and again.counted_at == first
    assert published() == 1


def test_nothing_is_closed_before_its_time_nor_when_cancelled() -> None:
    early, cancelled = campaign(Stage.VOTING), campaign(Stage.VOTING)
    cancelled.cancelled_at = clock.now()
    voting.end_voting(cancelled)
    assert actions.close_voting(early, by=SYSTEM) is None
    assert actions.close_voting(cancelled, by=SYSTEM) is None
    assert published() == 0


def test_no_person_can_close_a_vote() -> None:
    c = campaign(Stage.VOTING)
    for somebody in (VISITOR, account()):
        with pytest.raises(NotAllowed):
            actions.close_voting(c, by=somebody)


def test_a_campaign_in_which_nobody_voted_is_counted_too() -> None:
    c = campaign(Stage.VOTING)
    proposal(c)
    tally = voting.close(c)
    assert (tally.supports, tally.participants) == (0, 0)
    assert list(voting.counted(c).values()) == [0]
    assert queries.shortlisted_in(c) == {}


def test_the_job_closes_each_campaign_that_is_due_although_another_cannot_be() -> None:
    broken, fine, running = (campaign(Stage.VOTING) for _ in range(3))
    for c in (broken, fine, running):
        voting.support(account(), proposal(c))
    voting.end_voting(broken)
    voting.end_voting(fine)
    (config.settings().key_store / f"{broken.slug}.key").unlink()
    jobs.close_votings_that_are_due()
    jobs.close_votings_that_are_due()
    assert [c.slug for c in (broken, fine, running) if queries.tally_of(c)] == [fine.slug]
    assert published() == 1


def test_the_job_begins_registers_as_voting_opens() -> None:
    c = campaign(Stage.VOTING, vote_limit=4)
    earlier = campaign(Stage.SORTING)
    jobs.close_votings_that_are_due()
    jobs.close_votings_that_are_due()
    register = queries.register_of(c)
    assert register is not None and register.most == 4
    assert queries.register_of(earlier) is None


@pytest.mark.parametrize("breaks", ["count", "shortlist", "publish"])
def test_interrupted_anywhere_nothing_remains_and_the_next_run_does_it_all(
    breaks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    c = campaign(Stage.VOTING)
    idea = proposal(c)
    voting.support(account(), idea)
    voting.end_voting(c)
    name = {"count": "places", "shortlist": "Shortlisted", "publish": "publish"}[breaks]

    def power_cut(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(closing, name, power_cut)
        with pytest.raises(KeyboardInterrupt):
            jobs.close_one(campaign_id=c.id)
    for table in (Tally, Count, Shortlisted):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0
    register = queries.register_of(c)
    assert register is not None and register.closed_at is None
    db.session.rollback()
    jobs.close_one(campaign_id=c.id)
    assert voting.counted(c) == {idea.reference: 1}
    assert published() == 1


def test_without_its_key_nothing_is_counted_or_closed() -> None:
    c = campaign(Stage.VOTING)
    voting.support(account(), proposal(c))
    voting.end_voting(c)
    file = config.settings().key_store / f"{c.slug}.key"
    secret = file.read_bytes()
    file.unlink()
    with pytest.raises(KeyMissing), transaction():
        actions.close_voting(c, by=SYSTEM)
    assert queries.tally_of(c) is None
    file.write_bytes(secret)
    with transaction():
        assert actions.close_voting(c, by=SYSTEM)


def test_a_ballot_put_into_another_ones_place_stops_the_count() -> None:
    c = campaign(Stage.VOTING)
    one, two = proposal(c), proposal(c)
    voting.support(account(), one)
    voting.support(account(), two)
    first, second = db.session.scalars(select(Ballot)).all()
    first.box = second.box
    db.session.commit()
    with pytest.raises(BoxBroken):
        voting.close(c)


def leave(person: Account) -> None:
    """As erasing an account does, before any listener is called."""
    person.erased_at = clock.now()
    person.email = person.canonical_email = None
    db.session.commit()


def test_who_leaves_while_voting_is_open_takes_their_supports_along() -> None:
    c = campaign(Stage.VOTING)
    idea, other = proposal(c), proposal(c)
    gone, stays = account(), account()
    voting.support(gone, idea, other)
    voting.support(stays, idea)
    leave(gone)
    for _ in range(2):
        actions.let_go_of(gone, by=SYSTEM)
        db.session.commit()
    assert db.session.scalars(select(Participation.account_id)).all() == [stays.id]
    tally = voting.close(c)
    assert (tally.participants, tally.supports) == (1, 1)


def test_who_left_just_before_the_close_is_not_counted_even_if_the_listener_is_late() -> None:
    c = campaign(Stage.VOTING)
    gone = account()
    voting.support(gone, proposal(c))
    gone.erased_at = clock.now() - timedelta(minutes=2)
    tally = voting.close(c)
    assert (tally.participants, tally.supports) == (0, 0)


def test_who_leaves_after_the_close_stays_counted_and_is_unlinked() -> None:
    c = campaign(Stage.VOTING)
    idea = proposal(c)
    gone, stays = account(), account()
    voting.support(gone, idea)
    voting.support(stays, idea)
    voting.close(c)
    leave(gone)
    for _ in range(2):
        actions.let_go_of(gone, by=SYSTEM)
        db.session.commit()
    register = queries.register_of(c)
    assert register is not None
    assert (register.erased_people, register.erased_supports) == (1, 1)
    assert queries.count_live(c) == 1
    assert voting.counted(c) == {idea.reference: 2}


def test_who_left_between_the_last_moment_and_the_count_stays_counted_and_is_unlinked() -> None:
    c = campaign(Stage.VOTING)
    gone = account()
    voting.support(gone, proposal(c))
    voting.end_voting(c)
    leave(gone)
    actions.let_go_of(gone, by=SYSTEM)
    tally = actions.close_voting(c, by=SYSTEM)
    db.session.commit()
    assert tally is not None and tally.supports == 1
    assert queries.count_live(c) == 0
    register = queries.register_of(c)
    assert register is not None and register.erased_supports == 1


def test_eligible_are_those_who_could_have_voted() -> None:
    c = campaign(Stage.VOTING, to_support=Assurance.VERIFIED)
    idea = proposal(c)
    account()
    voting.support(account(verified=True), idea)
    account(verified=True)
    assert voting.close(c).eligible == 2


def test_the_counters_add_up_to_the_ballots() -> None:
    c = campaign(Stage.VOTING, vote_limit=3)
    ideas = [proposal(c) for _ in range(4)]
    people = [account() for _ in range(6)]
    for number, person in enumerate(people):
        voting.support(person, *ideas[: number % 4])
    voting.withdraw(people[3], ideas[0])
    assert queries.sum_of_participation(c) == queries.count_live(c) == 6


def test_a_lost_ballot_is_seen_in_the_counters(app: Flask) -> None:
    c = campaign(Stage.VOTING)
    voting.support(account(), proposal(c))
    db.session.execute(delete(Ballot))
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["register", "check"])
    assert result.exit_code == 1
    assert "0 ballots, counters say 1" in result.output
