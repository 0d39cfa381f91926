"""``flask trace check`` lists every torn thread, and is quick."""

import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from app.answers.models import Answer, Outcome
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.comments.models import Thread
from app.commitments.models import Commitment, CommitmentState, CommitmentStep, Relation
from app.foundation import clock
from app.foundation.db import db
from app.proposals.models import Merge, Proposal, Revision, State, Step
from app.trace.gaps import Tear, gaps
from tests.make import answers, campaigns, commitments, proposals
from tests.make.accounts import account


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.ANSWERING)


def tears(campaign: Campaign | None = None) -> list[str]:
    db.session.commit()
    return [gap.tear.name for gap in gaps(campaign)]


def test_a_campaign_carried_through_has_none(campaign: Campaign) -> None:
    proposal, other = proposals.proposal(campaign), proposals.proposal(campaign)
    source = proposals.proposal(campaign)
    db.session.add(
        Merge(
            source_id=source.id,
            target_id=proposal.id,
            revision=1,
            reason="Tas pats.",
            merged_at=clock.now(),
            merged_by_id=proposal.author_id,
        )
    )
    db.session.add(
        Step(proposal_id=source.id, was=source.state, became=State.MERGED, taken_at=clock.now())
    )
    source.state, source.merged_into_id = State.MERGED, proposal.id
    made = commitments.commitment(campaign, state=CommitmentState.APPROVED)
    commitments.origin(made, proposal)
    commitments.origin(made, source, relation=Relation.COMBINED)
    answers.answer(proposal, Outcome.ADOPTED)
    answers.answer(other)
    proposals.proposal(campaign, state=State.HIDDEN)
    proposals.proposal(campaign, state=State.DRAFT)
    campaign.concluded_at = clock.now()
    assert tears() == tears(campaign) == []


def test_somebody_who_waits_is_a_gap_once_the_campaign_is_concluded(campaign: Campaign) -> None:
    proposals.proposal(campaign)
    assert tears() == []
    campaign.concluded_at = clock.now()
    assert tears() == ["UNANSWERED"]


def test_answers_and_origins_that_do_not_agree(campaign: Campaign) -> None:
    made = commitments.commitment(campaign)
    without, retracted, denied, unanswered = (proposals.proposal(campaign) for _ in range(4))
    answers.answer(without, Outcome.ADOPTED)
    commitments.retracted(commitments.origin(made, retracted))
    answers.answer(retracted, Outcome.ADOPTED)
    commitments.origin(made, denied)
    answers.answer(denied)
    commitments.origin(made, unanswered)
    found = {(gap.tear, gap.where) for gap in gaps(campaign)}
    assert found == {
        (Tear.ANSWER_WITHOUT_ORIGIN, without.reference),
        (Tear.RETRACTED, retracted.reference),
        (Tear.ANSWER_DENIES_ORIGIN, denied.reference),
        (Tear.ORIGIN_WITHOUT_ANSWER, unanswered.reference),
    }


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"state": State.MERGED}, ["MERGED_WITHOUT_TARGET", "MERGE_WITHOUT_TRACE", "STATE"]),
        ({"state": State.HIDDEN}, ["STATE"]),
        ({"current_revision": 3}, ["REVISIONS"]),
    ],
)
def test_a_proposal_that_is_not_what_its_rows_say(
    campaign: Campaign, change: dict[str, Any], found: list[str]
) -> None:
    proposal = proposals.proposal(campaign)
    db.session.execute(update(Proposal).where(Proposal.id == proposal.id).values(**change))
    assert tears(campaign) == found


def test_revisions_and_answers_out_of_order(campaign: Campaign) -> None:
    proposal = proposals.proposal(campaign)
    answers.answer(proposal, number=2)
    db.session.execute(update(Revision).values(number=4))
    assert tears(campaign) == ["REVISIONS", "ANSWERS"]


def test_a_merge_that_stands_while_the_proposal_does_too(campaign: Campaign) -> None:
    proposal, target = proposals.proposal(campaign), proposals.proposal(campaign)
    db.session.add(
        Merge(
            source_id=proposal.id,
            target_id=target.id,
            revision=1,
            reason="Tas pats.",
            merged_at=clock.now(),
            merged_by_id=target.author_id,
        )
    )
    assert tears(campaign) == ["MERGE_WITHOUT_TRACE"]


def test_a_commitment_that_is_not_what_its_rows_say(campaign: Campaign) -> None:
    commitments.commitment(campaign, state=CommitmentState.FINAL)
    assert tears(campaign) == ["OUT_OF_DRAFT"]
    db.session.execute(update(Commitment).values(state=CommitmentState.REVISED, current_version=2))
    assert tears(campaign) == ["OUT_OF_DRAFT", "COMMITMENT_STATE", "VERSIONS"]
    db.session.execute(delete(CommitmentStep))
    assert "COMMITMENT_STATE" in tears(campaign)


def test_the_command_lists_each_and_says_so_with_its_exit_code(
    app: Flask, campaign: Campaign
) -> None:
    run = app.test_cli_runner().invoke
    fine = run(args=["trace", "check"])
    assert (fine.exit_code, fine.output) == (0, "No gap: every thread has its end.\n")
    proposal = proposals.proposal(campaign)
    answers.answer(proposal, Outcome.ADOPTED)
    torn = run(args=["trace", "check", campaign.slug])
    assert torn.exit_code == 1
    assert torn.output == f"{proposal.reference}: answer without origin\n1 gap.\n"
    other = campaigns.campaign(Stage.ANSWERING)
    db.session.commit()
    assert run(args=["trace", "check", other.slug]).exit_code == 0
    assert "There is no campaign" in run(args=["trace", "check", "nav"]).output


def test_twenty_thousand_proposals_are_checked_in_seconds(campaign: Campaign) -> None:
    many = 20_000
    author = account()
    at = clock.now()
    db.session.execute(insert(Thread), [{} for _ in range(many)])
    threads = list(db.session.scalars(select(Thread.id).order_by(Thread.id)))[-many:]
    db.session.execute(
        insert(Proposal),
        [
            {
                "campaign_id": campaign.id,
                "reference": f"M-{number:05}",
                "author_id": author.id,
                "language": "lv",
                "title": "Viens no daudziem",
                "title_folded": "viens no daudziem",
                "lemmas": "",
                "values": [],
                "state": State.PUBLISHED,
                "current_revision": 1,
                "thread_id": thread,
                "created_at": at,
                "saved_at": at,
                "submitted_at": at,
                "published_at": at,
            }
            for number, thread in enumerate(threads)
        ],
    )
    ids = list(db.session.scalars(select(Proposal.id).order_by(Proposal.id)))
    db.session.execute(
        insert(Revision),
        [
            {
                "proposal_id": each,
                "number": 1,
                "title": "Viens",
                "situation": "",
                "solution": "",
                "values": [],
                "written_by_id": author.id,
                "written_at": at,
            }
            for each in ids
        ],
    )
    db.session.execute(
        insert(Step),
        [{"proposal_id": each, "became": State.PUBLISHED, "taken_at": at} for each in ids],
    )
    db.session.execute(
        insert(Answer),
        [
            {
                "proposal_id": each,
                "number": 1,
                "outcome": Outcome.NOT_ADOPTED,
                "language": "lv",
                "text": answers.REASONS,
                "on_behalf_of": "Kanceleja",
                "answered_at": at,
                "answered_by_id": author.id,
            }
            for each in ids
        ],
    )
    db.session.commit()
    began = time.monotonic()
    assert tears() == []
    took = time.monotonic() - began
    assert took < 10
