"""Reports and appeals, without pages; who is told, and what stays when somebody leaves."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.events import AccountErased
from app.campaigns.stages import Stage
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.foundation.refusals import Conflict, NotAllowed
from app.moderation import queries
from app.moderation.actions import appeal, decide_appeal, undo_decision
from app.moderation.listeners import forget_who_reported_and_appealed
from app.moderation.models import Appeal, AppealOutcome, DecisionAct
from app.proposals.models import State
from tests.make import moderation as make
from tests.make.accounts import account
from tests.make.campaigns import campaign, moderator
from tests.make.proposals import proposal


def test_who_reported_stands_in_no_event(app: Flask) -> None:
    make.report(proposal(campaign(Stage.SUBMISSION)), by=account())
    [told] = db.session.scalars(
        select(EventRecord).where(EventRecord.name == "content.reported")
    ).all()
    assert told.actor_id is None
    assert set(told.details) == {"report_id", "campaign_id"}


def test_reports_are_decided_together_and_the_reporters_with_an_account_are_told(
    app: Flask,
) -> None:
    here, reader = campaign(Stage.SUBMISSION), account()
    shown = proposal(here)
    first, second = make.report(shown, by=reader), make.report(shown)
    anna = moderator(here)
    made = make.decision(shown, DecisionAct.KEEP, by=anna)
    assert (first.decision_id, second.decision_id) == (made.id, made.id)
    assert db.session.scalars(queries.reporters_of(made.id)).all() == [reader.id]
    names = db.session.scalars(select(EventRecord.name)).all()
    assert names.count("reports.decided") == 1
    undo_decision(made, by=anna)
    assert len(queries.open_reports_on(f"proposal:{shown.id}")) == 2


def test_without_an_open_report_there_is_nothing_to_keep(app: Flask) -> None:
    here = campaign(Stage.SUBMISSION)
    with pytest.raises(Conflict):
        make.decision(proposal(here), DecisionAct.KEEP, by=moderator(here))


def test_an_upheld_appeal_brings_back_what_was_hidden_returned_or_suspended(app: Flask) -> None:
    here = campaign(Stage.SORTING)
    anna, boris, author = moderator(here), moderator(here), account()
    shown = proposal(here, author=author)
    waiting = proposal(here, author=author, state=State.SUBMITTED)
    decisions = [
        make.decision(shown, by=anna),
        make.decision(waiting, DecisionAct.RETURN, rule="unclear", by=anna),
        make.decision(author, DecisionAct.SUSPEND, campaign=here, rule="insult", by=anna),
    ]
    for made in decisions:
        asked = appeal(made, text="Nepiekrītu lēmumam.", by=author)
        for _twice in range(2):
            decide_appeal(asked, outcome=AppealOutcome.UPHELD, reasons="Kļūda.", by=boris)
    assert (shown.state, waiting.state) == (State.PUBLISHED, State.PUBLISHED)
    assert not author.is_suspended
    names = db.session.scalars(select(EventRecord.name)).all()
    assert (names.count("appeal.made"), names.count("appeal.decided")) == (3, 3)


def test_a_rejected_appeal_leaves_things_and_cannot_be_decided_again(app: Flask) -> None:
    here, author = campaign(Stage.SORTING), account()
    anna, boris = moderator(here), moderator(here, "Boriss")
    shown = proposal(here, author=author)
    asked = appeal(make.decision(shown, by=anna), text="Nepiekrītu.", by=author)
    decide_appeal(asked, outcome=AppealOutcome.REJECTED, reasons="Vārds tur ir.", by=boris)
    assert shown.state is State.HIDDEN
    with pytest.raises(Conflict, match=r"Boriss .*rejected"):
        decide_appeal(asked, outcome=AppealOutcome.UPHELD, reasons="Nav.", by=moderator(here))


def test_neither_who_decided_nor_whom_it_concerns_decides_the_appeal(app: Flask) -> None:
    here = campaign(Stage.SORTING)
    anna, author = moderator(here), moderator(here)
    asked = appeal(make.decision(proposal(here, author=author), by=anna), text="Nē.", by=author)
    for judge in (anna, author):
        with pytest.raises(NotAllowed, match="another moderator"):
            decide_appeal(asked, outcome=AppealOutcome.UPHELD, reasons="Jā.", by=judge)
    with pytest.raises(NotAllowed, match="Only the moderators"):
        decide_appeal(asked, outcome=AppealOutcome.UPHELD, reasons="Jā.", by=account())


def test_what_the_author_has_withdrawn_stays_withdrawn_after_an_upheld_appeal(app: Flask) -> None:
    here, author = campaign(Stage.SORTING), account()
    anna, boris = moderator(here), moderator(here)
    waiting = proposal(here, author=author, state=State.SUBMITTED)
    asked = appeal(make.decision(waiting, DecisionAct.RETURN, by=anna), text="Nē.", by=author)
    waiting.state = State.WITHDRAWN
    decide_appeal(asked, outcome=AppealOutcome.UPHELD, reasons="Jums taisnība.", by=boris)
    assert waiting.state is State.WITHDRAWN


def test_a_decision_under_appeal_is_not_simply_taken_back(app: Flask) -> None:
    here, author = campaign(Stage.SORTING), account()
    anna = moderator(here)
    made = make.decision(proposal(here, author=author), by=anna)
    appeal(made, text="Nepiekrītu.", by=author)
    with pytest.raises(NotAllowed, match="has appealed"):
        undo_decision(made, by=anna)


def test_who_leaves_takes_their_name_and_words_along(app: Flask) -> None:
    here, author = campaign(Stage.SORTING), account()
    anna, boris = moderator(here), moderator(here)
    told = make.report(proposal(here), by=author)
    appeal(make.decision(proposal(here, author=author), by=anna), text="Nē.", by=author)
    done = appeal(make.decision(proposal(here, author=author), by=anna), text="Nē!", by=author)
    decide_appeal(done, outcome=AppealOutcome.REJECTED, reasons="Tomēr jā.", by=boris)
    for _twice in range(2):
        forget_who_reported_and_appealed(AccountErased(author.id))
    db.session.commit()
    db.session.refresh(told)
    assert told.reporter_id is None
    kept = db.session.scalars(select(Appeal)).all()
    assert [(row.decision_id, row.text, row.reasons) for row in kept] == [
        (done.decision_id, "", "Tomēr jā.")
    ]
