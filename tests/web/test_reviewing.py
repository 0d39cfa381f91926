"""A member's pages: one proposal after the other, sealed until the round opens."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Account, HouseAppointment, HouseOffice
from app.foundation import clock
from app.foundation.db import db
from app.review import queries
from app.review.actions import declare_conflict
from app.review.models import ShortlistEntry
from tests.make.accounts import account, administrator
from tests.make.browsing import post, signed_in_client
from tests.make.campaigns import campaign, moderator, organiser
from tests.make.review import Table, assess, conclude, opened, table

GROUND = "Slepens pamatojums, ko neviens neredz"
SCORES = {
    "impact": "4",
    "feasibility": "2",
    "openness": "5",
    "clarity": "3",
    "recommendation": "take_up",
    "ground": GROUND,
}


def desk(set_: Table) -> str:
    return f"/en/groups/{set_.group.slug}/review/{set_.campaign.slug}/"


def sheet(set_: Table, entry: ShortlistEntry) -> str:
    return f"{desk(set_)}{entry.proposal.reference}"


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.get_data(as_text=True)[-2000:]
    return html.unescape(response.get_data(as_text=True))


def test_ten_proposals_are_scored_one_after_the_other(app: Flask) -> None:
    set_ = table(proposals=10)
    client = signed_in_client(app, set_.chair)
    for done in range(10):
        page = text(client, desk(set_))
        assert f"Scored: {done} of 10" in page
        [action] = re.findall(rf'action="({desk(set_)}[^"/]+-[0-9]+)"', page)
        assert action == sheet(set_, set_.entries[done])
        answer = post(client, action, SCORES)
        assert (answer.status_code, answer.location) == (303, desk(set_))
    page = text(client, desk(set_))
    assert "Scored: 10 of 10" in page
    assert "Saved. You have scored everything." in page
    assert "The group still waits for 20 score sheets." in page


def test_everything_chosen_and_typed_stays_when_something_is_missing(app: Flask) -> None:
    set_ = table()
    client = signed_in_client(app, set_.chair)
    wrong = {**SCORES, "clarity": "9", "recommendation": "", "feasibility": ""}
    answer = post(client, sheet(set_, set_.entries[0]), wrong)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert GROUND in page
    assert re.search(r'<input checked[^>]*name="impact"[^>]*value="4"', page)
    for name in ("Clarity", "Feasibility"):
        assert f"{name}: choose a number from 1 to 5." in page
    assert "Choose what you recommend." in page
    assert "Everything you wrote has been kept." in page
    assert queries.own_assessments(set_.chair, [set_.entries[0].id]) == {}


def test_ones_own_scores_are_shown_again_and_can_be_changed(app: Flask) -> None:
    set_ = table()
    client = signed_in_client(app, set_.chair)
    post(client, sheet(set_, set_.entries[0]), SCORES)
    page = text(client, sheet(set_, set_.entries[0]))
    assert GROUND in page
    assert re.search(r'<input checked[^>]*name="openness"[^>]*value="5"', page)
    post(client, sheet(set_, set_.entries[0]), {**SCORES, "openness": "1"})
    db.session.expire_all()
    mine = queries.own_assessments(set_.chair, [set_.entries[0].id])
    assert mine[set_.entries[0].id].openness == 1


def test_a_script_in_a_ground_stays_text(app: Flask) -> None:
    set_ = table(proposals=1)
    [entry] = set_.entries
    for person in set_.everybody:
        assess(entry, person, ground='"><svg onload=alert(1)> **jā**')
    page = signed_in_client(app, set_.chair).get(
        f"/en/groups/{set_.group.slug}/opinions/{entry.proposal.reference}"
    )
    words = page.get_data(as_text=True)
    assert "<svg onload" not in words
    assert "<strong>jā</strong>" in words


def everybody_else(set_: Table) -> list[Account | None]:
    observer = account("Novērotājs")
    db.session.add(
        HouseAppointment(
            account_id=observer.id,
            office=HouseOffice.OBSERVER,
            reason="Testam",
            given_at=clock.now(),
        )
    )
    db.session.commit()
    return [
        None,
        account(),
        set_.members[0],
        set_.chair,
        moderator(set_.campaign),
        organiser(set_.campaign),
        administrator(),
        observer,
    ]


def addresses(app: Flask, set_: Table) -> list[str]:
    """Every address of the house that can be asked with GET, about this very proposal."""
    entry = set_.entries[0]
    known = {
        "language": "en",
        "reference": entry.proposal.reference,
        "campaign_slug": set_.campaign.slug,
        "number": 1,
        "kind": "proposal",
        "account_id": set_.members[1].id,
        "proposal_id": entry.proposal_id,
        "membership_id": 1,
        "commitment_id": 1,
        "filename": "css/talka.css",
        "token": "x",
    }
    found = []
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.methods and "GET" in rule.methods and rule.endpoint != "static":
            for slug in (set_.group.slug, set_.campaign.slug):
                values = {name: known.get(name, 1) for name in rule.arguments} | (
                    {"slug": slug} if "slug" in rule.arguments else {}
                )
                found.append(adapter.build(rule.endpoint, values))
    return sorted(set(found))


def test_nobody_is_served_anothers_scores_before_the_round_opens_at_any_address(
    app: Flask,
) -> None:
    set_ = table(proposals=2)
    author = set_.members[1]
    for entry in set_.entries:
        assess(entry, author, ground=GROUND, impact=1, feasibility=1, openness=1, clarity=1)
    asked = addresses(app, set_)
    assert any("/opinions/" in address for address in asked)
    assert any(address.endswith("shortlist.json") for address in asked)
    for person in everybody_else(set_):
        client = signed_in_client(app, person) if person else app.test_client()
        for address in asked:
            page = client.get(address).get_data(as_text=True)
            for secret in (GROUND, "Median of the scores", '"median"', 'class="dots"'):
                assert secret not in page, (person and person.display_name, address, secret)
    own = text(signed_in_client(app, author), sheet(set_, set_.entries[0]))
    assert GROUND in own


def test_once_open_the_group_reads_those_who_differ_most_first(app: Flask) -> None:
    set_ = table(proposals=2)
    first, second = set_.entries
    for person in set_.everybody:
        assess(first, person, score=3)
    for person, score in zip(set_.everybody, (1, 3, 3), strict=True):
        assess(second, person, score=score, ground=f"Pamatojums {person.display_name}")
    page = text(signed_in_client(app, set_.members[0]), desk(set_))
    titles = [page.index(f"opinions/{each.proposal.reference}") for each in (second, first)]
    assert titles == sorted(titles)
    opinion = f"/en/groups/{set_.group.slug}/opinions/{second.proposal.reference}"
    page = text(signed_in_client(app, set_.members[0]), opinion)
    assert page.index(f"Pamatojums {set_.chair.display_name}") < page.index(
        f"Pamatojums {set_.members[0].display_name}"
    )


def test_a_conflict_is_declared_and_withdrawn_from_the_page(app: Flask) -> None:
    set_ = table()
    entry = set_.entries[0]
    client = signed_in_client(app, set_.chair)
    assert post(client, f"{sheet(set_, entry)}/conflict", {"reason": ""}).status_code == 422
    assert post(client, f"{sheet(set_, entry)}/conflict", {"reason": "Kolēģe"}).status_code == 303
    assert "You stand back from this proposal" in text(client, sheet(set_, entry))
    refused = post(client, sheet(set_, entry), SCORES)
    assert refused.status_code == 403
    assert post(client, f"{sheet(set_, entry)}/conflict/withdraw").status_code == 303
    assert post(client, sheet(set_, entry), SCORES).status_code == 303


def test_a_recused_member_does_not_see_names(app: Flask) -> None:
    set_ = opened(table(proposals=1))
    [entry] = set_.entries
    declare_conflict(entry, reason="Kolēģe", by=set_.members[0])
    db.session.commit()
    address = f"/en/groups/{set_.group.slug}/opinions/{entry.proposal.reference}"
    assert "Who scored how" not in text(signed_in_client(app, set_.members[0]), address)
    assert "Who scored how" in text(signed_in_client(app, set_.members[1]), address)


def test_the_chair_closes_the_round_and_concludes(app: Flask) -> None:
    set_ = table()
    entry = set_.entries[0]
    assess(entry, set_.members[0])
    chair, member = signed_in_client(app, set_.chair), signed_in_client(app, set_.members[0])
    assert "Close the round before all are in" in text(chair, desk(set_))
    assert "Close the round before all are in" not in text(member, desk(set_))
    assert post(member, f"{desk(set_)}open").status_code == 403
    assert post(chair, f"{desk(set_)}open").status_code == 303
    assert post(chair, f"{desk(set_)}open").status_code == 303
    words = {"recommendation": "refer", "reasons": "Tas nav valsts darbs.", "dissent": "Ir gan."}
    refused = post(chair, f"{sheet(set_, entry)}/conclude", words)
    assert refused.status_code == 422
    assert "Tas nav valsts darbs." in refused.get_data(as_text=True)
    words["referred_to"] = "Rīgas pašvaldība"
    answer = post(chair, f"{sheet(set_, entry)}/conclude", words)
    assert answer.status_code == 303
    assert post(member, f"{sheet(set_, entry)}/conclude", words).status_code == 403
    page = text(app.test_client(), answer.location)
    for said in ("Refer to someone else: Rīgas pašvaldība", "Tas nav valsts darbs.", "Ir gan."):
        assert said in page


def test_scoring_after_the_opening_keeps_what_was_typed(app: Flask) -> None:
    set_ = table()
    client = signed_in_client(app, set_.members[0])
    text(client, sheet(set_, set_.entries[0]))
    post(signed_in_client(app, set_.chair), f"{desk(set_)}open")
    answer = post(client, sheet(set_, set_.entries[0]), SCORES)
    assert answer.status_code == 403
    assert GROUND in answer.get_data(as_text=True)


@pytest.mark.parametrize("office", [account, administrator])
def test_the_desk_is_for_members(app: Flask, office: object) -> None:
    assert callable(office)
    set_ = table()
    assert app.test_client().get(desk(set_)).status_code == 303
    client = signed_in_client(app, office())
    text(client, desk(set_), 403)
    text(client, sheet(set_, set_.entries[0]), 403)
    assert post(client, sheet(set_, set_.entries[0]), SCORES).status_code == 403


def test_a_campaign_of_other_groups_is_not_found(app: Flask) -> None:
    set_, other = table(), table()
    client = signed_in_client(app, set_.chair)
    text(client, f"/en/groups/{set_.group.slug}/review/{other.campaign.slug}/", 404)
    text(client, f"/en/groups/{set_.group.slug}/review/{campaign().slug}/", 404)
    text(client, f"{desk(set_)}{other.entries[0].proposal.reference}", 404)


def test_a_concluded_proposal_shows_its_conclusion_on_the_desk(app: Flask) -> None:
    set_ = opened(table())
    conclude(set_.entries[0], set_.chair, reasons="Var izdarīt.")
    page = text(signed_in_client(app, set_.members[0]), desk(set_))
    assert "Take up" in page
    assert "Not concluded yet" in page
