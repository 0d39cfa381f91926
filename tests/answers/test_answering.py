"""No proposal ends without a published, reasoned answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.accounts.models import Account
from app.answers import queries
from app.answers.actions import answer_proposal, answer_several
from app.answers.models import Answer, Outcome
from app.answers.vocabulary import RELATION_BEHIND, VOCABULARY
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.commitments.models import Relation
from app.foundation import clock
from app.foundation.db import db
from app.foundation.refusals import Conflict, Invalid, NotAllowed
from app.foundation.transactions import transaction
from app.proposals.models import Proposal, State
from app.review.models import Recommendation
from tests.make import answers, campaigns, commitments, proposals
from tests.make.accounts import account
from tests.make.answers import REASONS


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.ANSWERING)


def answer(proposal: Proposal, by: Account, **changes: Any) -> Answer:
    wishes: dict[str, Any] = {
        "outcome": Outcome.NOT_ADOPTED,
        "text": REASONS,
        "language": "lv",
        "on_behalf_of": "Valsts kanceleja",
        **changes,
    }
    return answer_proposal(proposal, by=by, **wishes)


def test_an_answer_says_what_became_of_it_and_why(campaign: Campaign) -> None:
    proposal, moderator = proposals.proposal(campaign), campaigns.moderator(campaign)
    made = answer(proposal, moderator)
    assert queries.answer_in_force(proposal) is made
    assert (made.number, made.on_behalf_of) == (1, "Valsts kanceleja")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "Nē."}, "text"),
        ({"text": "a" * 5001}, "text"),
        ({"on_behalf_of": " "}, "on_behalf_of"),
        ({"outcome": ""}, "outcome"),
        ({"outcome": "maybe"}, "outcome"),
        ({"outcome": "referred"}, "referred_to"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    campaign: Campaign, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        answer(proposals.proposal(campaign), campaigns.moderator(campaign), **wrong)
    assert set(refused.value.faults) == {field}


def test_referred_says_to_whom_and_others_do_not(campaign: Campaign) -> None:
    moderator = campaigns.moderator(campaign)
    made = answer(
        proposals.proposal(campaign), moderator, outcome="referred", referred_to="Rīgas dome"
    )
    assert made.referred_to == "Rīgas dome"
    other = answer(proposals.proposal(campaign), moderator, referred_to="Rīgas dome")
    assert other.referred_to is None


@pytest.mark.parametrize("row", VOCABULARY, ids=lambda row: row.outcome.value)
def test_the_first_four_kinds_rest_on_an_origin_that_says_the_same(
    campaign: Campaign, row: Any
) -> None:
    proposal, moderator = proposals.proposal(campaign), campaigns.moderator(campaign)
    wishes = {"outcome": row.outcome, "referred_to": "Kāds"}
    if row.relation is None:
        assert answer(proposal, moderator, **wishes).outcome is row.outcome
        return
    with pytest.raises(Invalid, match="needs an origin"):
        answer(proposal, moderator, **wishes)
    made = commitments.commitment(campaign)
    other = next(word for word in Relation if word is not row.relation)
    commitments.origin(made, proposal, relation=other)
    with pytest.raises(Invalid, match="needs an origin"):
        answer(proposal, moderator, **wishes)
    origin = commitments.origin(made, proposal, relation=row.relation)
    commitments.retracted(origin)
    with pytest.raises(Invalid, match="needs an origin"):
        answer(proposal, moderator, **wishes)
    commitments.origin(made, proposal, relation=row.relation)
    assert answer(proposal, moderator, **wishes).outcome is row.outcome


def test_what_lives_on_cannot_be_answered_as_if_it_did_not(campaign: Campaign) -> None:
    proposal = proposals.proposal(campaign)
    commitments.origin(commitments.commitment(campaign), proposal)
    with pytest.raises(Invalid, match="lives on in commitment No 1"):
        answer(proposal, campaigns.moderator(campaign))


def test_the_vocabulary_is_one_table() -> None:
    assert [row.recommendation for row in VOCABULARY] == list(Recommendation)
    assert set(RELATION_BEHIND) == set(Outcome)
    assert {word for word in RELATION_BEHIND.values() if word} == set(Relation)


def test_a_revised_answer_keeps_the_earlier_readable(campaign: Campaign) -> None:
    proposal, moderator = proposals.proposal(campaign), campaigns.moderator(campaign)
    first = answer(proposal, moderator)
    second = answer(proposal, moderator, outcome="already_covered", based_on=1)
    assert [each.number for each in queries.answers_to(proposal)] == [2, 1]
    assert queries.answer_in_force(proposal) is second
    assert first.text == REASONS


def test_the_same_answer_twice_is_one(campaign: Campaign) -> None:
    proposal, moderator = proposals.proposal(campaign), campaigns.moderator(campaign)
    first = answer(proposal, moderator, based_on=0)
    assert answer(proposal, moderator, based_on=0) is first


def test_who_has_not_seen_the_answer_in_force_is_told(campaign: Campaign) -> None:
    proposal, moderator = proposals.proposal(campaign), campaigns.moderator(campaign)
    answer(proposal, moderator)
    with pytest.raises(Conflict, match="just answered"):
        answer(proposal, moderator, outcome="out_of_scope", based_on=0)


def test_only_a_moderator_of_the_campaign_answers(campaign: Campaign) -> None:
    proposal = proposals.proposal(campaign)
    other = campaigns.moderator(campaigns.campaign(Stage.ANSWERING))
    for person in (account(), proposal.author, other, campaigns.organiser(campaign)):
        with pytest.raises(NotAllowed, match="Only a moderator"):
            answer(proposal, person)


@pytest.mark.parametrize("stage", [Stage.SUBMISSION, Stage.SORTING, Stage.VOTING])
def test_nothing_is_answered_before_voting_has_closed(app: Flask, stage: Stage) -> None:
    campaign = campaigns.campaign(stage)
    with pytest.raises(NotAllowed, match="once voting has closed"):
        answer(proposals.proposal(campaign), campaigns.moderator(campaign))


@pytest.mark.parametrize("state", [State.MERGED, State.WITHDRAWN, State.HIDDEN, State.SUBMITTED])
def test_only_a_published_proposal_is_answered(campaign: Campaign, state: State) -> None:
    with pytest.raises(NotAllowed, match="Only a published"):
        answer(proposals.proposal(campaign, state=state), campaigns.moderator(campaign))


def test_a_merged_one_inherits_its_targets(campaign: Campaign) -> None:
    target, moderator = proposals.proposal(campaign), campaigns.moderator(campaign)
    source = proposals.proposal(campaign, state=State.MERGED, merged_into_id=target.id)
    assert queries.answer_in_force(source) is None
    made = answer(target, moderator)
    assert queries.answer_in_force(source) is made
    assert made.proposal_id != source.id


def test_several_alike_get_the_same_reasons_and_a_line_of_their_own(campaign: Campaign) -> None:
    moderator = campaigns.moderator(campaign)
    three = [proposals.proposal(campaign) for _ in range(3)]
    lines = {each.id: f"Jūsu numurs ir {each.reference}, un to ņēmām vērā." for each in three}
    wishes: dict[str, Any] = {
        "outcome": "not_adopted",
        "text": REASONS,
        "language": "lv",
        "on_behalf_of": "Valsts kanceleja",
        "by": moderator,
    }
    with pytest.raises(Invalid) as refused:
        answer_several(three, own_lines={**lines, three[1].id: "Nē."}, **wishes)
    assert set(refused.value.faults) == {f"own-{three[1].id}"}
    made = answer_several(three, own_lines=lines, **wishes)
    assert len({each.text for each in made}) == 3
    assert all(each.text.endswith(REASONS) for each in made)
    with pytest.raises(Invalid):
        answer_several([], own_lines={}, **wishes)


def test_coverage_is_told_from_the_first_day(campaign: Campaign) -> None:
    moderator = campaigns.moderator(campaign)
    first, second, third = (proposals.proposal(campaign) for _ in range(3))
    proposals.proposal(campaign, state=State.MERGED, merged_into_id=first.id)
    proposals.proposal(campaign, state=State.HIDDEN)
    told = queries.coverage(campaign)
    assert (told.answered, told.published, told.median_days, told.overdue) == (0, 3, None, 0)
    answers.answer(first, by=moderator, answered_at=campaign.review_closes_at + timedelta(days=4))
    answers.answer(second, by=moderator, answered_at=campaign.review_closes_at + timedelta(days=9))
    told = queries.coverage(campaign)
    assert (told.answered, told.waiting, told.median_days) == (2, 1, 6.5)
    assert round(told.percent) == 67
    answers.answer(third, by=moderator, answered_at=campaign.review_closes_at + timedelta(days=10))
    assert queries.coverage(campaign).median_days == 9
    assert queries.outcomes_of(campaign) == {Outcome.NOT_ADOPTED: 3}


def test_past_the_promised_day_who_waits_is_overdue(campaign: Campaign) -> None:
    proposals.proposal(campaign)
    db.session.commit()
    clock.set_offset(timedelta(days=70))
    told = queries.coverage(campaign)
    assert (told.overdue, told.is_overdue) == (1, True)
    assert told.waiting_days >= 60


def test_two_moderators_at_once_publish_one_answer_each_in_turn(
    app: Flask, campaign: Campaign
) -> None:
    proposal, moderator = proposals.proposal(campaign), campaigns.moderator(campaign)
    ids = proposal.id, moderator.id
    db.session.commit()

    def attempt(outcome: str) -> str:
        with app.app_context():
            try:
                with transaction():
                    answer(
                        db.session.get_one(Proposal, ids[0]),
                        db.session.get_one(Account, ids[1]),
                        outcome=outcome,
                        based_on=0,
                    )
            except Conflict:
                return "told"
            finally:
                db.session.remove()
            return "published"

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(attempt, ["not_adopted", "out_of_scope"]))
    assert results == ["published", "told"]
    db.session.expire_all()
    assert len(queries.answers_to(proposal)) == 1
