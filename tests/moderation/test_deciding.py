"""Deciding once, with reasons, about others' words; and taking it back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.foundation.refusals import Conflict, Invalid, NotAllowed
from app.moderation import queries
from app.moderation.actions import (
    claim,
    decide,
    merge_at_desk,
    publish_at_desk,
    release,
    undo_decision,
    undo_merge_at_desk,
    undo_publication,
)
from app.moderation.measures import Passage
from app.moderation.models import Claim, Decision, DecisionAct
from app.proposals.models import State
from app.proposals.queries import revision, steps_of
from tests.make import moderation as make
from tests.make.accounts import account, administrator
from tests.make.campaigns import campaign, moderator
from tests.make.proposals import proposal


@pytest.fixture
def here(app: Flask) -> Campaign:
    return campaign(Stage.SORTING)


@pytest.fixture
def anna(here: Campaign) -> Account:
    return moderator(here, "Anna")


@pytest.fixture
def boris(here: Campaign) -> Account:
    return moderator(here, "Boriss")


def events() -> list[str]:
    return list(db.session.scalars(select(EventRecord.name).order_by(EventRecord.id)))


def test_hiding_leaves_a_decision_with_rule_facts_and_an_event(
    here: Campaign, anna: Account
) -> None:
    shown = proposal(here)
    made = make.decision(shown, by=anna)
    assert shown.state is State.HIDDEN
    assert (made.rule, made.facts, made.concerns_id) == ("personal", make.FACTS, shown.author_id)
    assert "decision.taken" in events()
    assert db.session.scalars(select(Claim)).all() == []


def test_returning_tells_the_author_why(here: Campaign, anna: Account) -> None:
    waiting = proposal(here, state=State.SUBMITTED)
    make.decision(waiting, DecisionAct.RETURN, rule="unclear", facts="Nav risinājuma.", by=anna)
    assert (waiting.state, waiting.state_reason) == (State.RETURNED, "Nav risinājuma.")


def test_a_comment_is_hidden_and_shown_again(here: Campaign, anna: Account) -> None:
    said = make.comment(proposal(here))
    make.decision(said, by=anna)
    assert said.hidden_at is not None
    make.decision(said, DecisionAct.RESTORE, facts="Bija kļūda.", by=anna)
    assert said.hidden_at is None


def test_a_passage_is_withheld_and_the_text_stands_without_it(
    here: Campaign, anna: Account
) -> None:
    shown = proposal(here)
    made = decide(
        make.matter(shown),
        DecisionAct.WITHHOLD,
        rule="personal",
        facts=make.FACTS,
        language="lv",
        passage=Passage(1, {"solution": "Publicēt pamatotu atbildi, bez vārdiem."}),
        by=anna,
    )
    assert made.revision == 1
    assert shown.solution == "Publicēt pamatotu atbildi, bez vārdiem."
    first = revision(shown, 1)
    assert first is not None
    assert first.withheld_at is not None
    undo_decision(made, by=anna)
    assert first.withheld_at is None


@pytest.mark.parametrize(
    ("rule", "facts", "field"),
    [
        ("personal", "", "facts"),
        ("personal", " \u200b … ", "facts"),
        ("personal", "Tekstā ir … personas dati.", "facts"),
        ("personal", "a" * 2001, "facts"),
        ("", "Iemesls", "rule"),
        ("nonsense", "Iemesls", "rule"),
        ("unclear", "Neskaidrs", "rule"),
    ],
)
def test_without_a_rule_and_specific_facts_nothing_is_decided(
    here: Campaign, anna: Account, rule: str, facts: str, field: str
) -> None:
    shown = proposal(here)
    with pytest.raises(Invalid) as refused:
        make.decision(shown, rule=rule, facts=facts, by=anna)
    assert field in refused.value.faults
    assert shown.state is State.PUBLISHED


def test_neither_a_citizen_nor_a_moderator_of_another_campaign_decides(here: Campaign) -> None:
    shown, comes_from = proposal(here), campaign(Stage.SORTING)
    for stranger in (account(), moderator(comes_from), administrator()):
        with pytest.raises(NotAllowed):
            make.decision(shown, by=stranger)
        with pytest.raises(NotAllowed):
            publish_at_desk(make.matter(shown), by=stranger)
        with pytest.raises(NotAllowed):
            claim(f"proposal:{shown.id}", here, by=stranger)


def test_nobody_decides_about_their_own(here: Campaign, anna: Account) -> None:
    own = proposal(here, author=anna, state=State.SUBMITTED)
    with pytest.raises(NotAllowed, match="another moderator"):
        publish_at_desk(make.matter(own), by=anna)
    with pytest.raises(NotAllowed, match="another moderator"):
        make.decision(own, DecisionAct.RETURN, by=anna)
    with pytest.raises(NotAllowed, match="another moderator"):
        target = make.matter(proposal(here))
        merge_at_desk([make.matter(own)], into=target, reason="Viens un tas pats.", by=anna)


def test_the_second_one_hears_who_decided_what(
    here: Campaign, anna: Account, boris: Account
) -> None:
    waiting = proposal(here, state=State.SUBMITTED)
    publish_at_desk(make.matter(waiting), by=anna)
    with pytest.raises(Conflict, match=r"Anna .*published"):
        make.decision(waiting, DecisionAct.RETURN, by=boris)
    make.decision(waiting, by=anna)
    with pytest.raises(Conflict, match=r"Anna .*hidden"):
        make.decision(waiting, by=boris, facts="Cits iemesls.")


def test_the_same_pressed_twice_stands_once(here: Campaign, anna: Account) -> None:
    waiting, shown = proposal(here, state=State.SUBMITTED), proposal(here)
    for _twice in range(2):
        publish_at_desk(make.matter(waiting), by=anna)
        make.decision(shown, by=anna)
    assert [step.became for step in steps_of(waiting)] == [State.SUBMITTED, State.PUBLISHED]
    assert len(db.session.scalars(select(Decision)).all()) == 1


def test_what_somebody_works_on_nobody_else_decides_for_half_an_hour(
    here: Campaign, anna: Account, boris: Account
) -> None:
    waiting = proposal(here, state=State.SUBMITTED)
    claim(f"proposal:{waiting.id}", here, by=anna)
    with pytest.raises(Conflict, match="Anna is working"):
        claim(f"proposal:{waiting.id}", here, by=boris)
    with pytest.raises(Conflict, match="Anna is working"):
        publish_at_desk(make.matter(waiting), by=boris)
    db.session.commit()
    clock.set_offset(timedelta(minutes=31))
    publish_at_desk(make.matter(waiting), by=boris)
    assert waiting.state is State.PUBLISHED


def test_a_claim_given_back_is_free(here: Campaign, anna: Account, boris: Account) -> None:
    waiting = proposal(here, state=State.SUBMITTED)
    subject = f"proposal:{waiting.id}"
    claim(subject, here, by=anna)
    release(subject, here, by=boris)
    assert queries.claim_on(subject, at=clock.now()) is not None
    release(subject, here, by=anna)
    claim(subject, here, by=boris)


# ── Taking back ──────────────────────────────────────────────────────────────────────────────


def test_each_act_can_be_taken_back_at_once(here: Campaign, anna: Account) -> None:
    waiting = proposal(here, state=State.SUBMITTED)
    publish_at_desk(make.matter(waiting), by=anna)
    undo_publication(make.matter(waiting), by=anna)
    undo_publication(make.matter(waiting), by=anna)
    assert waiting.state is State.SUBMITTED
    returned = make.decision(waiting, DecisionAct.RETURN, by=anna)
    undo_decision(returned, by=anna)
    undo_decision(returned, by=anna)
    assert (waiting.state, returned.undone_by_id) == (State.SUBMITTED, anna.id)
    shown, said = proposal(here), make.comment(waiting)
    for thing in (shown, said):
        undo_decision(make.decision(thing, by=anna), by=anna)
    assert shown.state is State.PUBLISHED
    assert said.hidden_at is None
    assert events().count("decision.undone") == 3


def test_after_ten_minutes_or_by_another_it_cannot(
    here: Campaign, anna: Account, boris: Account
) -> None:
    made = make.decision(proposal(here), by=anna)
    with pytest.raises(NotAllowed):
        undo_decision(made, by=boris)
    clock.set_offset(timedelta(minutes=10))
    with pytest.raises(NotAllowed, match="Ten minutes"):
        undo_decision(made, by=anna)


def test_what_somebody_decided_since_is_not_overturned_by_undoing(
    here: Campaign, anna: Account, boris: Account
) -> None:
    shown = proposal(here)
    made = make.decision(shown, by=anna)
    make.decision(shown, DecisionAct.RESTORE, facts="Bija kļūda.", by=boris)
    with pytest.raises(Conflict, match=r"Boriss .*shown again"):
        undo_decision(made, by=anna)


def test_merging_at_the_desk_and_taking_it_back(here: Campaign, anna: Account) -> None:
    waiting, target = proposal(here, state=State.SUBMITTED), proposal(here)
    for _twice in range(2):
        [merge] = merge_at_desk(
            [make.matter(waiting)],
            into=make.matter(target),
            reason="Par vienu un to pašu.",
            title="Katram priekšlikumam pamatota atbilde",
            by=anna,
        )
    assert merge.source.state is State.MERGED
    assert target.title == "Katram priekšlikumam pamatota atbilde"
    undo_merge_at_desk(merge, by=anna)
    undo_merge_at_desk(merge, by=anna)
    assert waiting.state is State.SUBMITTED
    with pytest.raises(Invalid):
        merge_at_desk([make.matter(waiting)], into=make.matter(target), reason="…", by=anna)


def test_the_desk_offers_what_can_still_be_taken_back(here: Campaign, anna: Account) -> None:
    waiting, shown = proposal(here, state=State.SUBMITTED), proposal(here)
    publish_at_desk(make.matter(waiting), by=anna)
    made = make.decision(shown, by=anna)
    deeds = queries.deeds_of(anna.id, here, at=clock.now())
    assert [decision.id for decision in deeds.decisions] == [made.id]
    assert [published.id for _step, published in deeds.publications] == [waiting.id]
    undo_decision(made, by=anna)
    undo_publication(make.matter(waiting), by=anna)
    assert queries.deeds_of(anna.id, here, at=clock.now()) == queries.Deeds([], [], [])


# ── Suspending ───────────────────────────────────────────────────────────────────────────────


def test_an_account_is_suspended_by_a_decision_and_let_go_by_another(
    here: Campaign, anna: Account
) -> None:
    rude = account("Rupjais")
    proposal(here, author=rude)
    made = make.decision(rude, DecisionAct.SUSPEND, campaign=here, rule="insult", by=anna)
    assert rude.is_suspended
    assert (made.concerns_id, made.proposal_id) == (rude.id, None)
    make.decision(rude, DecisionAct.LIFT, campaign=here, facts="Atvainojās.", by=anna)
    assert not rude.is_suspended


def test_only_who_writes_here_and_holds_no_office_is_suspended(
    here: Campaign, anna: Account, boris: Account
) -> None:
    proposal(here, author=boris)
    with pytest.raises(NotAllowed, match="holds an office"):
        make.decision(boris, DecisionAct.SUSPEND, campaign=here, by=anna)
    assert queries.matter("account", account().id, here) is None
