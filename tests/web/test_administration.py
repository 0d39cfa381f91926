"""The administrators' pages: people, offices, suspensions, machinery."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from rq import SimpleWorker
from rq.serializers import JSONSerializer
from sqlalchemy import select

from app import config
from app.accounts.models import Account, HouseAppointment, HouseOffice
from app.foundation import clock, queue, schedule
from app.foundation.db import db
from app.foundation.events import EventRecord
from tests.make.accounts import account, administrator
from tests.make.browsing import post, signed_in_client
from tests.make.campaigns import campaign, moderator

GET = ["", "people", "people?q=Ilz", "people/{person}", "appointments/{office}/end", "machinery"]
POST = [
    "people",
    "people/{person}/appoint",
    "people/{person}/suspend",
    "people/{person}/lift",
    "appointments/{office}/end",
    "machinery/again",
]


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    return signed_in_client(app, administrator("Anna"))


def offices() -> list[tuple[str, str, bool]]:
    db.session.rollback()
    rows = db.session.execute(
        select(HouseAppointment.office, HouseAppointment.reason, HouseAppointment.ended_at)
        .order_by(HouseAppointment.id)
        .execution_options(populate_existing=True)
    )
    return [(office.value, reason, ended is not None) for office, reason, ended in rows]


@pytest.mark.parametrize("who", ["visitor", "somebody", "moderator", "suspended", "observer"])
def test_nobody_else_sees_or_does_any_of_it(app: Flask, who: str) -> None:
    boss, person = administrator(), account("Ilze")
    numbers = {"person": person.id, "office": db.session.scalars(select(HouseAppointment.id)).one()}
    client = app.test_client()
    if who != "visitor":
        asking = moderator(campaign()) if who == "moderator" else account()
        if who == "suspended":
            asking = boss
            asking.suspended_at = clock.now()
        if who == "observer":
            db.session.add(
                HouseAppointment(
                    account_id=asking.id,
                    office=HouseOffice.OBSERVER,
                    reason="x",
                    given_at=clock.now(),
                )
            )
        client = signed_in_client(app, asking)
    before = offices()
    for path in GET:
        answer = client.get(f"/en/administration/{path.format(**numbers)}")
        assert answer.status_code == (303 if who == "visitor" else 403), path
        assert "Ilze" not in answer.get_data(as_text=True)
    for path in POST:
        fields = {"reason": "because", "office": "administrator", "lane": "mail", "job": "x"}
        answer = post(client, f"/en/administration/{path.format(**numbers)}", fields)
        assert answer.status_code == (401 if who == "visitor" else 403), path
    db.session.refresh(person)
    assert not person.is_suspended
    assert offices() == before


# ── People ───────────────────────────────────────────────────────────────────────────────────


def find(desk: FlaskClient, words: str) -> str:
    return post(desk, "/en/administration/people", {"q": words}, follow=True).get_data(True)


def test_people_are_found_by_part_of_a_name_or_whole_address(desk: FlaskClient) -> None:
    account("Ilze Ozola", email="ilze@people.example")
    account("Juris 100%")
    assert "<h1>Ilze Ozola</h1>" in find(desk, "Ilze+x@PEOPLE.example")
    for words, finds in [("ozo", "Ilze Ozola"), ("100%", "Juris 100%")]:
        html = find(desk, words)
        assert html.count("<h3>") == 1
        assert finds in html
    for words in ("%", "_", "ilze@", "@people.example", "x" * 5000, "'", "", " "):
        assert "Ilze Ozola" not in find(desk, words)


def test_an_address_that_is_sought_stands_in_no_page_address(desk: FlaskClient) -> None:
    account(email="ilze@people.example")
    for words in ("ilze@people.example", "juris@people.example"):
        answer = post(desk, "/en/administration/people", {"q": words})
        assert "people.example" not in answer.location


def test_whoever_left_is_not_found(desk: FlaskClient) -> None:
    person = account("Ilze Ozola")
    person.erased_at = clock.now()
    assert desk.get(f"/en/administration/people/{person.id}").status_code == 404
    assert "Nobody is called" in desk.get("/en/administration/people?q=Ilze").get_data(True)


# ── Offices ──────────────────────────────────────────────────────────────────────────────────


def test_an_office_is_given_and_taken_with_a_reason(app: Flask, desk: FlaskClient) -> None:
    person = account("Ilze")
    address = f"/en/administration/people/{person.id}"
    answer = post(desk, f"{address}/appoint", {"office": "observer", "reason": ""})
    assert answer.status_code == 422
    assert "Give a reason" in answer.get_data(True)
    fields = {"office": "observer", "reason": "Neatkarīgā vērtētāja"}
    assert post(desk, f"{address}/appoint", fields).location == address
    assert "Neatkarīgā vērtētāja" in desk.get("/en/administration/").get_data(True)
    answer = post(desk, f"{address}/appoint", fields)
    assert answer.status_code == 409
    assert "holds this office already" in answer.get_data(True)
    number = db.session.scalars(
        select(HouseAppointment.id).where(HouseAppointment.account_id == person.id)
    ).one()
    end = f"/en/administration/appointments/{number}/end"
    assert post(desk, end, {"reason": " "}).status_code == 422
    for _press in range(2):
        assert post(desk, end, {"reason": "Darbs beidzies"}).status_code == 303
    assert "ended already" in desk.get(end).get_data(True)
    assert offices()[1:] == [("observer", "Neatkarīgā vērtētāja", True)]
    names = db.session.scalars(select(EventRecord.name).order_by(EventRecord.id)).all()
    assert names == ["account.office_given", "account.office_ended"]


@pytest.mark.parametrize("office", ["", "king", "moderator"])
def test_an_office_that_there_is_not_is_refused(desk: FlaskClient, office: str) -> None:
    address = f"/en/administration/people/{account().id}/appoint"
    assert post(desk, address, {"office": office, "reason": "x"}).status_code == 422


def test_the_last_administrator_stays(desk: FlaskClient) -> None:
    number = db.session.scalars(select(HouseAppointment.id)).one()
    end = f"/en/administration/appointments/{number}/end"
    answer = post(desk, end, {"reason": "Negribu"})
    assert answer.status_code == 409
    assert "last administrator" in answer.get_data(True)
    assert "Negribu" in answer.get_data(True)
    administrator()
    assert post(desk, end, {"reason": "Negribu"}).status_code == 303
    assert desk.get("/en/administration/").status_code == 403


# ── Suspension ───────────────────────────────────────────────────────────────────────────────


def test_an_account_is_suspended_with_a_reason_and_let_back(desk: FlaskClient) -> None:
    person = account("Ilze")
    address = f"/en/administration/people/{person.id}"
    assert post(desk, f"{address}/suspend", {"reason": ""}).status_code == 422
    assert post(desk, f"{address}/suspend", {"reason": "Surogātpasts"}).status_code == 303
    assert "Surogātpasts" in desk.get(address).get_data(True)
    assert "Suspended" in desk.get("/en/administration/people?q=Ilze").get_data(True)
    assert post(desk, f"{address}/suspend", {"reason": "Vēlreiz"}).status_code == 409
    for _press in range(2):
        assert post(desk, f"{address}/lift").status_code == 303
    db.session.refresh(person)
    assert not person.is_suspended
    assert person.suspension_reason is None


def test_nobody_suspends_themselves_or_an_office_holder(app: Flask) -> None:
    anna, other = administrator("Anna"), administrator("Otra")
    client = signed_in_client(app, anna)
    for person in (anna, other):
        answer = post(client, f"/en/administration/people/{person.id}/suspend", {"reason": "x"})
        assert answer.status_code == 409


# ── Machinery ────────────────────────────────────────────────────────────────────────────────


def fail(*, number: int) -> None:
    raise ValueError(f"ilze@people.example {number}")


@pytest.fixture
def lane(app: Flask, monkeypatch: pytest.MonkeyPatch) -> queue.RedisQueue:
    kept = queue.RedisQueue(Redis.from_url(config.settings().redis_url))
    monkeypatch.setattr(queue, "_queue", kept)
    return kept


def test_failed_work_is_shown_without_anybodys_words_and_put_again(
    desk: FlaskClient, lane: queue.RedisQueue
) -> None:
    work = "tests.web.test_administration.fail"
    rq_lane = lane.lane("mail")
    rq_lane.enqueue(queue.perform, work, {"number": 1}, description=work)
    worker = SimpleWorker([rq_lane], connection=lane.connection, serializer=JSONSerializer)
    worker.work(burst=True)
    html = desk.get("/en/administration/machinery").get_data(True)
    assert work in html
    assert "ValueError" in html
    assert "ilze@people.example" not in html
    [job] = rq_lane.failed_job_registry.get_job_ids()
    again = {"lane": "mail", "job": job}
    assert post(desk, "/en/administration/machinery/again", again).status_code == 303
    assert (rq_lane.count, rq_lane.failed_job_registry.count) == (1, 0)
    assert post(desk, "/en/administration/machinery/again", again).status_code == 409
    for nonsense in ({}, {"lane": "x", "job": job}, {"lane": "mail", "job": "../x"}):
        assert post(desk, "/en/administration/machinery/again", nonsense).status_code == 409


def test_the_page_says_whether_the_clock_ticks(desk: FlaskClient, redis_server: str) -> None:
    assert "No clock is running" in desk.get("/en/administration/machinery").get_data(True)
    with Redis.from_url(redis_server) as redis:
        redis.set(schedule.LEASE, "somebody", ex=15)
        redis.set("talka:turn:app.foundation.events.sweep", 28_000_000)
    html = desk.get("/en/administration/machinery").get_data(True)
    assert "ticks" in html
    assert "2023" in html


def test_the_page_stands_when_redis_is_away(
    desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = replace(config.settings(), redis_url="redis://127.0.0.1:1/0")
    monkeypatch.setattr(config, "_current", [lost])
    answer = desk.get("/en/administration/machinery")
    assert answer.status_code == 200
    assert "Redis does not answer" in answer.get_data(True)
    again = {"lane": "mail", "job": "x"}
    assert post(desk, "/en/administration/machinery/again", again).status_code == 409


def test_names_of_people_are_only_text(desk: FlaskClient) -> None:
    person = account('"><svg onload=alert(1)>')
    html = desk.get(f"/en/administration/people/{person.id}").get_data(True)
    assert "<svg onload" not in html
    assert db.session.scalars(select(Account.id)).all()
