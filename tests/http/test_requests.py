"""What reaches a page, and what is stopped before it."""

import pytest
from flask import Flask

from app.campaigns.stages import Stage
from tests.make.accounts import account
from tests.make.browsing import signed_in_client
from tests.make.campaigns import campaign


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml"])
def test_a_page_takes_forms_and_says_so_to_anything_else(app: Flask, kind: str) -> None:
    voting = campaign(Stage.VOTING)
    browser = signed_in_client(app, account())
    answer = browser.post(
        f"/lv/campaigns/{voting.slug}/support", data='{"proposal": {"a": 1}}', content_type=kind
    )
    assert answer.status_code == 415
    assert 'lang="lv"' in answer.get_data(as_text=True)


def test_a_post_without_content_is_no_wrong_kind(app: Flask) -> None:
    assert app.test_client().post("/lv/sign-out").status_code == 400  # It carries no token.
