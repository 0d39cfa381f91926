"""The trail of events: who reads it, what it says, and in how many queries."""

import csv
import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event as sqlalchemy_event

from app.accounts.models import Account, HouseAppointment, HouseOffice
from app.foundation import clock
from app.foundation.db import db
from tests.make.accounts import account, administrator
from tests.make.browsing import signed_in_client
from tests.make.campaigns import campaign, moderator, organiser
from tests.make.notices import happened
from tests.make.proposals import proposal


def _observer() -> Account:
    person = account()
    db.session.add(
        HouseAppointment(
            account_id=person.id,
            office=HouseOffice.OBSERVER,
            reason="Testam",
            given_at=clock.now(),
        )
    )
    db.session.commit()
    return person


def _read(app: Flask, person: Account, query: str = "", file: str = "trail") -> str:
    page = signed_in_client(app, person).get(f"/en/administration/{file}{query}")
    assert page.status_code == 200
    return page.get_data(as_text=True)


def test_observers_and_administrators_read_it_and_nobody_else(app: Flask) -> None:
    where = campaign()
    _read(app, _observer())
    _read(app, administrator())
    for person in (account(), moderator(where), organiser(where)):
        for file in ("trail", "trail.csv"):
            page = signed_in_client(app, person).get(f"/en/administration/{file}")
            assert page.status_code == 403
    assert app.test_client().get("/en/administration/trail").status_code == 303


def test_an_observer_finds_the_trail_in_the_menu(app: Flask) -> None:
    assert "/en/administration/trail" in _read(app, _observer())
    assert "/en/administration/people" not in _read(app, _observer())


def test_it_says_what_happened_to_what_by_whom(app: Flask) -> None:
    person = account("Anna Kalniņa")
    made = proposal(campaign(), author=person)
    ids: dict[str, Any] = {"proposal_id": made.id, "campaign_id": made.campaign_id}
    happened("proposal.submitted", by=person, **ids)
    happened("proposal.published", **ids)
    page = _read(app, _observer())
    assert f"Proposal {made.reference} was handed in." in page
    assert f"Proposal {made.reference} was published." in page
    assert "Anna Kalniņa" in page
    assert "the system" in page
    assert made.title not in page


def test_it_can_be_narrowed_to_a_campaign_a_kind_or_a_proposal(app: Flask) -> None:
    here, there = proposal(campaign()), proposal(campaign())
    for made in (here, there):
        for name in ("proposal.submitted", "proposal.published"):
            happened(name, proposal_id=made.id, campaign_id=made.campaign_id)
    reader = _observer()
    by_campaign = _read(app, reader, f"?campaign={here.campaign.slug}")
    assert f"Proposal {here.reference}" in by_campaign
    assert f"Proposal {there.reference}" not in by_campaign
    by_kind = _read(app, reader, "?event=proposal.published")
    assert "was published." in by_kind
    assert "was handed in." not in by_kind
    for about in (here.reference, f"proposal:{here.id}"):
        page = _read(app, reader, f"?about={about}")
        assert f"Proposal {here.reference}" in page
        assert f"Proposal {there.reference}" not in page
    assert "Nothing of the kind" in _read(app, reader, "?event=nonsense")


def test_an_unknown_campaign_is_not_found(app: Flask) -> None:
    page = signed_in_client(app, _observer()).get("/en/administration/trail?campaign=nowhere")
    assert page.status_code == 404


def test_the_file_holds_the_same_and_no_formula(app: Flask) -> None:
    person = account("=1+1")
    made = proposal(campaign(), author=person)
    happened("proposal.published", by=person, proposal_id=made.id, campaign_id=made.campaign_id)
    rows = list(
        csv.DictReader(io.StringIO(_read(app, _observer(), file="trail.csv").lstrip("\ufeff")))
    )
    assert [(row["event"], row["by"]) for row in rows] == [("proposal.published", "'=1+1")]


@pytest.mark.parametrize("events", [3, 40])
def test_a_page_costs_the_same_however_much_happened(app: Flask, events: int) -> None:
    for _number in range(events):
        made = proposal(campaign(), author=account())
        happened("proposal.published", proposal_id=made.id, campaign_id=made.campaign_id)
    client = signed_in_client(app, _observer())
    said: list[str] = []
    sqlalchemy_event.listen(db.engine, "before_cursor_execute", lambda *seen: said.append(seen[2]))
    client.get("/en/administration/trail")
    assert len([each for each in said if each.startswith("SELECT")]) <= 12
