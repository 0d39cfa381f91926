"""Action plans as pages."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.campaigns.stages import Stage
from app.plans.queries import by_slug
from tests.make.accounts import account, administrator
from tests.make.browsing import post, signed_in_client
from tests.make.campaigns import campaign
from tests.make.plans import plan

FORM = {
    "slug": "plans-2028",
    "title_lv": "Sestais plāns",
    "title_lt": "",
    "title_en": "The sixth plan",
    "ordinal": "6",
    "starts_on": "2028-01-01",
    "ends_on": "2031-12-31",
}


def test_everybody_reads_plans_and_the_campaigns_that_feed_them(client: FlaskClient) -> None:
    made = plan(slug="sestais")
    campaign(Stage.SUBMISSION, plan_id=made.id, slug="atklata")
    campaign(Stage.DRAFT, plan_id=made.id, slug="slepena")
    assert "The sixth plan" in client.get("/en/plans/").get_data(as_text=True)
    page = client.get("/en/plans/sestais/").get_data(as_text=True)
    assert "/en/campaigns/atklata/" in page
    assert "slepena" not in page
    assert "No commitments yet" in page
    assert client.get("/en/plans/none/").status_code == 404


def test_an_administrator_writes_changes_and_approves_a_plan(app: Flask) -> None:
    browser = signed_in_client(app, administrator())
    assert post(browser, "/en/plans/create", FORM).status_code == 303
    made = by_slug("plans-2028")
    assert made is not None and dict(made.title.wordings) == {
        "lv": "Sestais plāns",
        "en": "The sixth plan",
    }
    assert post(browser, "/en/plans/plans-2028/edit", FORM | {"ordinal": "7"}).status_code == 303
    approval = {"approved_on": "2022-02-10", "approval_act_lv": "Rīkojums Nr. 78"}
    assert post(browser, "/en/plans/plans-2028/approve", approval).status_code == 303
    page = browser.get("/en/plans/plans-2028/").get_data(as_text=True)
    assert "Rīkojums Nr. 78" in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("starts_on", "31.31.2028", "Write a day as in 2028-01-31"),
        ("starts_on", "", "Write a day."),
        ("ordinal", "sixth", "Write a whole number."),
        ("title_lv", "", "Write the title in this language."),
        ("slug", "Ā", "Use 3 to 60 small letters"),
    ],
)
def test_what_was_typed_is_kept_beside_what_is_wrong(
    app: Flask, field: str, typed: str, sentence: str
) -> None:
    browser = signed_in_client(app, administrator())
    answer = post(browser, "/en/plans/create", FORM | {field: typed})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert "The sixth plan" in page
    assert by_slug("plans-2028") is None


@pytest.mark.parametrize("address", ["create", "sestais/edit", "sestais/approve"])
def test_nobody_else_does(app: Flask, address: str) -> None:
    plan(slug="sestais")
    assert signed_in_client(app, account()).get(f"/en/plans/{address}").status_code == 403
    assert app.test_client().get(f"/en/plans/{address}").status_code == 303
