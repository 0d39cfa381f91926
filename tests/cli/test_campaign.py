"""``flask campaign``: a campaign made and moved on without a page."""

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from app.campaigns import queries
from app.campaigns.stages import Stage, stage_of
from app.foundation import clock
from app.foundation.db import db
from tests.make.accounts import account
from tests.make.campaigns import campaign, complete_campaign

CREATE = [
    "create",
    "plans-2028",
    "--prefix",
    "OGP6",
    "--title",
    "Plāns",
    "--contact",
    "ogp@state.example",
    "--organiser",
    "elina@state.example",
]


@pytest.fixture
def run(app: Flask) -> Callable[..., Result]:
    def told(*words: str) -> Result:
        db.session.commit()
        return app.test_cli_runner().invoke(args=["campaign", *words])

    return told


def test_a_campaign_is_created_completed_and_announced(run: Callable[..., Result]) -> None:
    account(email="elina@state.example")
    for number in range(2):
        account(email=f"m{number}@state.example")
    assert run(*CREATE, "--reason", "Rīkojums Nr. 7").exit_code == 0
    lacking = run("announce", "plans-2028")
    assert lacking.exit_code == 1
    assert "moderators: Appoint at least two moderators" in lacking.output
    for number in range(2):
        appointed = run(
            "appoint", "plans-2028", f"m{number}@state.example", "moderator",
            "--reason", "Strādā nodaļā",
        )  # fmt: skip
        assert appointed.exit_code == 0, appointed.output
    assert "moderators" not in run("announce", "plans-2028").output
    assert "plans-2028\tdraft\tPlāns" in run("list").output


def test_a_complete_campaign_is_announced(run: Callable[..., Result]) -> None:
    complete_campaign(slug="plans")
    assert run("announce", "plans").exit_code == 0
    made = queries.by_slug("plans")
    assert made is not None and stage_of(made, clock.now()) is Stage.ANNOUNCED
    assert "already been announced" in run("announce", "plans").output


def test_what_is_not_there_is_named(run: Callable[..., Result]) -> None:
    assert "no campaign none" in run("announce", "none").output
    assert "Nobody has signed in" in run(*CREATE, "--reason", "Rīkojums Nr. 7").output


def test_stages_are_announced_by_hand(run: Callable[..., Result]) -> None:
    made = campaign(Stage.SUBMISSION)
    assert run("announce-stages").exit_code == 0
    db.session.rollback()
    assert queries.announced_stages_of(made) == {"submission"}
