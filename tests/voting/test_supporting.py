import logging
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app import config
from app.accounts.models import Account
from app.campaigns.models import Assurance, Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.actors import SYSTEM, VISITOR
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.foundation.refusals import Conflict, Invalid, NotAllowed, NotFound
from app.proposals.models import State
from app.voting import actions, queries
from app.voting.models import Ballot, BallotState, Consent, Participation, Register
from tests.make import voting
from tests.make.accounts import account
from tests.make.campaigns import campaign, side_by_side
from tests.make.proposals import proposal

pytestmark = pytest.mark.usefixtures("app")


def counter(person: Account) -> int:
    return db.session.scalars(
        select(Participation.n).where(Participation.account_id == person.id)
    ).one()


def test_a_support_is_stored_without_a_name_and_found_again_by_its_giver() -> None:
    one, other = proposal(c := campaign(Stage.VOTING)), proposal(c)
    ilze, janis = account(), account()
    [receipt] = voting.support(ilze, one)
    assert receipt.is_new
    assert len(receipt.code) == 12
    assert (
        queries.supported_by(ilze, c) == {one.id} == queries.supported_among(ilze, c, [one, other])
    )
    assert queries.supported_by(janis, c) == set()
    row = db.session.scalars(select(Ballot)).one()
    assert row.state is BallotState.WAITING
    assert {column.name for column in Ballot.__table__.columns} == {
        "campaign_id",
        "tag",
        "box",
        "state",
    }


def test_supporting_twice_is_said_and_counts_once() -> None:
    idea = proposal(campaign(Stage.VOTING, vote_limit=1))
    person = account()
    [first], [second] = voting.support(person, idea), voting.support(person, idea)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.commitment == second.commitment
    assert counter(person) == queries.count_live(idea.campaign) == 1


def test_a_support_can_be_taken_back_and_given_again() -> None:
    idea = proposal(campaign(Stage.VOTING))
    person = account()
    [first] = voting.support(person, idea)
    assert voting.withdraw(person, idea) is True
    assert voting.withdraw(person, idea) is False
    assert counter(person) == queries.count_live(idea.campaign) == 0
    [again] = voting.support(person, idea)
    assert again.is_new and again.commitment != first.commitment
    assert counter(person) == 1


def test_the_limit_holds_and_is_said_with_its_number() -> None:
    c = campaign(Stage.VOTING, vote_limit=2)
    one, two, three = (proposal(c) for _ in range(3))
    person = account()
    assert queries.supports_left(person, c) == 2
    voting.support(person, one, two)
    assert queries.supports_left(person, c) == 0
    with pytest.raises(Conflict, match="2 proposals, the most that one person can"):
        voting.support(person, three)
    db.session.rollback()
    assert voting.withdraw(person, one)
    assert voting.support(person, three)[0].is_new


def test_without_a_limit_one_supports_as_many_as_one_finds_right() -> None:
    c = campaign(Stage.VOTING)
    person = account()
    voting.support(person, *(proposal(c) for _ in range(12)))
    assert queries.supports_left(person, c) is None
    assert counter(person) == 12


def test_consent_is_asked_for_once_per_campaign_and_kept_with_its_version() -> None:
    c = campaign(Stage.VOTING)
    one, two = proposal(c), proposal(c)
    person = account()
    for refused in (None, "0"):
        with pytest.raises(Invalid) as problem:
            actions.support(c, one, consent=refused, by=person)
        assert list(problem.value.faults) == ["consent"]
        db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 0
    voting.support(person, one)
    actions.support(c, two, consent=None, by=person)
    db.session.commit()
    kept = db.session.scalars(select(Consent)).one()
    assert (kept.account_id, kept.text_version) == (person.id, actions.CONSENT_VERSION)


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        (Stage.DRAFT, "Nobody votes"),
        (Stage.ANNOUNCED, "not opened yet"),
        (Stage.SUBMISSION, "not opened yet"),
        (Stage.SORTING, "not opened yet"),
        (Stage.REVIEW, "has closed"),
        (Stage.ANSWERING, "has closed"),
        (Stage.CONCLUDED, "has closed"),
    ],
)
def test_votes_are_taken_while_voting_is_open_only(stage: Stage, sentence: str) -> None:
    idea = proposal(campaign(stage))
    person = account()
    with pytest.raises(NotAllowed, match=sentence):
        voting.support(person, idea)
    with pytest.raises(NotAllowed, match=sentence):
        voting.withdraw(person, idea)


def test_a_vote_after_the_deadline_is_refused_even_if_nothing_has_closed_the_campaign() -> None:
    idea = proposal(campaign(Stage.VOTING))
    early, late = account(), account()
    voting.support(early, idea)
    clock.set_offset(idea.campaign.voting_closes_at - clock.now())
    with pytest.raises(NotAllowed, match="has closed"):
        voting.support(late, idea)


def test_a_moved_deadline_that_was_read_before_the_lock_does_not_let_a_vote_in() -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("on SQLite nobody else can write while a transaction that may write is open")
    idea = proposal(c := campaign(Stage.VOTING))
    person = account()
    assert c.voting_closes_at > clock.now()  # read, and kept by the session
    with db.engine.begin() as elsewhere:
        elsewhere.execute(
            update(Campaign).values(voting_closes_at=clock.now() - timedelta(seconds=1))
        )
    with pytest.raises(NotAllowed, match="has closed"):
        voting.support(person, idea)


def test_side_by_side_votes_are_taken_during_submission() -> None:
    c = side_by_side()
    assert voting.support(account(), proposal(c, votable_from=clock.now()))[0].is_new


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": State.HIDDEN}, "hidden by moderation"),
        ({"state": State.MERGED}, "merged into another"),
        ({"state": State.WITHDRAWN}, "Its author withdrew"),
        ({"was_restored_after_opening": True}, "not among those"),
        ({"votable_from": None}, "not among those"),
    ],
)
def test_what_cannot_be_supported_is_refused_with_a_sentence(
    changes: dict[str, object], sentence: str
) -> None:
    c = campaign(Stage.VOTING)
    voting.support(account(), proposal(c))  # the register has begun
    idea = proposal(c)
    for name, value in changes.items():
        setattr(idea, name, value)
    db.session.commit()
    with pytest.raises(NotAllowed, match=sentence):
        voting.support(account(), idea)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.RETURNED])
def test_what_is_not_public_is_not_found(state: State) -> None:
    c = campaign(Stage.VOTING)
    with pytest.raises(NotFound):
        voting.support(account(), proposal(c, state=state))


def test_a_proposal_of_another_campaign_is_not_found() -> None:
    here, there = campaign(Stage.VOTING), campaign(Stage.VOTING)
    with pytest.raises(NotFound):
        actions.support(here, proposal(there), consent="1", by=account())
    with pytest.raises(NotFound):
        actions.withdraw_support(here, proposal(there), by=account())


def test_visitors_and_suspended_people_are_refused() -> None:
    idea = proposal(campaign(Stage.VOTING))
    suspended = account()
    suspended.suspended_at = clock.now()
    db.session.commit()
    for somebody in (VISITOR, suspended):
        with pytest.raises(NotAllowed, match="signed in"):
            actions.support(idea.campaign, idea, consent="1", by=somebody)


def test_a_campaign_may_ask_for_a_proven_identity() -> None:
    idea = proposal(campaign(Stage.VOTING, to_support=Assurance.VERIFIED))
    with pytest.raises(NotAllowed, match="prove who you are"):
        voting.support(account(), idea)
    db.session.rollback()
    assert voting.support(account(verified=True), idea)[0].is_new


def test_a_support_of_what_was_hidden_meanwhile_can_still_be_taken_back() -> None:
    idea = proposal(campaign(Stage.VOTING))
    person = account()
    voting.support(person, idea)
    idea.state = State.HIDDEN
    db.session.commit()
    assert voting.withdraw(person, idea)


def test_hiding_gives_everybody_one_place_more_once() -> None:
    c = campaign(Stage.VOTING, vote_limit=1)
    hidden, other = proposal(c), proposal(c)
    supporter, elsewhere, later = account(), account(), account()
    voting.support(supporter, hidden)
    voting.support(elsewhere, other)
    hidden.state = State.HIDDEN
    db.session.commit()
    assert actions.give_one_place_more(hidden, by=SYSTEM) is True
    assert actions.give_one_place_more(hidden, by=SYSTEM) is False
    db.session.commit()
    assert [queries.supports_left(p, c) for p in (supporter, elsewhere, later)] == [1, 1, 2]
    assert voting.support(supporter, other)[0].is_new
    assert set(db.session.scalars(select(Participation.most))) == {2}
    assert queries.count_live(c) == 3


def test_a_missing_key_refuses_loudly_and_none_is_made(caplog: pytest.LogCaptureFixture) -> None:
    idea = proposal(c := campaign(Stage.VOTING))
    person = account()
    voting.support(person, idea)
    file = config.settings().key_store / f"{c.slug}.key"
    secret = file.read_bytes()
    for content in (None, bytes(32)):
        file.unlink()
        if content:
            file.write_bytes(content)
        with caplog.at_level(logging.CRITICAL), pytest.raises(Conflict, match="cannot be reached"):
            voting.support(account(), idea)
        db.session.rollback()
        with pytest.raises(Conflict, match="cannot be reached"):
            voting.withdraw(person, idea)
        db.session.rollback()
        assert "votes are refused" in caplog.text
        assert file.exists() == bool(content)
        file.write_bytes(secret)
    assert voting.withdraw(person, idea)


def test_the_register_begins_with_the_first_vote_when_the_job_is_late() -> None:
    c = campaign(Stage.VOTING, vote_limit=3)
    early = proposal(c, votable_from=None, published_at=c.voting_opens_at - timedelta(days=1))
    assert queries.register_of(c) is None
    voting.support(account(), early)
    register = db.session.scalars(select(Register)).one()
    assert (register.most, register.closed_at) == (3, None)
    assert early.votable_from == c.voting_opens_at


def test_voting_leaves_no_event_behind() -> None:
    idea = proposal(campaign(Stage.VOTING))
    person = account()
    voting.support(person, idea)
    voting.withdraw(person, idea)
    assert db.session.scalars(select(EventRecord)).all() == []


def test_voting_logs_no_name_and_no_proposal(caplog: pytest.LogCaptureFixture) -> None:
    idea = proposal(campaign(Stage.VOTING))
    with caplog.at_level(logging.DEBUG, logger="app"):
        voting.support(account(), idea)
    assert idea.reference is not None
    assert idea.reference not in caplog.text


def test_a_receipt_can_be_had_again_by_its_owner_alone() -> None:
    idea = proposal(c := campaign(Stage.VOTING))
    person = account()
    [given] = voting.support(person, idea)
    again = actions.receipt(c, idea, by=person)
    assert again is not None and again.commitment == given.commitment
    assert given.choice.to == person.email
    assert actions.receipt(c, idea, by=account()) is None


def test_an_app_stores_votes_flushed_to_disk(app: Flask) -> None:
    """An acknowledged vote survives a power cut: SQLite's own setting, PostgreSQL's default."""
    if db.engine.dialect.name == "sqlite":
        assert db.session.connection().exec_driver_sql("PRAGMA synchronous").scalar() == 2
