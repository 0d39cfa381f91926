"""What became of everything that was ever public adds up, in numbers and in threads."""

import pytest
from flask import Flask

from app.answers.models import Outcome
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.proposals.models import State
from app.trace.drawing import ACROSS, DOWN, MOST_THREADS, drawn
from app.trace.flow import End, EndKind, Flow, flow_of
from tests.make import answers, campaigns, commitments, proposals


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.ANSWERING)


def test_every_public_proposal_is_in_exactly_one_end(campaign: Campaign) -> None:
    adopted, denied, waiting = (proposals.proposal(campaign) for _ in range(3))
    for target in (adopted, adopted, denied):
        proposals.proposal(campaign, state=State.MERGED, merged_into_id=target.id)
    proposals.proposal(campaign, state=State.HIDDEN)
    proposals.proposal(campaign, state=State.WITHDRAWN)
    proposals.proposal(campaign, state=State.WITHDRAWN, published_at=None)
    for never in (State.DRAFT, State.SUBMITTED, State.RETURNED):
        proposals.proposal(campaign, state=never)
    commitments.shortlisted(adopted)
    made = commitments.commitment(campaign)
    commitments.origin(made, adopted)
    commitments.origin(commitments.commitment(campaign, number=2), adopted)
    answers.answer(adopted, Outcome.ADOPTED)
    answers.answer(denied, Outcome.REFERRED)
    answers.answer(denied, Outcome.NOT_ADOPTED, number=2)
    flow = flow_of(campaign)
    assert flow.total == 8 == sum(end.total for end in flow.ends)
    assert (flow.withdrawn, flow.hidden, flow.merged, flow.kept) == (1, 1, 3, 6)
    [woven] = flow.commitments
    assert woven.commitment is not None
    assert (woven.commitment.id, woven.own, woven.merged, woven.shortlisted) == (made.id, 1, 2, 3)
    [otherwise] = flow.outcomes
    assert (otherwise.outcome, otherwise.own, otherwise.merged) == (Outcome.NOT_ADOPTED, 1, 1)
    assert flow.waiting == 1
    assert flow.adopted + flow.answered_otherwise + flow.waiting == flow.kept
    assert waiting.reference


def flow(*numbers: int) -> Flow:
    kinds = [EndKind.ANSWERED, EndKind.WAITING, EndKind.WITHDRAWN, EndKind.HIDDEN]
    return Flow(
        [
            End(kind, number, 0, 0, Outcome.NOT_ADOPTED if kind is EndKind.ANSWERED else None)
            for kind, number in zip(kinds, numbers, strict=False)
        ]
    )


@pytest.mark.parametrize("style", [ACROSS, DOWN])
@pytest.mark.parametrize("numbers", [(), (1,), (2, 1), (60, 7, 2, 2), (18_000, 1_900, 60, 40)])
def test_each_proposal_is_a_thread_or_a_share_of_one(
    numbers: tuple[int, ...], style: object
) -> None:
    assert style in {ACROSS, DOWN}
    told = flow(*numbers)
    picture = drawn(told, ACROSS if style is ACROSS else DOWN, downwards=style is DOWN)
    threads = sum(path.count("M") for path in (picture.into, picture.rest, picture.stopped))
    assert threads <= MOST_THREADS + len(numbers)
    if told.total <= MOST_THREADS:
        assert (threads, picture.one_stands_for) == (told.total, 1)
    assert "nan" not in picture.rest and picture.width > 0


def test_the_same_flow_is_the_same_picture() -> None:
    assert drawn(flow(60, 7, 2), ACROSS, downwards=False) == drawn(
        flow(60, 7, 2), ACROSS, downwards=False
    )
