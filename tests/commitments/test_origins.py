"""Where a commitment comes from: checked word for word, and never changed afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.commitments import queries
from app.commitments.actions import add_origin, retract_origin, save_version
from app.commitments.models import Commitment, CommitmentState, Field, Origin, Relation, SourceKind
from app.commitments.texts import DraftText
from app.foundation import clock
from app.foundation.db import db
from app.foundation.refusals import Conflict, Invalid, NotAllowed
from app.proposals.models import Revision, State
from tests.make import campaigns, commitments, groups, proposals
from tests.make.accounts import account


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.REVIEW)


def add(commitment: Commitment, by: Account, **changes: Any) -> Origin:
    wishes = {"relation": Relation.ADOPTED, "reason": "Gandrīz vārds vārdā.", **changes}
    return add_origin(commitment, by=by, **wishes)


def test_a_passage_on_either_side_is_kept_as_it_stands(campaign: Campaign) -> None:
    made, proposal = commitments.commitment(campaign), proposals.proposal(campaign)
    origin = add(
        made,
        campaigns.moderator(campaign),
        proposal=proposal,
        field=Field.SOLUTION,
        passage="„publicēsim pamatotu  atbildi.”",
        proposal_passage="publicēt pamatotu atbildi",
    )
    assert origin.passage == "publicēsim pamatotu atbildi."
    assert (origin.proposal_passage, origin.proposal_field) == (
        "publicēt pamatotu atbildi",
        "solution",
    )
    assert (origin.version, origin.revision) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"field": Field.SOLUTION, "passage": "to neviens nav teicis"}, "passage"),
        ({"field": Field.PROBLEM, "passage": "publicēsim pamatotu atbildi"}, "passage"),
        ({"passage": "publicēsim pamatotu atbildi"}, "field"),
        ({"proposal_passage": "tā nav priekšlikumā"}, "proposal_passage"),
        (
            {"proposal_field": "title", "proposal_passage": "publicēt pamatotu atbildi"},
            "proposal_passage",
        ),
        ({"revision": 7}, "revision"),
        ({"relation": ""}, "relation"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_does_not_stand_there_is_refused(
    campaign: Campaign, wrong: dict[str, Any], field: str
) -> None:
    made, proposal = commitments.commitment(campaign), proposals.proposal(campaign)
    with pytest.raises(Invalid) as refused:
        add(made, campaigns.moderator(campaign), proposal=proposal, **wrong)
    assert set(refused.value.faults) == {field}


def test_an_earlier_revision_can_be_quoted_unless_it_is_withheld(campaign: Campaign) -> None:
    made, moderator = commitments.commitment(campaign), campaigns.moderator(campaign)
    proposal = proposals.proposal(campaign)
    db.session.add(
        Revision(
            proposal_id=proposal.id,
            number=2,
            title=proposal.title,
            situation="Cits teksts.",
            solution="Cits risinājums.",
            values=[],
            written_by_id=proposal.author_id,
            written_at=clock.now(),
        )
    )
    proposal.current_revision = 2
    db.session.flush()
    wishes = {"proposal": proposal, "revision": 1, "proposal_passage": "pamatotu atbildi"}
    assert add(made, moderator, **wishes).revision == 1
    first = db.session.get_one(Revision, (proposal.id, 1))
    first.withheld_at = clock.now()
    with pytest.raises(Invalid):
        add(made, moderator, **wishes)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.HIDDEN, State.WITHDRAWN])
def test_only_what_is_public_can_be_an_origin(campaign: Campaign, state: State) -> None:
    made = commitments.commitment(campaign)
    with pytest.raises(Invalid):
        add(
            made,
            campaigns.moderator(campaign),
            proposal=proposals.proposal(campaign, state=state),
        )


def test_other_sources_are_named_as_such(campaign: Campaign) -> None:
    made, moderator = commitments.commitment(campaign), campaigns.moderator(campaign)
    origin = add(made, moderator, other_kind="survey", other_source="Aptauja 2026")
    assert (origin.other_kind, origin.relation) == (SourceKind.SURVEY, None)
    with pytest.raises(Invalid):
        add(made, moderator, other_kind="survey")
    with pytest.raises(Invalid):
        add(made, moderator, other_source="Aptauja 2026")


def test_members_of_the_group_write_origins_and_others_do_not(campaign: Campaign) -> None:
    group = groups.group()
    made, proposal = commitments.commitment(campaign, group_id=group.id), None
    proposal = proposals.proposal(campaign)
    for person in (account(), proposal.author, campaigns.organiser(campaign)):
        with pytest.raises(NotAllowed):
            add(made, person, proposal=proposal)
    origin = add(made, groups.seat(group).account, proposal=proposal)
    with pytest.raises(NotAllowed):
        retract_origin(origin, reason="Kļūda.", by=groups.seat(group).account)


def test_an_origin_holds_from_its_version_on_though_the_words_change(campaign: Campaign) -> None:
    made, moderator = commitments.commitment(campaign), campaigns.moderator(campaign)
    origin = add(
        made,
        moderator,
        proposal=proposals.proposal(campaign),
        field=Field.SOLUTION,
        passage="publicēsim pamatotu atbildi",
    )
    texts = {Field.TITLE: "Virsraksts", Field.SOLUTION: "Pavisam citi vārdi."}
    save_version(made, based_on=1, draft=DraftText(texts), language="lv", note="Cits", by=moderator)
    assert (origin.version, made.current_version) == (1, 2)
    assert origin.is_live


def test_a_retraction_is_a_row_of_its_own_with_its_reason(campaign: Campaign) -> None:
    made, moderator = commitments.commitment(campaign), campaigns.moderator(campaign)
    proposal = proposals.proposal(campaign)
    origin = add(made, moderator, proposal=proposal)
    assert len(queries.live_origins_of(proposal)) == 1
    retract_origin(origin, reason="Sajaukti priekšlikumi.", by=moderator)
    [kept] = queries.origins_of(made)
    assert kept.retraction is not None
    assert kept.retraction.reason == "Sajaukti priekšlikumi."
    assert queries.live_origins_of(proposal) == []
    with pytest.raises(Conflict):
        retract_origin(origin, reason="Vēlreiz.", by=moderator)


def test_the_last_origin_of_a_public_commitment_cannot_go(campaign: Campaign) -> None:
    moderator = campaigns.moderator(campaign)
    made = commitments.commitment(campaign, state=CommitmentState.REVISED)
    origin = commitments.origin(made, proposals.proposal(campaign))
    with pytest.raises(Conflict, match="only origin"):
        retract_origin(origin, reason="Kļūda.", by=moderator)


def test_counts_and_lists_cost_the_same_for_many(campaign: Campaign) -> None:
    moderator = campaigns.moderator(campaign)
    made = commitments.commitment(campaign, created_at=clock.now() - timedelta(days=1))
    for _ in range(3):
        add(made, moderator, proposal=proposals.proposal(campaign))
    add(made, moderator, other_kind="meeting", other_source="Sanāksme")
    assert queries.origin_counts(campaign) == {made.id: 3}
    assert set(queries.promoted_in(campaign).values()) == {made}
