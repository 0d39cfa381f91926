"""One act turns a shortlisted proposal into a draft commitment, and writes where it came from."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.commitments import queries
from app.commitments.actions import promote_proposal
from app.commitments.models import Commitment, CommitmentState, Field, Relation
from app.commitments.vocabulary import PROMOTABLE, RELATION_OF
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.foundation.refusals import Conflict, Invalid, NotAllowed, NotFound
from app.proposals.models import Proposal, State
from app.review.models import Recommendation
from tests.make import campaigns, commitments, groups, proposals
from tests.make.accounts import account


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.REVIEW)


def ready(campaign: Campaign, recommendation: Recommendation = Recommendation.TAKE_UP) -> Proposal:
    """A shortlisted proposal on which the group has concluded."""
    proposal = proposals.proposal(campaign)
    commitments.concluded(commitments.shortlisted(proposal), recommendation)
    return proposal


def promote(proposal: Proposal, by: Any, **changes: Any) -> Commitment:
    wishes: dict[str, Any] = {
        "into": None,
        "title": "",
        "relation": Relation.ADOPTED,
        "reason": "Grupa to iesaka.",
        **changes,
    }
    return promote_proposal(proposal, by=by, **wishes)


def test_a_shortlisted_proposal_becomes_a_draft_with_its_words(campaign: Campaign) -> None:
    proposal = ready(campaign)
    made = promote(proposal, campaigns.moderator(campaign))
    assert (made.number, made.state) == (1, CommitmentState.DRAFT)
    version = made.current
    assert version.title.wordings == {"lv": proposal.title}
    assert version.problem.wordings == {"lv": proposal.situation}
    assert version.solution.wordings == {"lv": proposal.solution}
    assert not version.results


def test_its_origin_names_version_revision_relation_and_reason(campaign: Campaign) -> None:
    proposal, moderator = ready(campaign), campaigns.moderator(campaign)
    made = promote(proposal, moderator, relation="adopted_in_part")
    [origin] = queries.origins_of(made)
    assert (origin.version, origin.revision) == (1, 1)
    assert origin.proposal_id == proposal.id
    assert origin.relation is Relation.ADOPTED_IN_PART
    assert origin.reason == "Grupa to iesaka."
    assert origin.written_by_id == moderator.id
    assert origin.is_promotion


def test_the_group_and_the_author_can_be_told(campaign: Campaign) -> None:
    made = promote(ready(campaign), campaigns.moderator(campaign))
    [record] = db.session.scalars(
        select(EventRecord).where(EventRecord.name == "proposal.promoted")
    )
    assert record.details["commitment_id"] == made.id
    assert record.campaign_id == campaign.id


def test_commitments_are_numbered_in_their_campaign(campaign: Campaign) -> None:
    moderator = campaigns.moderator(campaign)
    numbers = [promote(ready(campaign), moderator).number for _ in range(3)]
    assert numbers == [1, 2, 3]


def test_a_proposal_off_the_shortlist_is_refused_with_what_is_missing(campaign: Campaign) -> None:
    with pytest.raises(NotAllowed, match="on the shortlist"):
        promote(proposals.proposal(campaign), campaigns.moderator(campaign))


def test_without_the_groups_conclusion_it_is_refused(campaign: Campaign) -> None:
    proposal = proposals.proposal(campaign)
    commitments.shortlisted(proposal)
    with pytest.raises(NotAllowed, match="has not concluded"):
        promote(proposal, campaigns.moderator(campaign))


def test_a_campaign_may_do_without_the_conclusion(app: Flask) -> None:
    campaign = campaigns.campaign(Stage.REVIEW, conclusion_before_promotion=False)
    proposal = proposals.proposal(campaign)
    commitments.shortlisted(proposal)
    assert promote(proposal, campaigns.moderator(campaign)).number == 1


@pytest.mark.parametrize("word", sorted(set(Recommendation) - PROMOTABLE))
def test_what_the_group_does_not_recommend_is_refused(
    campaign: Campaign, word: Recommendation
) -> None:
    with pytest.raises(NotAllowed, match="does not recommend"):
        promote(ready(campaign, word), campaigns.moderator(campaign))


def test_every_recommendation_has_its_place_in_the_vocabulary() -> None:
    assert set(RELATION_OF) == set(Recommendation)
    assert {RELATION_OF[word] for word in PROMOTABLE} == set(Relation)


def test_only_a_moderator_or_the_chair_of_its_group_may(campaign: Campaign) -> None:
    group = groups.group()
    chair, member = groups.seat(group, chair=True).account, groups.seat(group).account
    proposal = proposals.proposal(campaign)
    commitments.concluded(commitments.shortlisted(proposal, group))
    other_chair = groups.seat(groups.group(), chair=True).account
    for person in (account(), member, other_chair, campaigns.organiser(campaign), proposal.author):
        with pytest.raises(NotAllowed, match="Only a moderator"):
            promote(proposal, person)
    assert promote(proposal, chair).group_id == group.id


def test_the_moderator_of_another_campaign_may_not(campaign: Campaign) -> None:
    other = campaigns.moderator(campaigns.campaign(Stage.REVIEW))
    with pytest.raises(NotAllowed):
        promote(ready(campaign), other)


def test_promoted_twice_it_says_where_it_already_is(campaign: Campaign) -> None:
    proposal, moderator = ready(campaign), campaigns.moderator(campaign)
    promote(proposal, moderator)
    with pytest.raises(Conflict, match="No 1"):
        promote(proposal, moderator)


def test_a_reason_and_a_relation_are_needed(campaign: Campaign) -> None:
    proposal, moderator = ready(campaign), campaigns.moderator(campaign)
    with pytest.raises(Invalid):
        promote(proposal, moderator, reason=" … ")
    with pytest.raises(Invalid):
        promote(proposal, moderator, relation="copied")


def test_taken_into_another_commitment_its_solution_is_the_last_paragraph(
    campaign: Campaign,
) -> None:
    moderator = campaigns.moderator(campaign)
    first = promote(ready(campaign), moderator)
    second = proposals.proposal(campaign, solution="Bērniem atbildēt bērnu valodā.")
    commitments.concluded(commitments.shortlisted(second, position=2))
    made = promote(second, moderator, into=first, relation=Relation.COMBINED)
    assert made.id == first.id
    assert made.current_version == 2
    assert made.current.solution.wordings["lv"].endswith("\n\nBērniem atbildēt bērnu valodā.")
    origin = queries.origins_of(made)[-1]
    assert (origin.version, origin.field) == (2, Field.SOLUTION)
    with pytest.raises(Conflict):
        promote(second, moderator, into=first)


def test_words_of_another_language_are_not_mixed_in(campaign: Campaign) -> None:
    moderator = campaigns.moderator(campaign)
    first = promote(ready(campaign), moderator)
    other = proposals.proposal(campaign, language="lt", solution="Atsakyti kiekvienam.")
    commitments.concluded(commitments.shortlisted(other, position=2))
    assert promote(other, moderator, into=first).current_version == 1


def test_it_cannot_go_into_a_commitment_of_another_campaign(campaign: Campaign) -> None:
    elsewhere = commitments.commitment(campaigns.campaign(Stage.REVIEW))
    with pytest.raises(NotFound):
        promote(ready(campaign), campaigns.moderator(campaign), into=elsewhere)


def test_a_hidden_proposal_cannot_be_promoted(campaign: Campaign) -> None:
    proposal = ready(campaign)
    proposal.state = State.HIDDEN
    with pytest.raises(NotAllowed):
        promote(proposal, campaigns.moderator(campaign))
