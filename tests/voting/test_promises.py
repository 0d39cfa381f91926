"""What voting demands of a campaign's promises."""

from typing import Any

import pytest

from app.campaigns import rules
from app.campaigns.rules import Promises
from app.voting.promises import faults_of


@pytest.mark.parametrize(
    "promises",
    [
        Promises(),
        Promises(vote_limit=3, shortlist_rule={"rule": "at-least", "n": 50}),
        Promises(shortlist_rule={"rule": "top-per-theme", "k": 9}),
        Promises(vote_limit=5, shortlist_rule={"rule": "fair-share", "k": 10}),
    ],
    ids=str,
)
def test_what_can_be_kept_is_taken(promises: Promises) -> None:
    assert faults_of(promises) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"method": "guess"}, "method"),
        ({"shortlist_rule": {}}, "shortlist_rule"),
        ({"shortlist_rule": {"rule": "guess", "k": 1}}, "shortlist_rule"),
        ({"shortlist_rule": {"rule": "top"}}, "shortlist_number"),
        ({"shortlist_rule": {"rule": "top", "k": 0}}, "shortlist_number"),
        ({"shortlist_rule": {"rule": "at-least", "k": 5}}, "shortlist_number"),
        ({"shortlist_rule": {"rule": "fair-share", "k": 5}}, "vote_limit"),
        ({"shortlist_rule": {"rule": "fair-share", "k": 5}, "vote_limit": 6}, "vote_limit"),
    ],
)
def test_what_cannot_is_named(changes: dict[str, Any], field: str) -> None:
    assert set(faults_of(Promises(**changes))) == {field}


def test_campaigns_ask_it_before_they_promise(app: object) -> None:
    assert faults_of in rules.REQUIREMENTS
    assert "method" in rules.faults_of_promises(Promises(method="guess"))
