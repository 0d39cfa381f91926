"""From draft to approval; nothing leaves *draft* without an origin."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.comments.models import Comment
from app.commitments import queries
from app.commitments.actions import (
    approve_commitment,
    comment_on_draft,
    make_final,
    open_consultation,
    save_version,
)
from app.commitments.models import Commitment, CommitmentState, Field
from app.commitments.texts import DraftText
from app.foundation import clock
from app.foundation.db import db
from app.foundation.refusals import Invalid, NotAllowed
from tests.make import campaigns, commitments, groups, proposals
from tests.make.accounts import account

DAY = timedelta(days=1)


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.REVIEW)


def traced(campaign: Campaign, **changes: object) -> Commitment:
    made = commitments.commitment(campaign, **changes)  # type: ignore[arg-type]
    commitments.origin(made, proposals.proposal(campaign))
    return made


def in_days(days: int) -> date:
    return (clock.now() + days * DAY).date()


def consult(commitment: Commitment, by: Account, days: int = 14) -> None:
    open_consultation(commitment, closes_on=in_days(days), reason="Jautājam visiem.", by=by)


def pass_days(days: int) -> None:
    db.session.commit()
    clock.set_offset(clock.offset() + days * DAY)


def speak(commitment: Commitment, by: Account | None = None) -> Comment:
    return comment_on_draft(
        commitment, text="Un bērniem?", position="question", language="lv", by=by or account()
    )


def test_without_an_origin_it_stays_a_draft(campaign: Campaign) -> None:
    made = commitments.commitment(campaign)
    with pytest.raises(Invalid) as refused:
        consult(made, campaigns.moderator(campaign))
    assert "origin" in refused.value.faults
    assert made.state is CommitmentState.DRAFT


def test_a_retracted_origin_is_none(campaign: Campaign) -> None:
    made = commitments.commitment(campaign)
    commitments.retracted(commitments.origin(made, proposals.proposal(campaign)))
    with pytest.raises(Invalid):
        consult(made, campaigns.moderator(campaign))


def test_all_that_is_missing_is_said_at_once(campaign: Campaign) -> None:
    made = commitments.commitment(campaign, texts={Field.PROBLEM: "", Field.SOLUTION: ""})
    with pytest.raises(Invalid) as refused:
        open_consultation(made, closes_on=None, reason="", by=campaigns.moderator(campaign))
    assert set(refused.value.faults) == {"origin", "problem", "solution", "closes_on", "reason"}


@pytest.mark.parametrize("days", [-3, 0, 400])
def test_its_last_day_lies_ahead(campaign: Campaign, days: int) -> None:
    with pytest.raises(Invalid) as refused:
        consult(traced(campaign), campaigns.moderator(campaign), days)
    assert set(refused.value.faults) == {"closes_on"}


def test_people_comment_until_the_last_day_is_over(campaign: Campaign) -> None:
    made = traced(campaign)
    with pytest.raises(NotAllowed):
        speak(made)
    consult(made, campaigns.moderator(campaign), 14)
    speak(made)
    pass_days(13)
    speak(made)
    pass_days(2)
    with pytest.raises(NotAllowed, match="not open"):
        speak(made)


def test_the_text_stands_while_people_comment_and_is_revised_afterwards(
    campaign: Campaign,
) -> None:
    made, moderator = traced(campaign), campaigns.moderator(campaign)
    consult(made, moderator)
    texts = {Field.TITLE: "Jauns", Field.PROBLEM: "Problēma", Field.SOLUTION: "Risinājums"}

    def save() -> None:
        save_version(
            made,
            based_on=1,
            draft=DraftText(texts),
            language="lv",
            note="Pēc konsultācijas.",
            by=moderator,
        )

    with pytest.raises(NotAllowed, match="while people comment"):
        save()
    pass_days(16)
    save()
    assert made.state is CommitmentState.REVISED


def test_it_is_final_after_its_consultation_also_unchanged(campaign: Campaign) -> None:
    made, organiser = traced(campaign), campaigns.organiser(campaign)
    with pytest.raises(NotAllowed, match="consultation has closed"):
        make_final(made, reason="Gatavs.", by=organiser)
    consult(made, organiser)
    with pytest.raises(NotAllowed):
        make_final(made, reason="Gatavs.", by=organiser)
    pass_days(16)
    make_final(made, reason="Teksts nav mainīts.", by=organiser)
    assert made.state is CommitmentState.FINAL
    with pytest.raises(NotAllowed, match="already final"):
        make_final(made, reason="Vēlreiz.", by=organiser)


def test_a_final_text_holds_what_the_template_asks(campaign: Campaign) -> None:
    made = traced(campaign, state=CommitmentState.REVISED, milestones=0)
    with pytest.raises(Invalid) as refused:
        make_final(made, reason="Gatavs.", by=campaigns.moderator(campaign))
    assert set(refused.value.faults) == {"milestones"}


def test_an_approval_names_its_act_day_and_link(campaign: Campaign) -> None:
    made, organiser = traced(campaign, state=CommitmentState.FINAL), campaigns.organiser(campaign)
    with pytest.raises(Invalid) as refused:
        approve_commitment(
            made, act="", language="lv", on=in_days(2), link="javascript:alert(1)", by=organiser
        )
    assert set(refused.value.faults) == {"act", "on", "link"}
    approve_commitment(
        made,
        act="Rīkojums Nr. 78",
        language="lv",
        on=in_days(-1),
        link="https://likumi.example/78",
        by=organiser,
    )
    assert made.state is CommitmentState.APPROVED
    assert made.approval_act is not None
    assert made.approval_act.wordings == {"lv": "Rīkojums Nr. 78"}
    with pytest.raises(NotAllowed, match="approved"):
        approve_commitment(made, act="Cits", language="lv", on=in_days(-1), by=organiser)


def test_only_a_final_text_can_be_approved(campaign: Campaign) -> None:
    made = traced(campaign, state=CommitmentState.REVISED)
    with pytest.raises(NotAllowed, match="final"):
        approve_commitment(
            made, act="Nr. 1", language="lv", on=in_days(0), by=campaigns.organiser(campaign)
        )


def test_each_step_says_who_when_and_why(campaign: Campaign) -> None:
    made, moderator = traced(campaign), campaigns.moderator(campaign)
    consult(made, moderator)
    step = queries.steps_of(made)[-1]
    assert (step.was, step.became) == (CommitmentState.DRAFT, CommitmentState.CONSULTATION)
    assert (step.reason, step.taken_by_id, step.version) == ("Jautājam visiem.", moderator.id, 1)


def test_who_decides_about_a_commitment(campaign: Campaign) -> None:
    group = groups.group()
    made = traced(campaign, group_id=group.id)
    member, stranger = groups.seat(group).account, account()
    for person in (member, stranger):
        with pytest.raises(NotAllowed):
            consult(made, person)
    chair = groups.seat(group, chair=True).account
    consult(made, chair)
    final = traced(campaign, state=CommitmentState.FINAL, number=2, group_id=group.id)
    for person in (member, stranger, chair):
        with pytest.raises(NotAllowed):
            approve_commitment(final, act="Nr. 1", language="lv", on=in_days(-1), by=person)
