"""The whole way of a proposal and of a commitment, read from both ends."""

from datetime import timedelta

import pytest
from flask import Flask

from app.answers.models import Outcome
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.commitments import queries as commitment_queries
from app.commitments.actions import open_consultation, promote_proposal, retract_origin
from app.commitments.models import Relation
from app.foundation import clock
from app.foundation.db import db
from app.proposals.models import Merge, Proposal, State
from app.review.models import ChangeKind, ShortlistChange
from app.trace import queries
from app.trace.lineage import Kind, Knot, of_commitment, of_proposal
from app.voting.models import Count, Tally
from tests.make import answers, campaigns, commitments, proposals

SECOND = timedelta(seconds=1)


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.ANSWERING)


def way(proposal: Proposal) -> list[Knot]:
    db.session.expire_all()
    return of_proposal(queries.rows_of_proposal(proposal))


def kinds(proposal: Proposal) -> list[Kind]:
    return [knot.kind for knot in way(proposal)]


def merge(source: Proposal, target: Proposal, *, undone: bool = False) -> Merge:
    at = clock.now()
    made = Merge(
        source_id=source.id,
        target_id=target.id,
        revision=2,
        reason="Abi lūdz to pašu.",
        merged_at=at,
        merged_by_id=target.author_id,
        undone_at=at + SECOND if undone else None,
        undone_by_id=target.author_id if undone else None,
        undo_reason="Nav tas pats." if undone else None,
    )
    db.session.add(made)
    if not undone:
        source.state, source.merged_into_id = State.MERGED, target.id
    db.session.commit()
    return made


def test_a_proposals_way_is_told_from_submission_to_the_consultation(campaign: Campaign) -> None:
    moderator = campaigns.moderator(campaign)
    proposal, other = proposals.proposal(campaign), proposals.proposal(campaign)
    merge(other, proposal)
    db.session.add(
        Tally(
            campaign_id=campaign.id, participants=3, supports=5, verified=0, counted_at=clock.now()
        )
    )
    db.session.flush()
    db.session.add(Count(campaign_id=campaign.id, proposal_id=proposal.id, supports=3, place=1))
    commitments.concluded(commitments.shortlisted(proposal))
    made = promote_proposal(
        proposal,
        into=None,
        title="",
        relation=Relation.ADOPTED,
        reason="Grupa iesaka.",
        by=moderator,
    )
    answers.answer(proposal, Outcome.ADOPTED)
    open_consultation(
        made,
        closes_on=(clock.now() + timedelta(days=9)).date(),
        reason="Ko teiksiet?",
        by=moderator,
    )
    db.session.commit()
    assert kinds(proposal) == [
        Kind.SUBMITTED,
        Kind.PUBLISHED,
        Kind.GATHERED,
        Kind.COUNTED,
        Kind.SHORTLISTED,
        Kind.CONCLUDED,
        Kind.PROMOTED,
        Kind.ANSWERED,
        Kind.CONSULTATION,
    ]
    promoted = next(knot for knot in way(proposal) if knot.kind is Kind.PROMOTED)
    assert (promoted.by, promoted.why) == ("Moderatore", "Grupa iesaka.")
    assert promoted.facts["revision"] == 1
    made = commitment_queries.commitment(made.id) or made
    there = [knot.kind for knot in of_commitment(queries.rows_of_commitment(made))]
    assert there == [Kind.DRAFTED, Kind.PROMOTED, Kind.CONSULTATION]


def test_a_merge_and_its_undoing_are_both_told(campaign: Campaign) -> None:
    target, source = proposals.proposal(campaign), proposals.proposal(campaign)
    merge(source, target, undone=True)
    assert kinds(source)[-2:] == [Kind.MERGED, Kind.MERGE_UNDONE]
    assert kinds(target)[-2:] == [Kind.GATHERED, Kind.MERGE_UNDONE]
    assert way(source)[-1].why == "Nav tas pats."


def test_a_merged_one_shows_its_targets_answer(campaign: Campaign) -> None:
    target, source = proposals.proposal(campaign), proposals.proposal(campaign)
    merge(source, target)
    answers.answer(target)
    knot = way(source)[-1]
    assert knot.kind is Kind.ANSWERED
    assert knot.facts["inherited_from"] == target.reference


def test_changes_to_the_shortlist_keep_their_reasons(campaign: Campaign) -> None:
    proposal = proposals.proposal(campaign)
    entry = commitments.shortlisted(proposal)
    db.session.add(
        ShortlistChange(
            entry_id=entry.id,
            kind=ChangeKind.REMOVED,
            reason="Dublē likumu.",
            changed_at=clock.now(),
            changed_by_id=proposal.author_id,
        )
    )
    db.session.commit()
    knot = way(proposal)[-1]
    assert (knot.kind, knot.why) == (Kind.TAKEN_OFF_SHORTLIST, "Dublē likumu.")


def test_a_retraction_is_told_on_both_sides(campaign: Campaign) -> None:
    proposal, moderator = proposals.proposal(campaign), campaigns.moderator(campaign)
    made = commitments.commitment(campaign)
    origin = commitments.origin(made, proposal)
    retract_origin(origin, reason="Pārpratums.", by=moderator)
    db.session.commit()
    assert kinds(proposal)[-2:] == [Kind.ORIGIN, Kind.ORIGIN_RETRACTED]
    there = of_commitment(queries.rows_of_commitment(made))
    assert [knot.kind for knot in there][-2:] == [Kind.ORIGIN, Kind.ORIGIN_RETRACTED]


def test_who_has_left_has_no_name_and_the_clock_is_nobody(campaign: Campaign) -> None:
    proposal = proposals.proposal(campaign)
    proposal.author.erased_at = clock.now()
    db.session.commit()
    submitted, published = way(proposal)
    assert (submitted.by, published.by) == ("", None)


def test_a_hidden_ones_title_and_count_are_not_told(campaign: Campaign) -> None:
    target = proposals.proposal(campaign)
    source = proposals.proposal(campaign, title="Noslēpums un kauns", state=State.HIDDEN)
    db.session.add(
        Merge(
            source_id=source.id,
            target_id=target.id,
            revision=2,
            reason="Tas pats.",
            merged_at=clock.now(),
            merged_by_id=target.author_id,
        )
    )
    db.session.add(
        Tally(
            campaign_id=campaign.id, participants=3, supports=5, verified=0, counted_at=clock.now()
        )
    )
    db.session.flush()
    db.session.add(Count(campaign_id=campaign.id, proposal_id=source.id, supports=3, place=1))
    db.session.commit()
    assert "Noslēpums" not in str([knot.facts for knot in way(target)])
    assert Kind.COUNTED not in kinds(source)
