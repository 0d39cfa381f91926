"""Pages to read, menus, and whether the house is well."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import config, create_app
from app.campaigns.models import CampaignOffice
from app.foundation import clock
from app.foundation.language import _, speaking
from tests.make.accounts import account, administrator
from tests.make.browsing import signed_in_client
from tests.make.campaigns import appoint, campaign

PAGES = ["help", "privacy", "accessibility", "about", "rules"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_a_page_to_read_needs_neither_account_nor_cookie(
    client: FlaskClient, page: str, language: str
) -> None:
    answer = client.get(f"/{language}/{page}")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in html
    assert html.count("<h1>") == 1
    assert "Set-Cookie" not in answer.headers
    assert "public" in answer.headers["Cache-Control"]


def test_the_footer_leads_to_every_page_to_read(client: FlaskClient) -> None:
    html = client.get("/lv/help").get_data(as_text=True)
    footer = html.partition("<footer")[2]
    assert {f"/lv/{page}" for page in PAGES} <= set(re.findall(r'href="([^"]+)"', footer))


def test_the_main_menu_leads_to_campaigns_plans_and_search(client: FlaskClient) -> None:
    html = client.get("/lv/help").get_data(as_text=True)
    for href in ("/lv/campaigns/", "/lv/plans/", "/lv/search"):
        assert f'href="{href}"' in html


def test_the_statement_says_when_and_how_to_complain(client: FlaskClient) -> None:
    html = client.get("/en/accessibility").get_data(as_text=True)
    assert '<time datetime="' in html
    assert "mailto:talka@localhost" in html
    assert "Ombudsman" in html


def test_signing_in_leads_back_to_the_page_one_was_on(client: FlaskClient) -> None:
    html = client.get("/lv/help").get_data(as_text=True)
    assert 'href="/lv/sign-in?return_to=/lv/help"' in html


def desks(app: Flask, person: object) -> set[str]:
    html = signed_in_client(app, person).get("/lv/help").get_data(as_text=True)  # type: ignore[arg-type]
    links = set(re.findall(r'href="/lv/(moderating|organising|administration)/"', html))
    assert 'action="/lv/sign-out"' in html
    return links


def test_desks_are_shown_to_those_who_work_there(app: Flask) -> None:
    made = campaign()
    moderator, organiser = account(), account()
    appoint(moderator, made, CampaignOffice.MODERATOR)
    appoint(organiser, made, CampaignOffice.ORGANISER)
    assert desks(app, account()) == set()
    assert desks(app, moderator) == {"moderating"}
    assert desks(app, organiser) == {"organising"}
    assert desks(app, administrator()) == {"organising", "administration"}
    moderator.suspended_at = clock.now()
    assert desks(app, moderator) == set()


def test_the_house_is_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/health/live").json == {"status": "alive"}
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json == {"status": "ready", "database": "up", "redis": "up"}


def test_a_missing_redis_is_said_and_costs_no_readiness(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = config.Settings(
        database_url="sqlite://",
        redis_url="redis://127.0.0.1:1/0",
        secret_key="x" * 32,
        key_store=config.settings().key_store,
    )
    monkeypatch.setattr(config, "_current", [without])
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json == {"status": "ready", "database": "up", "redis": "down"}


def test_a_missing_database_is_said_with_503(
    tmp_path: Path, redis_server: str, application: Flask
) -> None:
    before = config.settings()
    try:
        lost = create_app(
            replace(before, database_url=f"sqlite:///{tmp_path}/nowhere/talka.db", testing=True)
        )
        answer = lost.test_client().get("/health/ready")
        assert answer.status_code == 503
        assert answer.json == {"status": "not ready", "database": "down", "redis": "up"}
        assert lost.test_client().get("/health/live").status_code == 200
        page = lost.test_client().get("/lt/")
        assert page.status_code == 500
        assert '<html lang="lt">' in page.get_data(as_text=True)
        with application.app_context(), speaking("lt"):
            sorry = str(_("Something went wrong on our side. Nothing was lost; please try again."))
        assert sorry in page.get_data(as_text=True)
        assert not sorry.startswith("Something")
    finally:
        config.use(before)
