"""The public register: rules and reasons for everybody, hidden texts and names for nobody."""

from typing import Any

from flask import Flask

from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation.db import db
from app.moderation.actions import appeal, decide_appeal, undo_decision
from app.moderation.models import AppealOutcome, Decision, DecisionAct
from tests.make import moderation as make
from tests.make.accounts import account
from tests.make.browsing import signed_in_client
from tests.make.campaigns import campaign, moderator
from tests.make.proposals import proposal

SECRETS = ["Slepenais nosaukums", "slepenā situācija", "slepenais risinājums", "Slepenā Autore"]


def hidden(here: Campaign, **more: Any) -> Decision:
    title, situation, solution, name = SECRETS
    author = more.pop("author", None) or account(name)
    shown = proposal(here, title=title, situation=situation, solution=solution, author=author)
    return make.decision(shown, **more)


def test_a_decision_has_a_page_without_the_text_and_the_names(app: Flask) -> None:
    here = campaign(Stage.SUBMISSION, slug="here")
    anna, reporter = moderator(here, "Anna"), account("Ziņotāja")
    shown = proposal(here, title=SECRETS[0], author=account(SECRETS[3]))
    make.report(shown, by=reporter)
    make.report(make.comment(shown, "slepens komentārs", account("Komentētāja")), by=reporter)
    made = make.decision(shown, by=anna)
    visitor = app.test_client()
    html = visitor.get(f"/en/decisions/{made.id}").get_data(as_text=True)
    for said in (made.facts, "Personal data of somebody else", str(shown.reference), "Anna"):
        assert said in html
    register = visitor.get("/en/campaigns/here/decisions/").get_data(as_text=True)
    data = visitor.get("/api/v1/campaigns/here/decisions").get_data(as_text=True)
    assert str(shown.reference) in register
    for secret in [*SECRETS, "Ziņotāja", "Komentētāja", "slepens", "Te ir svešs vārds."]:
        assert secret not in html
        assert secret not in register
        assert secret not in data


def test_every_kind_of_decision_stands_in_the_register(app: Flask) -> None:
    here = campaign(Stage.SUBMISSION, slug="here")
    anna, rude = moderator(here), account("Rupjais Vārds")
    said = make.comment(proposal(here, author=rude))
    make.report(said)
    make.decision(said, DecisionAct.KEEP, by=anna)
    make.decision(said, by=anna)
    make.decision(said, DecisionAct.RESTORE, by=anna)
    make.decision(rude, DecisionAct.SUSPEND, campaign=here, rule="insult", by=anna)
    undone = hidden(here, by=anna)
    undo_decision(undone, by=anna)
    html = app.test_client().get("/en/campaigns/here/decisions/").get_data(as_text=True)
    for word in ("Kept", "Hidden", "Shown again", "Account suspended", "Taken back", "An account"):
        assert word in html
    assert "Rupjais" not in html
    assert make.FACTS in app.test_client().get(f"/en/decisions/{undone.id}").get_data(as_text=True)


def test_an_appeal_shows_its_outcome_and_reasons_and_its_words_to_the_author_only(
    app: Flask,
) -> None:
    here, author = campaign(Stage.SUBMISSION, slug="here"), account(SECRETS[3])
    made = hidden(here, author=author, by=moderator(here, "Anna"))
    client, visitor = signed_in_client(app, author), app.test_client()
    address = f"/en/decisions/{made.id}"
    assert "Appeal this decision" in client.get(address).get_data(as_text=True)
    assert "Appeal this decision" not in visitor.get(address).get_data(as_text=True)
    asked = appeal(made, text="Tās ir manas slepenās domas.", by=author)
    assert "Another moderator will decide" in visitor.get(address).get_data(as_text=True)
    decide_appeal(
        asked, outcome=AppealOutcome.UPHELD, reasons="Rakstīts par sevi.", by=moderator(here)
    )
    db.session.commit()
    html = visitor.get(address).get_data(as_text=True)
    assert "Upheld" in html
    assert "Rakstīts par sevi." in html
    assert "slepenās domas" not in html
    assert "slepenās domas" in client.get(address).get_data(as_text=True)


def test_the_register_is_the_same_as_data(app: Flask) -> None:
    here = campaign(Stage.SUBMISSION, slug="here")
    made = hidden(here, by=moderator(here))
    visitor = app.test_client()
    data = visitor.get("/api/v1/campaigns/here/decisions").get_json()
    assert data["total"] == 1
    [row] = data["decisions"]
    assert row["number"] == made.id
    assert (row["act"], row["about"], row["rule"]) == ("hide", "proposal", "personal")
    assert row["facts"] == made.facts
    assert row["appeal"] is None
    assert visitor.get("/api/v1/campaigns/nowhere/decisions").status_code == 404


def test_a_campaign_that_is_not_announced_has_no_register(app: Flask) -> None:
    draft = campaign(Stage.DRAFT, slug="draft")
    visitor = app.test_client()
    assert visitor.get("/en/campaigns/draft/decisions/").status_code == 404
    assert visitor.get("/api/v1/campaigns/draft/decisions").status_code == 404
    assert draft.announced_at is None
    empty = campaign(Stage.ANNOUNCED, slug="new")
    html = visitor.get(f"/lv/campaigns/{empty.slug}/decisions/").get_data(as_text=True)
    assert "<h1>" in html


def test_a_hidden_proposals_page_leads_to_the_decision_and_moderators_to_the_desk(
    app: Flask,
) -> None:
    here = campaign(Stage.SUBMISSION, slug="here")
    anna = moderator(here)
    made = hidden(here, by=anna)
    assert made.proposal is not None
    address = f"/en/proposals/{made.proposal.reference}/"
    html = app.test_client().get(address).get_data(as_text=True)
    assert f"/en/decisions/{made.id}" in html
    assert "/moderating/" not in html
    assert "Report this" not in html
    html = signed_in_client(app, anna).get(address).get_data(as_text=True)
    assert f"/en/moderating/here/proposal/{made.proposal.id}" in html
