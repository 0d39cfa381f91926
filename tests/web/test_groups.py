"""Pages of working groups: read by everybody, kept by organisers."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.campaigns.stages import Stage
from app.foundation.db import db
from app.groups import queries
from app.groups.models import Group, Membership, Sector
from app.review.actions import declare_conflict
from app.review.models import Recommendation
from tests.make.accounts import account
from tests.make.browsing import post, signed_in_client
from tests.make.campaigns import campaign, moderator, organiser, theme
from tests.make.groups import group, seat
from tests.make.review import assess, conclude, opened, table

SENTINEL = "Slepens pamatojums"


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.get_data(as_text=True)[-2000:]
    return response.get_data(as_text=True)


def test_everybody_reads_who_sits_for_whom_and_what_was_concluded(
    app: Flask, client: FlaskClient
) -> None:
    set_ = opened(table())
    conclude(set_.entries[0], set_.chair, reasons="Dati **jau** ir.", dissent="Par maz.")
    page = text(client, f"/en/groups/{set_.group.slug}/")
    assert set_.chair.display_name in page
    assert "Delna" in page
    assert "Balance of sectors" in page
    assert "Take up" in page
    assert "The group confers" in page
    assert "Assesses proposals." in page
    assert "Median of the scores" in page


def test_a_group_in_preparation_gives_no_campaign_away(app: Flask, client: FlaskClient) -> None:
    prepared, made = campaign(Stage.DRAFT), group()
    theme(prepared, group_id=made.id)
    page = text(client, f"/en/groups/{made.slug}/")
    assert "Nobody sits in this group yet." in page
    assert prepared.slug not in page


def test_the_opinion_on_one_proposal_is_public_without_names(
    app: Flask, client: FlaskClient
) -> None:
    set_ = table(proposals=1)
    [entry] = set_.entries
    reference = entry.proposal.reference
    declare_conflict(entry, reason="Līdzautores kolēģe", by=set_.members[0])
    db.session.commit()
    assess(entry, set_.chair, ground=SENTINEL, score=2)
    assess(entry, set_.members[1], ground=SENTINEL, score=5)
    conclude(entry, set_.chair, reasons="Pirmais", recommendation=Recommendation.COMBINE)
    conclude(entry, set_.chair, reasons="Otrais", dissent="Nepietiek.")
    page = text(client, f"/en/groups/{set_.group.slug}/opinions/{reference}")
    assert "2 members scored it" in page
    assert "median 3.5" in page
    assert "from 2 to 5" in page
    assert "Līdzautores kolēģe" in page
    assert "Otrais" in page and "Nepietiek." in page and "Pirmais" in page
    assert SENTINEL not in page
    named = text(
        signed_in_client(app, set_.chair), f"/en/groups/{set_.group.slug}/opinions/{reference}"
    )
    assert SENTINEL in named
    assert "Only the group sees this." in named
    for person in (set_.members[0], moderator(set_.campaign), organiser(set_.campaign)):
        client = signed_in_client(app, person)
        assert SENTINEL not in text(client, f"/en/groups/{set_.group.slug}/opinions/{reference}")


def test_the_opinion_is_public_as_data_too(app: Flask, client: FlaskClient) -> None:
    set_ = opened(table(proposals=1))
    [entry] = set_.entries
    conclude(entry, set_.chair, reasons="Var izdarīt.")
    address = f"/en/groups/{set_.group.slug}/opinions/{entry.proposal.reference}.json"
    found = client.get(address).get_json()
    assert found["scores"]["impact"] == {
        "median": 3.0,
        "lowest": 2,
        "highest": 4,
        "scores": [2, 3, 4],
    }
    assert found["conclusion"]["recommendation"] == "take_up"
    members = client.get(f"/en/groups/{set_.group.slug}.json").get_json()["members"]
    assert [member["chair"] for member in members] == [True, False, False]


def test_another_groups_proposal_is_not_found_here(app: Flask, client: FlaskClient) -> None:
    set_, other = opened(table()), group()
    reference = set_.entries[0].proposal.reference
    text(client, f"/en/groups/{other.slug}/opinions/{reference}", 404)
    text(client, f"/en/groups/{set_.group.slug}/opinions/NO-0001", 404)
    text(client, "/en/groups/nowhere/", 404)


def test_an_organiser_makes_a_group_and_fills_its_seats(app: Flask) -> None:
    by = organiser(campaign())
    client = signed_in_client(app, by)
    text(client, "/lv/groups/new")
    words = {
        "original_language": "lv",
        "name_lv": "Atklāti lēmumi",
        "name_en": "Open decisions",
        "sits_from": "2026-01-01",
    }
    answer = post(client, "/lv/groups/new", words)
    assert answer.status_code == 303
    assert answer.location == "/lv/groups/atklati-lemumi/seats"
    person = account("Linda Roze", email="linda@people.example")
    seats = "/lv/groups/atklati-lemumi/seats"
    assert (
        post(
            client,
            seats,
            {"person": " Linda@People.example ", "organisation": "Delna", "sector": "ngo"},
        ).status_code
        == 303
    )
    made = db.session.query(Membership).filter_by(account_id=person.id).one()
    assert made.sector is Sector.NGO
    assert post(client, f"{seats}/{made.id}/chair").status_code == 303
    db.session.refresh(made)
    assert made.is_chair
    page = text(client, seats)
    assert "linda@people.example" not in page
    assert post(client, f"{seats}/{made.id}/end", {"reason": "Cits darbs"}).status_code == 303
    assert "Cits darbs" in text(client, "/lv/groups/atklati-lemumi/")


def test_what_was_typed_stays_when_a_seat_is_refused(app: Flask) -> None:
    by, made = organiser(campaign()), group()
    made.made_by_id = by.id
    db.session.commit()
    answer = post(
        signed_in_client(app, by),
        f"/en/groups/{made.slug}/seats",
        {"person": "nobody@people.example", "organisation": "Delna", "sector": "mars"},
    )
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'value="nobody@people.example"' in page
    assert 'value="Delna"' in page
    assert "Choose the sector" in page


def test_a_day_that_cannot_be_read_is_said_by_its_field(app: Flask) -> None:
    by = organiser(campaign())
    answer = post(
        signed_in_client(app, by),
        "/en/groups/new",
        {"original_language": "en", "name_en": "X", "sits_from": "yesterday", "sits_until": ""},
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Write the day as year-month-day" in page
    assert 'value="X"' in page


@pytest.mark.parametrize(
    "path",
    ["new", "{slug}/edit", "{slug}/seats", "{slug}/seats/{seat}/end"],
)
def test_only_keepers_open_the_pages_that_change(app: Flask, path: str) -> None:
    made = group()
    address = "/en/groups/" + path.format(slug=made.slug, seat=seat(made).id)
    assert app.test_client().get(address).status_code == 303
    for person in (account(), moderator(campaign())):
        assert signed_in_client(app, person).get(address).status_code == 403


def test_nobody_else_changes_a_seat_by_its_address(app: Flask) -> None:
    made = group()
    chosen, keeper = seat(made), organiser(campaign())
    other: Group = group(made_by_id=keeper.id)
    client = signed_in_client(app, keeper)
    assert post(client, f"/en/groups/{made.slug}/seats/{chosen.id}/chair").status_code == 403
    assert post(client, f"/en/groups/{other.slug}/seats/{chosen.id}/chair").status_code == 404
    assert not any(each.is_chair for each in queries.open_seats(made))


def test_the_list_names_every_group(app: Flask, client: FlaskClient) -> None:
    assert "There is no working group yet" in text(client, "/en/groups/")
    made = group()
    assert made.slug in text(client, "/en/groups/")
