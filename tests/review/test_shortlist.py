"""The shortlist: by the rule, and as people may change it."""

import pytest
from flask import Flask

from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.actors import SYSTEM, VISITOR
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.foundation.refusals import Conflict, Invalid, NotAllowed
from app.proposals.models import State
from app.review import queries
from app.review.actions import (
    add_to_shortlist,
    assign_review,
    conclude,
    follow_proposal,
    make_shortlist,
    remove_from_shortlist,
)
from app.review.models import ChangeKind, Recommendation
from tests.make.accounts import account, administrator
from tests.make.campaigns import campaign, moderator, organiser, theme
from tests.make.groups import group, seat
from tests.make.proposals import proposal
from tests.make.review import assess, opened, table, tally


def events(name: str) -> int:
    return db.session.query(EventRecord).filter_by(name=name).count()


def test_the_rules_list_goes_to_the_groups_of_the_themes(app: Flask) -> None:
    kept = campaign(Stage.REVIEW)
    first, second = group(), group()
    themes = [theme(kept, "a", group_id=first.id), theme(kept, "b", group_id=second.id)]
    made = [proposal(kept, theme_id=each.id) for each in themes]
    without = proposal(kept)
    tally(kept, {made[0]: 9, made[1]: 8, without: 7}, first=3)
    make_shortlist(kept, by=SYSTEM)
    entries = queries.entries_of(kept)
    assert [each.group_id for each in entries] == [first.id, second.id, None]
    assert [each.position for each in entries] == [1, 2, 3]
    assert all(each.by_rule for each in entries)
    assert [each.round_id is not None for each in entries] == [True, True, False]


def test_the_only_group_takes_what_has_no_theme(app: Flask) -> None:
    kept, only = campaign(Stage.REVIEW), group()
    theme(kept, group_id=only.id)
    tally(kept, {proposal(kept): 3}, first=1)
    make_shortlist(kept, by=SYSTEM)
    assert queries.entries_of(kept)[0].group_id == only.id


def test_made_twice_it_is_the_same_and_told_once(app: Flask) -> None:
    set_ = table()
    before = [each.id for each in set_.entries]
    make_shortlist(set_.campaign, by=SYSTEM)
    assert [each.id for each in queries.entries_of(set_.campaign)] == before
    assert events("shortlist.published") == 1


def test_a_list_without_anything_is_published_too(app: Flask) -> None:
    kept = campaign(Stage.REVIEW)
    tally(kept, {}, first=0)
    make_shortlist(kept, by=SYSTEM)
    assert queries.shortlist_is_published(kept)
    assert list(queries.entries_of(kept)) == []


def test_nobody_makes_it_by_hand(app: Flask) -> None:
    kept = campaign(Stage.REVIEW)
    for person in (moderator(kept), organiser(kept), administrator()):
        with pytest.raises(NotAllowed):
            make_shortlist(kept, by=person)


def test_what_was_restored_after_opening_goes_to_the_group_without_a_count(app: Flask) -> None:
    kept = campaign(Stage.REVIEW)
    counted, restored = proposal(kept), proposal(kept, was_restored_after_opening=True)
    tally(kept, {counted: 5}, first=1)
    make_shortlist(kept, by=SYSTEM)
    entries = queries.entries_of(kept)
    assert [each.proposal_id for each in entries] == [counted.id, restored.id]
    assert [each.is_without_count for each in entries] == [False, True]


def test_a_moderator_adds_and_takes_off_with_reasons_that_stay(app: Flask) -> None:
    set_ = table()
    by = moderator(set_.campaign)
    below = proposal(set_.campaign, theme_id=set_.entries[0].proposal.theme_id)
    entry = add_to_shortlist(below, reason="Tikai šeit ir zīmju valoda.", by=by)
    assert not entry.by_rule
    assert not entry.is_without_count
    assert entry.position == 3
    assert entry.group_id == set_.group.id
    with pytest.raises(Conflict):
        add_to_shortlist(below, reason="Vēlreiz", by=by)
    remove_from_shortlist(entry, reason="Kļūda.", by=by)
    with pytest.raises(Conflict):
        remove_from_shortlist(entry, reason="Vēlreiz", by=by)
    add_to_shortlist(below, reason="Tomēr nebija kļūda.", by=by)
    assert entry.is_on_list
    assert entry.added_reason == "Tikai šeit ir zīmju valoda."
    changes = queries.changes_of(set_.campaign)[entry.id]
    assert [(each.kind, each.reason) for each in changes] == [
        (ChangeKind.ADDED, "Tikai šeit ir zīmju valoda."),
        (ChangeKind.REMOVED, "Kļūda."),
        (ChangeKind.ADDED, "Tomēr nebija kļūda."),
    ]
    assert events("shortlist.changed") == 3


def test_a_change_needs_a_reason_a_moderator_and_a_list(app: Flask) -> None:
    set_ = table()
    below = proposal(set_.campaign)
    by = moderator(set_.campaign)
    with pytest.raises(Invalid):
        add_to_shortlist(below, reason=" \u200b ", by=by)
    with pytest.raises(Invalid):
        remove_from_shortlist(set_.entries[0], reason="x" * 2001, by=by)
    for person in (VISITOR, account(), set_.chair, organiser(set_.campaign), administrator()):
        with pytest.raises(NotAllowed):
            add_to_shortlist(below, reason="Tāpēc", by=person)
        with pytest.raises(NotAllowed):
            remove_from_shortlist(set_.entries[0], reason="Tāpēc", by=person)
    voting = campaign(Stage.VOTING)
    with pytest.raises(NotAllowed):
        add_to_shortlist(proposal(voting), reason="Tāpēc", by=moderator(voting))
    with pytest.raises(NotAllowed):
        remove_from_shortlist(set_.entries[0], reason="Tāpēc", by=moderator(voting))
    hidden = proposal(set_.campaign, state=State.HIDDEN)
    with pytest.raises(Invalid):
        add_to_shortlist(hidden, reason="Tāpēc", by=by)


def test_nothing_changes_once_the_campaign_is_concluded(app: Flask) -> None:
    set_ = table()
    by = moderator(set_.campaign)
    set_.campaign.concluded_at = clock.now()
    db.session.commit()
    with pytest.raises(NotAllowed):
        remove_from_shortlist(set_.entries[0], reason="Tāpēc", by=by)


def test_what_is_hidden_leaves_the_list_and_comes_back_when_restored(app: Flask) -> None:
    set_ = table()
    entry = set_.entries[0]
    entry.proposal.state, entry.proposal.state_reason = State.HIDDEN, "Personas dati"
    for _ in range(2):
        follow_proposal(entry.proposal, by=SYSTEM)
    assert entry.removed_reason == "Personas dati"
    entry.proposal.state = State.PUBLISHED
    for _ in range(2):
        follow_proposal(entry.proposal, by=SYSTEM)
    assert entry.is_on_list
    kinds = [each.kind for each in queries.changes_of(set_.campaign)[entry.id]]
    assert kinds == [ChangeKind.LEFT, ChangeKind.RETURNED]


def test_what_a_moderator_took_off_stays_off_when_restored(app: Flask) -> None:
    set_ = table()
    entry = set_.entries[0]
    remove_from_shortlist(entry, reason="Dublējas.", by=moderator(set_.campaign))
    follow_proposal(entry.proposal, by=SYSTEM)
    assert not entry.is_on_list


def test_restored_after_the_list_was_made_it_enters_without_a_count(app: Flask) -> None:
    set_ = table()
    late = proposal(set_.campaign, state=State.HIDDEN)
    follow_proposal(late, by=SYSTEM)
    assert queries.entry_of(late) is None
    late.state, late.was_restored_after_opening = State.PUBLISHED, True
    follow_proposal(late, by=SYSTEM)
    entry = queries.entry_of(late)
    assert entry is not None
    assert entry.is_without_count


def test_before_there_is_a_list_nothing_enters(app: Flask) -> None:
    voting = campaign(Stage.VOTING)
    restored = proposal(voting, was_restored_after_opening=True)
    follow_proposal(restored, by=SYSTEM)
    assert queries.entry_of(restored) is None


def test_what_the_group_concluded_about_stays_on_the_list(app: Flask) -> None:
    set_ = opened(table())
    conclude(
        set_.entries[0],
        recommendation=Recommendation.TAKE_UP,
        reasons="Var izdarīt.",
        language="lv",
        by=set_.chair,
    )
    with pytest.raises(Conflict):
        remove_from_shortlist(set_.entries[0], reason="Tāpēc", by=moderator(set_.campaign))


def test_another_group_of_the_campaign_can_take_it_until_it_is_scored(app: Flask) -> None:
    set_ = table()
    other = group()
    theme(set_.campaign, "cita", group_id=other.id)
    member = seat(other).account
    by, entry = organiser(set_.campaign), set_.entries[0]
    assign_review(entry, group=other, by=by)
    assign_review(entry, group=other, by=by)
    assert entry.round is not None
    assert entry.round.group_id == other.id
    with pytest.raises(Invalid):
        assign_review(entry, group=group(), by=by)
    with pytest.raises(NotAllowed):
        assign_review(entry, group=other, by=member)
    assess(entry, member)
    with pytest.raises(Conflict):
        assign_review(entry, group=set_.group, by=by)
