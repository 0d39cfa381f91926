"""Conflicts of interest, sealed scores, the opening, conclusions."""

from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.models import Account
from app.foundation import clock
from app.foundation.actors import SYSTEM, VISITOR
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.foundation.refusals import Conflict, Invalid, NotAllowed, NotFound
from app.groups.actions import end_seat
from app.groups.models import Membership
from app.review import queries
from app.review.actions import (
    add_to_shortlist,
    conclude,
    declare_conflict,
    open_scores,
    recheck_round,
    remove_from_shortlist,
    withdraw_conflict,
)
from app.review.models import Conclusion, Recommendation, Round, ShortlistEntry
from app.review.permissions import SEE_NAMED_SCORES
from tests.make.accounts import account, administrator
from tests.make.campaigns import moderator, organiser
from tests.make.groups import group, seat
from tests.make.proposals import proposal
from tests.make.review import Table, assess, opened, table


def round_of(set_: Table) -> Round:
    [found] = queries.rounds_of(set_.group, set_.campaign)
    return found


def say(entry: ShortlistEntry, by: Account, **changes: object) -> Conclusion:
    words = {
        "recommendation": Recommendation.TAKE_UP,
        "reasons": "Dati jau ir.",
        "language": "lv",
        **changes,
    }
    return conclude(entry, **words, by=by)  # type: ignore[arg-type]


def seat_of(set_: Table, person: Account) -> Membership:
    found = db.session.query(Membership).filter_by(account_id=person.id).one()
    assert found.group_id == set_.group.id
    return found


def test_the_round_opens_when_the_last_expected_scores_are_in(app: Flask) -> None:
    set_ = table()
    for person in set_.everybody:
        for entry in set_.entries:
            assert round_of(set_).opened_at is None
            assert queries.open_assessments([each.id for each in set_.entries]) == {}
            assess(entry, person)
    assert round_of(set_).opened_at is not None
    assert round_of(set_).opened_by_id is None
    assert len(queries.open_assessments([set_.entries[0].id])[set_.entries[0].id]) == 3
    assert db.session.query(EventRecord).filter_by(name="review.scores_opened").count() == 1


def test_scores_can_be_changed_until_they_open_and_not_after(app: Flask) -> None:
    set_ = table()
    first = assess(set_.entries[0], set_.chair, score=2)
    again = assess(set_.entries[0], set_.chair, score=4)
    assert again.id == first.id
    assert again.impact == 4
    open_scores(set_.campaign, set_.group, by=set_.chair)
    with pytest.raises(NotAllowed):
        assess(set_.entries[0], set_.chair, score=5)


def test_every_criterion_the_outcome_and_the_ground_are_asked_for(app: Flask) -> None:
    set_ = table()
    with pytest.raises(Invalid) as refused:
        assess(set_.entries[0], set_.chair, impact=None, clarity=6, recommendation=None, ground=" ")
    assert set(refused.value.faults) == {"impact", "clarity", "recommendation", "ground"}
    with pytest.raises(Invalid):
        assess(set_.entries[0], set_.chair, ground="x" * 4001)
    assert queries.own_assessments(set_.chair, [set_.entries[0].id]) == {}


def test_only_members_score_and_only_their_groups_proposals(app: Flask) -> None:
    set_, other = table(), table()
    for person in (
        account(),
        moderator(set_.campaign),
        organiser(set_.campaign),
        administrator(),
        other.chair,
    ):
        with pytest.raises(NotAllowed):
            assess(set_.entries[0], person)
    with pytest.raises(NotAllowed):
        assess(set_.entries[0], SYSTEM)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        assess(set_.entries[0], VISITOR)  # type: ignore[arg-type]


def test_scores_are_taken_until_the_review_closes_by_the_clock(app: Flask) -> None:
    set_ = table()
    set_.campaign.review_closes_at = clock.now()
    db.session.commit()
    with pytest.raises(NotAllowed):
        assess(set_.entries[0], set_.chair)
    open_scores(set_.campaign, set_.group, by=set_.chair)
    say(set_.entries[0], set_.chair)


def test_what_was_taken_off_is_neither_scored_nor_waited_for(app: Flask) -> None:
    set_ = table()
    for person in set_.everybody:
        assess(set_.entries[0], person)
    assert round_of(set_).opened_at is None
    remove_from_shortlist(set_.entries[1], reason="Dublējas.", by=moderator(set_.campaign))
    assert round_of(set_).opened_at is not None
    with pytest.raises(NotAllowed):
        assess(set_.entries[1], set_.chair)


def test_a_recused_member_neither_scores_nor_is_waited_for(app: Flask) -> None:
    set_ = table(proposals=1)
    [entry] = set_.entries
    first, second = set_.members
    declare_conflict(entry, reason="Līdzautores kolēģe.", by=first)
    declare_conflict(entry, reason="Vēlreiz.", by=first)
    with pytest.raises(NotAllowed):
        assess(entry, first)
    assess(entry, second)
    assert round_of(set_).opened_at is None
    assess(entry, set_.chair)
    assert round_of(set_).opened_at is not None


def test_a_conflict_needs_a_reason_and_a_member(app: Flask) -> None:
    set_ = table()
    with pytest.raises(Invalid):
        declare_conflict(set_.entries[0], reason="", by=set_.chair)
    with pytest.raises(NotAllowed):
        declare_conflict(set_.entries[0], reason="Draugs.", by=account())


def test_declared_late_it_sets_the_scores_aside_and_withdrawn_brings_them_back(app: Flask) -> None:
    set_ = opened(table(proposals=1))
    [entry] = set_.entries
    late = set_.members[0]

    def counted() -> set[int]:
        return {each.account_id for each in queries.open_assessments([entry.id])[entry.id]}

    declare_conflict(entry, reason="Tikai tagad redzu.", by=late)
    assert counted() == {set_.chair.id, set_.members[1].id}
    withdraw_conflict(entry, by=late)
    withdraw_conflict(entry, by=late)
    assert late.id in counted()


def test_withdrawn_in_time_the_member_scores_after_all(app: Flask) -> None:
    set_ = table(proposals=1)
    [entry] = set_.entries
    declare_conflict(entry, reason="Kļūda.", by=set_.chair)
    withdraw_conflict(entry, by=set_.chair)
    assess(entry, set_.chair)
    assert round_of(set_).opened_at is None


def test_the_last_recusal_opens_the_round_only_if_somebody_scored(app: Flask) -> None:
    set_ = table(proposals=1, members=1)
    [entry] = set_.entries
    for person in set_.everybody:
        declare_conflict(entry, reason="Autors ir kolēģis.", by=person)
    assert round_of(set_).opened_at is None
    withdraw_conflict(entry, by=set_.chair)
    assess(entry, set_.chair)
    assert round_of(set_).opened_at is not None


def test_a_substitute_scores_when_the_member_does_not(app: Flask) -> None:
    set_ = table(proposals=2, members=1)
    substitute = seat(set_.group, substitute_for=seat_of(set_, set_.chair)).account
    first, second = set_.entries
    assess(first, substitute)
    with pytest.raises(Conflict):
        assess(first, set_.chair)
    assess(second, set_.chair)
    with pytest.raises(Conflict):
        assess(second, substitute)
    for entry in set_.entries:
        assess(entry, set_.members[0])
    assert round_of(set_).opened_at is not None
    assert len(queries.open_assessments([first.id])[first.id]) == 2


def test_a_recused_members_substitute_is_still_waited_for(app: Flask) -> None:
    set_ = table(proposals=1, members=1)
    [entry] = set_.entries
    substitute = seat(set_.group, substitute_for=seat_of(set_, set_.members[0])).account
    assess(entry, set_.chair)
    declare_conflict(entry, reason="Autors ir kolēģis.", by=set_.members[0])
    assert round_of(set_).opened_at is None
    assess(entry, substitute)
    assert round_of(set_).opened_at is not None


def test_the_chair_closes_the_round_early_and_nobody_else_does(app: Flask) -> None:
    set_ = table()
    assess(set_.entries[0], set_.members[0])
    for person in (set_.members[0], moderator(set_.campaign), administrator(), account()):
        with pytest.raises(NotAllowed):
            open_scores(set_.campaign, set_.group, by=person)
    opened_ = open_scores(set_.campaign, set_.group, by=set_.chair)
    assert opened_.opened_by_id == set_.chair.id
    at = opened_.opened_at
    assert open_scores(set_.campaign, set_.group, by=set_.chair).opened_at == at
    with pytest.raises(NotFound):
        open_scores(set_.campaign, group(), by=set_.chair)


def test_a_seat_that_ends_is_not_waited_for_and_its_sealed_scores_do_not_count(app: Flask) -> None:
    set_ = table(proposals=1)
    [entry] = set_.entries
    gone = set_.members[0]
    assess(entry, gone)
    assess(entry, set_.chair)
    end_seat(seat_of(set_, gone), reason="Cits darbs", by=administrator())
    end_seat(seat_of(set_, set_.members[1]), reason="Cits darbs", by=administrator())
    recheck_round(round_of(set_), by=SYSTEM)
    assert round_of(set_).opened_at is not None
    assert [each.account_id for each in queries.open_assessments([entry.id])[entry.id]] == [
        set_.chair.id
    ]


def test_a_seat_that_ended_after_the_opening_still_counts(app: Flask) -> None:
    set_ = opened(table(proposals=1))
    clock.set_offset(timedelta(hours=1))
    end_seat(seat_of(set_, set_.members[0]), reason="Cits darbs", by=administrator())
    [entry] = set_.entries
    assert len(queries.open_assessments([entry.id])[entry.id]) == 3


def test_what_is_added_after_the_opening_is_sealed_anew(app: Flask) -> None:
    set_ = opened(table())
    late = add_to_shortlist(
        proposal(set_.campaign), reason="Aizmirsts.", by=moderator(set_.campaign)
    )
    assert not late.scores_are_open
    assess(late, set_.chair)
    assert queries.open_assessments([late.id]) == {}
    for person in set_.members:
        assess(late, person)
    assert late.scores_are_open
    assert [each.number for each in queries.rounds_of(set_.group, set_.campaign)] == [1, 2]


def test_named_scores_stay_in_the_group(app: Flask) -> None:
    set_ = table(proposals=1)
    [entry] = set_.entries
    assert not SEE_NAMED_SCORES.allows(set_.chair, entry)
    for person in set_.everybody:
        assess(entry, person)
    assert SEE_NAMED_SCORES.allows(set_.members[0], entry)
    for person in (account(), moderator(set_.campaign), organiser(set_.campaign), administrator()):
        assert not SEE_NAMED_SCORES.allows(person, entry)
    assert not SEE_NAMED_SCORES.allows(VISITOR, entry)


def test_the_chair_concludes_and_a_later_conclusion_replaces_it(app: Flask) -> None:
    set_ = opened(table())
    entry = set_.entries[0]
    first = say(entry, set_.chair)
    assert say(entry, set_.chair).id == first.id
    second = say(entry, set_.chair, dissent="Linda Roze: par maz.")
    assert second.number == 2
    latest = queries.conclusion_of(entry)
    assert latest is not None
    assert latest.id == second.id
    assert [each.number for each in queries.conclusions_of(entry)] == [2, 1]
    assert queries.latest_conclusions([entry.id]) == {entry.id: second}
    assert db.session.query(EventRecord).filter_by(name="review.proposal_concluded").count() == 2


def test_nothing_is_concluded_before_the_scores_open_or_by_others(app: Flask) -> None:
    set_ = table(proposals=1)
    [entry] = set_.entries
    with pytest.raises(NotAllowed):
        say(entry, set_.chair)
    for person in set_.everybody:
        assess(entry, person)
    for person in (set_.members[0], moderator(set_.campaign), administrator()):
        with pytest.raises(NotAllowed):
            say(entry, person)


def test_a_conclusion_says_why_and_to_whom(app: Flask) -> None:
    set_ = opened(table())
    entry = set_.entries[0]
    with pytest.raises(Invalid) as refused:
        say(entry, set_.chair, recommendation=Recommendation.REFER, reasons="", referred_to=" ")
    assert set(refused.value.faults) == {"reasons", "referred_to"}
    with pytest.raises(Invalid):
        say(entry, set_.chair, recommendation=None)
    made = say(
        entry, set_.chair, recommendation=Recommendation.REFER, referred_to="Rīgas pašvaldība"
    )
    assert made.referred_to == "Rīgas pašvaldība"


def test_a_recused_chair_leaves_the_conclusion_to_their_substitute(app: Flask) -> None:
    set_ = opened(table())
    entry = set_.entries[0]
    substitute = seat(set_.group, substitute_for=seat_of(set_, set_.chair)).account
    declare_conflict(entry, reason="Autors ir kolēģis.", by=set_.chair)
    with pytest.raises(NotAllowed):
        say(entry, set_.chair)
    assert say(entry, substitute).concluded_by_id == substitute.id


def test_nothing_moves_once_the_campaign_is_over(app: Flask) -> None:
    set_ = opened(table())
    set_.campaign.cancelled_at = clock.now()
    db.session.commit()
    with pytest.raises(NotAllowed):
        say(set_.entries[0], set_.chair)
    with pytest.raises(NotAllowed):
        declare_conflict(set_.entries[0], reason="Draugs.", by=set_.chair)
