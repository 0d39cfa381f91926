import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.db import db
from app.proposals.models import State
from tests.make import voting
from tests.make.accounts import account
from tests.make.campaigns import campaign, theme
from tests.make.proposals import proposal


@pytest.fixture
def counted(app: Flask) -> Campaign:
    """Three proposals with 2, 1 and 0 supports, and a hidden one with 1."""
    c = campaign(Stage.VOTING)
    data = theme(c, "dati")
    first = proposal(c, title="Pirmais <b>", theme_id=data.id)
    second = proposal(c, title='=HYPERLINK("x")', language="en")
    proposal(c, title="Trešais")
    hidden = proposal(c, title="Paslēptais")
    voting.support(account(), first, second, hidden)
    voting.support(account(), first)
    hidden.state = State.HIDDEN
    db.session.commit()
    voting.close(c)
    return c


def page(client: FlaskClient, c: Campaign, more: str = "") -> str:
    answer = client.get(f"/en/campaigns/{c.slug}/results{more}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_shows_who_took_part_and_what_came_out(client: FlaskClient, counted: Campaign) -> None:
    text = page(client, counted)
    assert "2 people voted" in text
    assert text.index("Pirmais &lt;b&gt;") < text.index("=HYPERLINK") < text.index("Trešais")
    assert "Paslēptais" not in text
    assert 'lang="en">' not in text.split("=HYPERLINK")[0].rsplit("<th", 1)[1]
    assert "goes on to a working group" in text or "go on to a working group" in text


def test_a_theme_can_be_looked_at_alone(client: FlaskClient, counted: Campaign) -> None:
    text = page(client, counted, "?theme=dati")
    assert "Pirmais" in text and "Trešais" not in text
    assert "Trešais" in page(client, counted, "?theme=nonsense&page=-1")


def test_the_files_hold_every_count(client: FlaskClient, counted: Campaign) -> None:
    kept = client.get(f"/en/campaigns/{counted.slug}/results.json").get_json()
    assert (kept["participants"], kept["supports"]) == (2, 4)
    assert [row["supports"] for row in kept["counts"]] == [2, 1, 1, 0]
    hidden = next(row for row in kept["counts"] if row["state"] == "hidden")
    assert hidden["title"] is None and hidden["shortlisted"] is None
    answer = client.get(f"/en/campaigns/{counted.slug}/results.csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row["supports"] for row in rows] == ["2", "1", "1", "0"]
    assert '\'=HYPERLINK("x")' in {row["title"] for row in rows}


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.SUBMISSION, "Hidden until voting closes"),
        (Stage.VOTING, "Hidden until voting closes"),
        (Stage.REVIEW, "being counted"),
    ],
)
def test_before_the_count_the_page_says_until_when_it_is_hidden(
    client: FlaskClient, stage: Stage, words: str
) -> None:
    c = campaign(stage)
    proposal(c, title="Neviens nezina")
    text = page(client, c)
    assert words in text and "Neviens nezina" not in text
    for name in ("results.json", "results.csv"):
        assert client.get(f"/en/campaigns/{c.slug}/{name}").status_code == 404


def test_nothing_shows_while_voting_is_open_how_it_stands(client: FlaskClient) -> None:
    c = campaign(Stage.VOTING)
    idea = proposal(c)
    before = page(client, c)
    at = clock.now()
    for _ in range(3):
        voting.support(account(), idea)
    clock.set_offset(at - clock.now())
    assert page(client, c) == before


def test_a_campaign_in_preparation_has_no_results(client: FlaskClient) -> None:
    assert client.get(f"/en/campaigns/{campaign(Stage.DRAFT).slug}/results").status_code == 404


def test_a_thousand_proposals_cost_as_many_queries_as_ten(app: Flask) -> None:
    def cost(c: Campaign) -> int:
        seen: list[str] = []

        def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
            seen.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            page(app.test_client(), c)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(seen)

    costs = []
    for number in (3, 60):
        c = campaign(Stage.VOTING)
        for _ in range(number):
            proposal(c)
        voting.close(c)
        costs.append(cost(c))
    assert costs[0] <= costs[1] <= 12
    assert costs[1] - costs[0] <= 0
