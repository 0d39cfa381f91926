"""Anybody reports; the person concerned appeals."""

from flask import Flask
from sqlalchemy import select

from app.campaigns.stages import Stage
from app.foundation.db import db
from app.moderation.models import Appeal, DecisionAct, Report
from app.proposals.models import State
from tests.make import moderation as make
from tests.make.accounts import account
from tests.make.browsing import post, signed_in_client
from tests.make.campaigns import campaign, moderator
from tests.make.proposals import proposal


def reports() -> list[Report]:
    return list(db.session.scalars(select(Report)))


def test_a_visitor_without_an_account_reports_a_proposal_and_a_comment(app: Flask) -> None:
    shown = proposal(campaign(Stage.SUBMISSION))
    said = make.comment(shown, "Te ir <i>kaut kas</i>")
    visitor = app.test_client()
    for kind, number in (("proposal", shown.id), ("comment", said.id)):
        address = f"/en/report/{kind}/{number}"
        html = visitor.get(address).get_data(as_text=True)
        assert "Personal data of somebody else" in html
        assert "<i>kaut" not in html
        answer = post(visitor, address, {"rule": "personal", "text": "Otrajā rindkopā."})
        assert answer.status_code == 303
        assert f"/proposals/{shown.reference}" in answer.location
    assert [report.reporter_id for report in reports()] == [None, None]


def test_a_rule_is_asked_for_and_the_text_stays(app: Flask) -> None:
    shown = proposal(campaign(Stage.SUBMISSION))
    visitor = app.test_client()
    address = f"/en/report/proposal/{shown.id}"
    for fields in ({"text": "Slikti."}, {"rule": "unclear", "text": "Slikti."}):
        answer = post(visitor, address, fields)
        assert answer.status_code == 422
        assert "Slikti." in answer.get_data(as_text=True)
    assert post(visitor, address, {"rule": "other"}).status_code == 422
    assert post(visitor, address, {"rule": "insult", "text": "a" * 2001}).status_code == 422
    assert reports() == []


def test_pressed_twice_it_is_reported_once(app: Flask) -> None:
    shown = proposal(campaign(Stage.SUBMISSION))
    reader = account()
    for client in (app.test_client(), signed_in_client(app, reader)):
        for _twice in range(2):
            fields = {"rule": "insult", "text": "Slikti."}
            assert post(client, f"/en/report/proposal/{shown.id}", fields).status_code == 303
    assert [report.reporter_id for report in reports()] == [None, reader.id]


def test_too_many_reports_are_refused_for_an_hour(app: Flask) -> None:
    here = campaign(Stage.SUBMISSION)
    visitor = app.test_client()
    answers = [
        post(visitor, f"/en/report/proposal/{proposal(here).id}", {"rule": "insult"})
        for _each in range(11)
    ]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert len(reports()) == 10


def test_what_the_public_cannot_read_cannot_be_reported_nor_found(app: Flask) -> None:
    here = campaign(Stage.SUBMISSION)
    visitor = app.test_client()
    for state in (State.DRAFT, State.SUBMITTED, State.RETURNED):
        address = f"/en/report/proposal/{proposal(here, state=state).id}"
        assert visitor.get(address).status_code == 404
        assert post(visitor, address, {"rule": "insult"}).status_code == 404
    hidden = proposal(here)
    make.decision(hidden, by=moderator(here))
    assert visitor.get(f"/en/report/proposal/{hidden.id}").status_code == 403
    assert visitor.get("/en/report/account/1").status_code == 404
    assert visitor.get("/en/report/proposal/99999").status_code == 404


def test_the_person_concerned_appeals_once(app: Flask) -> None:
    here, author = campaign(Stage.SUBMISSION), account()
    made = make.decision(proposal(here, author=author), by=moderator(here))
    client = signed_in_client(app, author)
    address = f"/en/decisions/{made.id}/appeal"
    assert "Another moderator decides" in client.get(address).get_data(as_text=True)
    assert post(client, address, {"text": " "}).status_code == 422
    for _twice in range(2):
        assert post(client, address, {"text": "Tas ir mans vārds."}).status_code == 303
    assert post(client, address, {"text": "Un vēl kas."}).status_code == 409
    assert client.get(address).status_code == 303
    assert db.session.scalars(select(Appeal.text)).all() == ["Tas ir mans vārds."]


def test_nobody_else_appeals_and_nothing_that_takes_nothing_is_appealed(app: Flask) -> None:
    here, author = campaign(Stage.SUBMISSION), account()
    anna = moderator(here)
    shown = proposal(here, author=author)
    hidden = make.decision(shown, by=anna)
    restored = make.decision(shown, DecisionAct.RESTORE, by=anna)
    fields = {"text": "Tas nav taisnīgi."}
    for stranger in (account(), anna):
        client = signed_in_client(app, stranger)
        assert client.get(f"/en/decisions/{hidden.id}/appeal").status_code == 403
        assert post(client, f"/en/decisions/{hidden.id}/appeal", fields).status_code == 403
    client = signed_in_client(app, author)
    assert post(client, f"/en/decisions/{restored.id}/appeal", fields).status_code == 403
    assert app.test_client().get(f"/en/decisions/{hidden.id}/appeal").status_code == 303


def test_whoever_is_suspended_may_still_appeal_that(app: Flask) -> None:
    here, rude = campaign(Stage.SUBMISSION), account()
    proposal(here, author=rude)
    made = make.decision(
        rude, DecisionAct.SUSPEND, campaign=here, rule="insult", by=moderator(here)
    )
    client = signed_in_client(app, rude)
    fields = {"text": "Es tā neteicu."}
    assert post(client, f"/en/decisions/{made.id}/appeal", fields).status_code == 303
