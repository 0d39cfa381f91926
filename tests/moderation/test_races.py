"""Two at the same moment, with real threads on a real database."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation.db import db
from app.foundation.language import speaking
from app.foundation.refusals import Refusal
from app.foundation.transactions import transaction
from app.moderation import queries
from app.moderation.actions import appeal, claim, decide, decide_appeal, publish_at_desk
from app.moderation.models import Appeal, AppealOutcome, Claim, Decision, DecisionAct
from app.proposals.models import State, Step
from tests.make import moderation as make
from tests.make.accounts import account
from tests.make.campaigns import campaign, moderator
from tests.make.proposals import proposal

Act = Callable[[Account], object]


@pytest.fixture
def here(app: Flask) -> Campaign:
    return campaign(Stage.SORTING)


def at_once(app: Flask, acts: Sequence[tuple[int, Act]]) -> tuple[int, list[str]]:
    """How many of these succeeded when all began together, and what the others heard."""
    db.session.commit()
    barrier = Barrier(len(acts))
    done: list[int] = []
    heard: list[str] = []

    def run(person: int, act: Act) -> None:
        with app.app_context(), speaking("en"):
            barrier.wait()
            try:
                with transaction():
                    act(db.session.get_one(Account, person))
                done.append(person)
            except Refusal as refused:
                heard.append(str(refused.reason))

    threads = [Thread(target=run, args=each) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    db.session.expire_all()
    return len(done), heard


def moderators(here: Campaign, number: int) -> list[int]:
    return [moderator(here, f"Moderators {each}").id for each in range(number)]


def test_of_many_who_claim_at_once_exactly_one_has_it(app: Flask, here: Campaign) -> None:
    waiting = proposal(here, state=State.SUBMITTED).id

    def take(me: Account) -> None:
        campaign_here = db.session.get_one(Campaign, here_id)
        claim(f"proposal:{waiting}", campaign_here, by=me)

    here_id = here.id
    done, heard = at_once(app, [(person, take) for person in moderators(here, 8)])
    assert done == 1
    assert len(heard) == 7
    assert all("is working on this" in sentence for sentence in heard)
    assert db.session.scalar(select(func.count()).select_from(Claim)) == 1


def test_of_two_who_decide_at_once_the_second_hears_what_the_first_did(
    app: Flask, here: Campaign
) -> None:
    waiting = proposal(here, state=State.SUBMITTED).id

    def publish(me: Account) -> None:
        matter = queries.matter("proposal", waiting)
        assert matter is not None
        publish_at_desk(matter, by=me)

    def send_back(me: Account) -> None:
        matter = queries.matter("proposal", waiting)
        assert matter is not None
        decide(matter, DecisionAct.RETURN, rule="unclear", facts="Neskaidrs.", language="lv", by=me)

    people = moderators(here, 6)
    acts = [(person, publish if place % 2 else send_back) for place, person in enumerate(people)]
    done, heard = at_once(app, acts)
    assert done == 1
    assert all("decided this" in sentence for sentence in heard)
    steps = db.session.scalars(select(Step).where(Step.proposal_id == waiting)).all()
    assert len(steps) == 2
    assert db.session.scalars(select(Claim)).all() == []


def test_of_many_who_hide_a_comment_at_once_one_decision_remains(
    app: Flask, here: Campaign
) -> None:
    said = make.comment(proposal(here))
    make.report(said)
    number = said.id

    def hide(me: Account) -> None:
        matter = queries.matter("comment", number)
        assert matter is not None
        decide(
            matter,
            DecisionAct.HIDE,
            rule="insult",
            facts=f"Lamājas: {me.id}.",
            language="lv",
            by=me,
        )

    done, _heard = at_once(app, [(person, hide) for person in moderators(here, 6)])
    assert done == 1
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 1


def test_an_appeal_sent_from_two_tabs_at_once_is_one_and_is_decided_once(
    app: Flask, here: Campaign
) -> None:
    author = account()
    made = make.decision(proposal(here, author=author), by=moderator(here)).id

    def ask(me: Account) -> None:
        appeal(db.session.get_one(Decision, made), text=f"Nē, {id(me)}.", by=me)

    done, _heard = at_once(app, [(author.id, ask)] * 6)
    assert done == 1

    def judge(outcome: AppealOutcome) -> Act:
        def act(me: Account) -> None:
            asked = queries.appeal(made)
            assert asked is not None
            decide_appeal(asked, outcome=outcome, reasons=f"Iemesls {me.id}.", by=me)

        return act

    people = moderators(here, 6)
    outcomes = list(AppealOutcome) * 3
    done, heard = at_once(
        app, [(person, judge(out)) for person, out in zip(people, outcomes, strict=True)]
    )
    assert done == 1
    assert all("decided this" in sentence for sentence in heard)
    [asked] = db.session.scalars(select(Appeal)).all()
    assert asked.outcome is not None
