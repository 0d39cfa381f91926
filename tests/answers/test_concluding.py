"""A campaign ends once everybody is answered and no thread is torn."""

from datetime import timedelta

import pytest
from flask import Flask

from app.answers import queries
from app.answers.actions import conclude_campaign
from app.answers.lacks import Lack
from app.answers.models import Outcome
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage, stage_of
from app.commitments.models import Relation
from app.foundation import clock
from app.foundation.refusals import Invalid, NotAllowed
from app.proposals.models import State
from tests.make import answers, campaigns, commitments, proposals
from tests.make.accounts import account


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.ANSWERING)


def missing(campaign: Campaign) -> set[str]:
    with pytest.raises(Invalid) as refused:
        conclude_campaign(campaign, by=campaigns.organiser(campaign))
    return set(refused.value.faults)


def test_with_everything_answered_it_is_concluded(campaign: Campaign) -> None:
    adopted, other = proposals.proposal(campaign), proposals.proposal(campaign)
    proposals.proposal(campaign, state=State.MERGED, merged_into_id=adopted.id)
    proposals.proposal(campaign, state=State.HIDDEN)
    commitments.origin(commitments.commitment(campaign), adopted)
    answers.answer(adopted, Outcome.ADOPTED)
    answers.answer(other)
    conclude_campaign(campaign, by=campaigns.organiser(campaign))
    assert stage_of(campaign, clock.now() + timedelta(seconds=1)) is Stage.CONCLUDED


def test_one_unanswered_keeps_it_open(campaign: Campaign) -> None:
    waiting = proposals.proposal(campaign)
    assert missing(campaign) == {"unanswered"}
    [gap] = queries.gaps_of(campaign)
    assert (gap.lack, gap.reference) == (Lack.UNANSWERED, waiting.reference)


def test_an_origin_without_an_answer_is_a_gap(campaign: Campaign) -> None:
    proposal = proposals.proposal(campaign)
    commitments.origin(commitments.commitment(campaign), proposal)
    assert missing(campaign) == {"unanswered", "origin_without_answer"}


def test_a_merged_ones_origin_is_answered_with_its_target(campaign: Campaign) -> None:
    target = proposals.proposal(campaign)
    source = proposals.proposal(campaign, state=State.MERGED, merged_into_id=target.id)
    made = commitments.commitment(campaign)
    commitments.origin(made, target)
    commitments.origin(made, source, relation=Relation.COMBINED)
    assert queries.count_of_gaps(campaign)[Lack.ORIGIN_WITHOUT_ANSWER] == 2
    answers.answer(target, Outcome.ADOPTED)
    assert queries.count_of_gaps(campaign) == {}


def test_an_answer_whose_origin_was_retracted_is_a_gap(campaign: Campaign) -> None:
    proposal = proposals.proposal(campaign)
    origin = commitments.origin(commitments.commitment(campaign), proposal)
    answers.answer(proposal, Outcome.ADOPTED)
    assert queries.gaps_of(campaign) == []
    commitments.retracted(origin)
    assert missing(campaign) == {"answer_without_origin"}


def test_an_answer_of_another_kind_than_its_origin_is_a_gap(campaign: Campaign) -> None:
    part, denied = proposals.proposal(campaign), proposals.proposal(campaign)
    made = commitments.commitment(campaign)
    commitments.origin(made, part, relation=Relation.ADOPTED_IN_PART)
    commitments.origin(made, denied)
    answers.answer(part, Outcome.ADOPTED)
    answers.answer(denied, Outcome.NOT_ADOPTED)
    assert missing(campaign) == {"answer_without_origin", "answer_denies_origin"}


def test_only_the_answer_in_force_counts(campaign: Campaign) -> None:
    proposal = proposals.proposal(campaign)
    answers.answer(proposal, Outcome.ADOPTED)
    answers.answer(proposal, Outcome.NOT_ADOPTED, number=2)
    assert queries.gaps_of(campaign) == []


def test_other_campaigns_gaps_are_their_own(campaign: Campaign) -> None:
    proposals.proposal(campaigns.campaign(Stage.ANSWERING))
    assert queries.gaps_of(campaign) == []


def test_only_an_organiser_and_only_after_the_review(campaign: Campaign) -> None:
    for person in (account(), campaigns.moderator(campaign)):
        with pytest.raises(NotAllowed, match="Only an organiser"):
            conclude_campaign(campaign, by=person)
    early = campaigns.campaign(Stage.REVIEW)
    with pytest.raises(NotAllowed, match="once its review"):
        conclude_campaign(early, by=campaigns.organiser(early))


def test_it_is_concluded_once(campaign: Campaign) -> None:
    organiser = campaigns.organiser(campaign)
    conclude_campaign(campaign, by=organiser)
    with pytest.raises(NotAllowed, match="already ended"):
        conclude_campaign(campaign, by=organiser)
