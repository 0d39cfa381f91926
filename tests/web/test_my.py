"""One's own pages: what became of mine, my account, my data, leaving."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app.accounts.models import Account, Identity, Preference, Session
from app.answers.models import Answer, Outcome
from app.campaigns.models import CampaignAppointment, CampaignOffice
from app.follows.actions import follow
from app.follows.models import Follow
from app.foundation import clock
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.proposals.models import CoAuthor, Proposal, State
from app.voting.models import Participation
from tests.make.accounts import account, administrator
from tests.make.browsing import post, signed_in_client
from tests.make.campaigns import appoint, campaign
from tests.make.proposals import proposal

ILZE = "ilze@people.example"


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("address", ["/lv/my/", "/lv/my/account", "/lv/my/account/delete"])
def test_a_visitor_is_asked_to_sign_in_and_led_back(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.location) == (303, f"/lv/sign-in?return_to={address}")


@pytest.mark.parametrize("address", ["/lv/my/sessions/end-all", "/lv/my/follows"])
def test_a_visitor_can_do_none_of_it(client: FlaskClient, address: str) -> None:
    assert post(client, address).status_code == 401


def test_the_overview_shows_mine_and_nobody_elses(app: Flask) -> None:
    person, made = account("Ilze"), campaign()
    mine = proposal(made, author=person)
    returned = proposal(made, author=person, state=State.RETURNED, state_reason="Kur tieši?")
    draft = proposal(made, author=person, state=State.DRAFT, title="Vēl rakstu")
    others = proposal(made, title="Cita cilvēka priekšlikums")
    html = page(signed_in_client(app, person), "/lv/my/")
    for each in (mine, returned):
        assert str(each.reference) in html
    assert "Kur tieši?" in html
    assert html.count(draft.title) == 1
    assert others.title not in html


def test_answers_and_campaigns_supported_in_are_shown(app: Flask) -> None:
    person, made = account(), campaign()
    mine, merged = proposal(made, author=person), proposal(made, author=person, state=State.MERGED)
    merged.merged_into_id = mine.id
    db.session.add(
        Answer(
            proposal_id=mine.id,
            number=1,
            outcome=Outcome.ADOPTED,
            language="lv",
            text="Pārņemts plānā.",
            on_behalf_of="Valsts kanceleja",
            answered_at=clock.now(),
            answered_by_id=account().id,
        )
    )
    db.session.add(Participation(campaign_id=made.id, account_id=person.id, n=2, most=None))
    html = page(signed_in_client(app, person), "/en/my/")
    assert html.count("Pārņemts plānā.") == 2
    assert "You support 2 proposals" in html


def test_whoever_is_asked_to_be_a_co_author_sees_where(app: Flask) -> None:
    person = account()
    asking = proposal(campaign(), title="Kopīgs priekšlikums")
    db.session.add(CoAuthor(proposal_id=asking.id, account_id=person.id, since=clock.now()))
    assert "Kopīgs priekšlikums" in page(signed_in_client(app, person), "/lv/my/")


def test_the_overview_of_somebody_new_says_what_would_be_there(app: Flask) -> None:
    html = page(signed_in_client(app, account()), "/en/my/")
    assert "You have not proposed anything yet" in html
    assert "You follow nothing yet" in html


def test_what_is_followed_is_listed_and_can_be_stopped(app: Flask) -> None:
    person, made = account(), campaign()
    seen, hidden = proposal(made), proposal(made, state=State.SUBMITTED)
    for subject in (f"proposal:{seen.id}", f"proposal:{hidden.id}", f"campaign:{made.id}"):
        follow(subject, by=person)
    client = signed_in_client(app, person)
    html = page(client, "/lv/my/")
    assert seen.title in html
    assert hidden.title not in html
    assert "Atvērtās pārvaldības plāns" in html
    stop = {"subject": f"proposal:{seen.id}"}
    assert post(client, "/lv/my/follows/stop", stop).location == "/lv/my/"
    assert seen.title not in page(client, "/lv/my/")
    again = {**stop, "return_to": "/lv/help"}
    assert post(client, "/lv/my/follows", again).location == "/lv/help"
    assert seen.title in page(client, "/lv/my/")
    assert post(client, "/lv/my/follows", {**stop, "return_to": "//evil"}).location == "/lv/my/"
    assert post(client, "/lv/my/follows", {"subject": "account:1"}).status_code == 404


def queries_of(app: Flask, client: FlaskClient, address: str) -> int:
    asked: list[str] = []

    def note(connection, cursor, statement, *more):  # type: ignore[no-untyped-def]
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        page(client, address)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def test_the_overview_costs_the_same_however_much_there_is(app: Flask) -> None:
    person, made = account(), campaign()
    client = signed_in_client(app, person)

    def write() -> None:
        for _number in range(3):
            mine = proposal(made, author=person)
            follow(f"proposal:{mine.id}", by=person)
            proposal(made, author=person, state=State.DRAFT)
        follow(f"campaign:{made.id}", by=person)

    write()
    few = queries_of(app, client, "/lv/my/")
    for _time in range(3):
        write()
    assert queries_of(app, client, "/lv/my/") == few
    assert few <= 16


# ── Account and sessions ─────────────────────────────────────────────────────────────────────


def test_a_profile_is_changed_and_the_page_says_so(app: Flask) -> None:
    person = account("Ilze", email=ILZE)
    client = signed_in_client(app, person)
    fields = {"display_name": "Ilze  K.", "organisation": "Delna", "language": "en"}
    html = post(client, "/en/my/account", fields, follow=True).get_data(as_text=True)
    assert "Saved." in html
    db.session.refresh(person)
    assert (person.display_name, person.organisation, person.language) == ("Ilze K.", "Delna", "en")


def test_a_profile_that_cannot_be_keeps_what_was_typed(app: Flask) -> None:
    person = account("Ilze")
    client = signed_in_client(app, person)
    fields = {"display_name": "", "organisation": "o" * 300, "language": "xx"}
    answer = post(client, "/lv/my/account", fields)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "o" * 300 in html
    assert html.count('class="fault"') == 3
    db.session.refresh(person)
    assert person.display_name == "Ilze"


def test_a_session_is_ended_from_another_browser(app: Flask) -> None:
    person = account()
    here, telephone = signed_in_client(app, person), signed_in_client(app, person)
    numbers = db.session.scalars(select(Session.id).order_by(Session.id)).all()
    assert "this one" in page(here, "/en/my/account")
    assert post(here, f"/lv/my/sessions/{numbers[1]}/end").status_code == 303
    assert telephone.get("/lv/my/").status_code == 303
    assert here.get("/lv/my/").status_code == 200
    assert post(here, f"/lv/my/sessions/{numbers[0]}/end").status_code == 303
    assert here.get("/lv/my/").status_code == 303


def test_nobody_ends_somebody_elses_session(app: Flask) -> None:
    victim = signed_in_client(app, account())
    number = db.session.scalars(select(Session.id)).one()
    other = signed_in_client(app, administrator())
    assert post(other, f"/lv/my/sessions/{number}/end").status_code == 404
    assert victim.get("/lv/my/").status_code == 200


def test_all_sessions_are_ended_at_once(app: Flask) -> None:
    person = account()
    clients = [signed_in_client(app, person) for _browser in range(3)]
    other = signed_in_client(app, account())
    post(clients[0], "/lv/my/sessions/end-all")
    assert {client.get("/lv/my/").status_code for client in clients} == {303}
    assert other.get("/lv/my/").status_code == 200


# ── The data ─────────────────────────────────────────────────────────────────────────────────


def test_the_download_holds_mine_from_every_room_and_no_secret(app: Flask) -> None:
    person, made = account("Ilze", email=ILZE), campaign()
    appoint(person, made, CampaignOffice.MODERATOR)
    mine, others = proposal(made, author=person), proposal(made)
    follow(f"proposal:{others.id}", by=person)
    answer = signed_in_client(app, person).get("/lv/my/account/download")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"
    text = answer.get_data(as_text=True)
    held = json.loads(text)
    assert held["account"]["email"] == ILZE
    assert [each["reference"] for each in held["proposals"]["proposals"]] == [mine.reference]
    assert [each["subject"] for each in held["follows"]] == [f"proposal:{others.id}"]
    assert [each["office"] for each in held["offices_in_campaigns"]] == ["moderator"]
    assert {"voting", "moderation", "notices", "comments", "seats_in_groups"} <= set(held)
    for kept in db.session.scalars(select(Session.token_hash)):
        assert kept not in text
    assert str(others.reference) not in text


# ── Leaving ──────────────────────────────────────────────────────────────────────────────────


def test_leaving_takes_the_right_address_typed(app: Flask) -> None:
    person = account("Ilze", email=ILZE)
    client = signed_in_client(app, person)
    html = page(client, "/en/my/account/delete")
    assert "cannot be undone" in html
    for typed in ("", "other@people.example", "delete"):
        answer = post(client, "/en/my/account/delete", {"confirmation": typed})
        assert answer.status_code == 422
        assert "Nothing was deleted" in answer.get_data(as_text=True)
    db.session.refresh(person)
    assert person.display_name == "Ilze"


def test_whoever_leaves_leaves_nothing_personal(app: Flask) -> None:
    person = administrator("Ilze Ozola")
    person.email, person.canonical_email = "Ilze.O@people.example", "ilze.o@people.example"
    db.session.add(Preference(account_id=person.id, settings={"mail": "never"}))
    db.session.add(
        Identity(
            provider="x",
            identifier_hash="y",
            account_id=person.id,
            assurance=3,
            proven_at=clock.now(),
        )
    )
    here, telephone = signed_in_client(app, person), signed_in_client(app, person)
    answer = post(here, "/lv/my/account/delete", {"confirmation": "ilze.o@PEOPLE.example"})
    assert answer.status_code == 303
    assert {client.get("/lv/my/").status_code for client in (here, telephone)} == {303}
    db.session.rollback()
    kept = db.session.get(Account, person.id)
    assert kept is not None
    db.session.refresh(kept)
    row = db.session.execute(select(Account.__table__).where(Account.id == person.id)).one()
    assert not re.search("ilze|ozola", str(row), re.IGNORECASE)
    assert kept.erased_at is not None
    for table in (Session, Identity, Preference):
        assert db.session.scalars(select(table).where(table.account_id == person.id)).all() == []
    names = db.session.scalars(select(EventRecord.name).order_by(EventRecord.id)).all()
    assert set(names) >= {"account.erased", "account.office_ended"}


def test_every_room_lets_go_of_whoever_leaves(app: Flask) -> None:
    person, made = account("Ilze Ozola", email=ILZE), campaign()
    appoint(person, made, CampaignOffice.MODERATOR)
    draft = proposal(made, author=person, state=State.DRAFT).id
    public = proposal(made, author=person, on_behalf_of="Ozolu saime")
    follow(f"proposal:{public.id}", by=person)
    client = signed_in_client(app, person)
    post(client, "/lv/my/account/delete", {"confirmation": ILZE})
    db.session.rollback()
    db.session.expire_all()
    assert db.session.get(Proposal, draft) is None
    assert [each.ended_at is None for each in db.session.scalars(select(CampaignAppointment))] == [
        False
    ]
    assert db.session.scalars(select(Follow)).all() == []
    html = page(client, f"/en/proposals/{public.reference}/")
    assert "Ilze" not in html
    assert "A person who has left" in html


def test_whoever_left_can_come_back_as_somebody_new(app: Flask) -> None:
    person = account("Ilze", email=ILZE)
    post(signed_in_client(app, person), "/lv/my/account/delete", {"confirmation": ILZE})
    again = account("Ilze", email=ILZE)
    assert again.id != person.id


def test_whoever_is_suspended_can_read_download_and_leave(app: Flask) -> None:
    person = account("Ilze", email=ILZE)
    person.suspended_at, person.suspension_reason = clock.now(), "Aizskaroši komentāri"
    client = signed_in_client(app, person)
    assert "Aizskaroši komentāri" in page(client, "/lv/my/")
    assert page(client, "/lv/my/account/download")
    assert post(client, "/lv/my/follows", {"subject": "proposal:1"}).status_code == 403
    assert post(client, "/lv/my/account/delete", {"confirmation": ILZE}).status_code == 303
