"""The drafting desk and its forms."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.commitments.models import Commitment, CommitmentState
from app.foundation import clock
from app.foundation.db import db
from app.proposals.models import Proposal
from app.review.models import Recommendation
from tests.make import campaigns, commitments, groups, proposals
from tests.make.accounts import account
from tests.make.browsing import post, signed_in_client
from tests.make.counting import queries_of


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.REVIEW)


def ready(campaign: Campaign, position: int = 1) -> Proposal:
    proposal = proposals.proposal(campaign)
    commitments.concluded(commitments.shortlisted(proposal, position=position))
    return proposal


def moderating(app: Flask, campaign: Campaign) -> FlaskClient:
    return signed_in_client(app, campaigns.moderator(campaign))


def made(app: Flask) -> Commitment:
    db.session.expire_all()
    return db.session.query(Commitment).order_by(Commitment.id.desc()).first()  # type: ignore[return-value]


def test_a_proposal_is_promoted_from_the_desk_in_two_presses(
    app: Flask, campaign: Campaign
) -> None:
    client, proposal = moderating(app, campaign), ready(campaign)
    desk = client.get(f"/en/drafting/{campaign.slug}/").text
    assert f"/en/proposals/{proposal.reference}/promote" in desk
    address = f"/en/proposals/{proposal.reference}/promote"
    form = client.get(address).text
    assert 'value="adopted" checked' in form or 'checked id="relation-0"' in form
    fields = {"title": "Atbilde katram", "relation": "adopted", "reason": "Grupa iesaka."}
    told = post(client, address, fields, follow=True)
    assert told.status_code == 200
    assert "Promoted." in told.text and "Atbilde katram" in told.text
    again = post(client, address, fields)
    assert again.status_code == 409
    assert "already become part of commitment No 1" in again.text
    assert "lives on in a commitment" in client.get(f"/en/drafting/{campaign.slug}/").text


def test_what_is_missing_is_said_and_what_was_typed_is_kept(app: Flask, campaign: Campaign) -> None:
    client, proposal = moderating(app, campaign), ready(campaign)
    told = post(
        client,
        f"/en/proposals/{proposal.reference}/promote",
        {"title": "Mans virsraksts", "relation": "adopted", "reason": ""},
    )
    assert told.status_code == 422
    assert "Mans virsraksts" in told.text and "Give the reason" in told.text


def test_the_reason_why_not_stands_where_the_button_would(app: Flask, campaign: Campaign) -> None:
    client, proposal = moderating(app, campaign), proposals.proposal(campaign)
    commitments.concluded(commitments.shortlisted(proposal), Recommendation.REFER)
    for address in (
        f"/en/drafting/{campaign.slug}/",
        f"/en/proposals/{proposal.reference}/promote",
    ):
        assert "does not recommend" in client.get(address).text


def test_it_is_taken_into_an_existing_one(app: Flask, campaign: Campaign) -> None:
    client = moderating(app, campaign)
    commitments.commitment(campaign)
    proposal = ready(campaign)
    fields = {
        "into": str(made(app).id),
        "relation": "combined",
        "reason": "Viens un tas pats.",
        "adds_text": "y",
    }
    told = post(client, f"/en/proposals/{proposal.reference}/promote", fields)
    assert told.status_code == 303
    assert made(app).current_version == 2
    assert (
        post(
            client,
            f"/en/proposals/{ready(campaign, 2).reference}/promote",
            {**fields, "into": "999"},
        ).status_code
        == 422
    )


def test_who_holds_no_office_is_refused_every_form(app: Flask, campaign: Campaign) -> None:
    proposal, it = ready(campaign), commitments.commitment(campaign)
    origin = commitments.origin(it, proposals.proposal(campaign))
    addresses = [
        f"/en/drafting/{campaign.slug}/",
        f"/en/proposals/{proposal.reference}/promote",
        f"/en/commitments/{it.id}/edit",
        f"/en/commitments/{it.id}/origins/new",
        f"/en/commitments/origins/{origin.id}/retract",
        f"/en/commitments/{it.id}/consultation",
        f"/en/commitments/{it.id}/final",
        f"/en/commitments/{it.id}/approval",
    ]
    stranger = signed_in_client(app, account())
    elsewhere = signed_in_client(app, campaigns.moderator(campaigns.campaign(Stage.REVIEW)))
    for address in addresses:
        assert app.test_client().get(address).status_code == 303
        for client in (stranger, elsewhere):
            assert client.get(address).status_code == 403, address
            if "/drafting/" not in address:
                assert post(client, address, {"reason": "Tāpat vien."}).status_code == 403, address


def test_a_save_keeps_what_was_typed_in_one_language(app: Flask, campaign: Campaign) -> None:
    client, it = moderating(app, campaign), commitments.commitment(campaign)
    form = client.get(f"/en/commitments/{it.id}/edit?text=en").text
    assert 'name="milestones-0-was"' in form
    fields = {
        "based_on": "1",
        "title": "An answer for everybody",
        "problem": "Nobody hears.",
        "starts_on": "2028-01-01",
        "ends_on": "2029-12-31",
        "milestones-0-was": "1",
        "milestones-0-title": "A pilot",
        "milestones-0-ends_on": "2028-06-30",
        "milestones-1-title": "",
    }
    told = post(client, f"/en/commitments/{it.id}/edit?text=en", fields, follow=True)
    assert "Saved as version 2" in told.text
    assert "An answer for everybody" in told.text and "A pilot" in told.text
    assert "Apņemšanās numur 1" in client.get(f"/lv/commitments/{it.id}/").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"starts_on": "rīt"}, "year-month-day"),
        ({"milestones-0-title": "x", "milestones-0-ends_on": "31.12.2028"}, "year-month-day"),
        ({"starts_on": "2029-01-01", "ends_on": "2028-01-01"}, "before the first"),
        ({"title": ""}, "Write a title"),
        (
            {"milestones-0-title": "", "milestones-0-output": "Kaut kas"},
            "milestone 1 a title",
        ),
    ],
)
def test_bad_input_gets_a_sentence_and_stays_in_the_form(
    app: Flask, campaign: Campaign, wrong: dict[str, str], sentence: str
) -> None:
    client, it = moderating(app, campaign), commitments.commitment(campaign)
    fields = {"based_on": "1", "title": "Cits", "solution": "Tas, ko rakstīju ilgi.", **wrong}
    told = post(client, f"/en/commitments/{it.id}/edit", fields)
    assert told.status_code == 422
    assert sentence in told.text and "Tas, ko rakstīju ilgi." in told.text


def test_two_drafters_see_both_texts_and_lose_none(app: Flask, campaign: Campaign) -> None:
    it = commitments.commitment(campaign)
    first, second = moderating(app, campaign), moderating(app, campaign)
    address = f"/en/commitments/{it.id}/edit"
    fields = {"based_on": "1", "title": "Apņemšanās numur 1"}
    assert post(first, address, {**fields, "solution": "Viņas teksts."}).status_code == 303
    told = post(second, address, {**fields, "solution": "Mans teksts."})
    assert told.status_code == 409
    assert "Viņas" in told.text and "Mans teksts." in told.text
    assert 'name="based_on" type="hidden" value="2"' in told.text
    again = post(second, address, {**fields, "based_on": "2", "solution": "Abi teksti."})
    assert again.status_code == 303
    assert made(app).current_version == 3


def test_an_origin_is_written_and_retracted(app: Flask, campaign: Campaign) -> None:
    client, it = moderating(app, campaign), commitments.commitment(campaign)
    proposal = proposals.proposal(campaign)
    address = f"/en/commitments/{it.id}/origins/new"
    assert client.get(f"{address}?proposal={proposal.reference}").status_code == 200
    fields = {
        "field": "solution",
        "passage": "publicēsim pamatotu atbildi",
        "proposal": proposal.reference or "",
        "revision": "",  # As a browser sends what was left empty.
        "relation": "adopted",
        "reason": "Gandrīz vārds vārdā.",
    }
    wrong = post(client, address, {**fields, "passage": "kas cits"})
    assert wrong.status_code == 422 and "do not stand in this part" in wrong.text
    assert post(client, address, {**fields, "proposal": "OGP-XX"}).status_code == 422
    assert post(client, address, fields).status_code == 303
    shown = client.get(f"/en/commitments/{it.id}/").text
    assert "<mark>publicēsim pamatotu atbildi</mark>" in shown
    assert client.get("/en/commitments/origins/1/retract").status_code == 200
    retracted = post(client, "/en/commitments/origins/1/retract", {"reason": "Kļūda."}, follow=True)
    assert "<mark>" not in retracted.text and "Kļūda." in retracted.text


def test_from_draft_to_approval_in_the_browser(app: Flask, campaign: Campaign) -> None:
    client, it = moderating(app, campaign), commitments.commitment(campaign)
    there = f"/en/commitments/{it.id}"
    day = (clock.now() + timedelta(days=14)).date().isoformat()
    wishes = {"closes_on": day, "reason": "Ko Jūs domājat?"}
    assert "no origin yet" in post(client, f"{there}/consultation", wishes).text
    commitments.origin(it, proposals.proposal(campaign))
    assert client.get(f"{there}/consultation").status_code == 200
    assert "consultation is open" in post(client, f"{there}/consultation", wishes, follow=True).text
    assert client.get(f"{there}/edit").status_code == 403
    db.session.commit()
    clock.set_offset(timedelta(days=16))
    assert client.get(f"{there}/final").status_code == 200
    assert post(client, f"{there}/final", {"reason": "Nekas nemainījās."}).status_code == 303
    assert client.get(f"{there}/approval").status_code == 200
    fields = {"act": "Rīkojums Nr. 78", "on": "2026-02-10", "link": "https://likumi.example/78"}
    assert post(client, f"{there}/approval", {**fields, "on": "vakar"}).status_code == 422
    told = post(client, f"{there}/approval", fields, follow=True)
    assert "Rīkojums Nr. 78" in told.text and "https://likumi.example/78" in told.text
    assert made(app).state is CommitmentState.APPROVED


def test_the_desk_costs_the_same_for_many(app: Flask, campaign: Campaign) -> None:
    group = groups.group()
    client = signed_in_client(app, campaigns.moderator(campaign))
    ready(campaign)
    commitments.commitment(campaign, group_id=group.id)
    before = queries_of(app, f"/en/drafting/{campaign.slug}/", client)
    for place in range(2, 8):
        ready(campaign, place)
        commitments.commitment(campaign, number=place, group_id=group.id)
    assert queries_of(app, f"/en/drafting/{campaign.slug}/", client) == before <= 16


def test_members_of_a_group_that_drafts_see_the_desk(app: Flask, campaign: Campaign) -> None:
    group = groups.group()
    commitments.commitment(campaign, group_id=group.id)
    member = signed_in_client(app, groups.seat(group).account)
    assert member.get(f"/en/drafting/{campaign.slug}/").status_code == 200
    other = signed_in_client(app, groups.seat(groups.group()).account)
    assert other.get(f"/en/drafting/{campaign.slug}/").status_code == 403
