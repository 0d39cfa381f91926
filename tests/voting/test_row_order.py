"""What a dump says about who supported what, read as an attacker would: no more than the shares.

The attacker has every table, row by row as they lie, on PostgreSQL with the transaction that
wrote each row (``xmin``), and not the key. Every table that names people is laid beside every
table that names proposals, by place in the file and by transaction.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation.db import db
from app.voting.models import Ballot
from tests.make import voting
from tests.make.accounts import account
from tests.make.campaigns import campaign
from tests.make.proposals import proposal

PEOPLE = 60
WEIGHTS = (10, 6, 4, 3, 2, 1)

Row = dict[str, Any]
Dump = dict[str, list[Row]]
Truth = dict[int, set[int]]


def dump() -> Dump:
    """Every table in the order in which its rows lie; ``_by`` is the transaction, if one knows."""
    db.session.commit()
    known = "xmin::text" if db.engine.dialect.name == "postgresql" else "NULL"
    tables: Dump = {}
    for name in inspect(db.engine).get_table_names():
        if not name.startswith("search"):
            rows = db.session.execute(text(f'SELECT {known} AS _by, * FROM "{name}"'))
            tables[name] = [dict(row) for row in rows.mappings()]
    return tables


def people_in(row: Row) -> set[int]:
    return {value for column, value in row.items() if column.startswith("account") and value}


def proposals_in(row: Row, references: dict[str, int]) -> set[int]:
    """Every proposal that a row names, by number or by reference, in whatever column."""
    found = {row["proposal_id"]} if row.get("proposal_id") else set()
    words = " ".join(str(value) for value in row.values())
    return found | {number for word, number in references.items() if word in words}


def guesses(tables: Dump, references: dict[str, int]) -> Iterator[tuple[str, Truth]]:
    """What each way of laying two tables side by side says that each person supports."""
    named = {
        table: [
            (place, row["_by"], who) for place, row in enumerate(rows) if (who := people_in(row))
        ]
        for table, rows in tables.items()
    }
    chosen = {
        table: [
            (place, row["_by"], what)
            for place, row in enumerate(rows)
            if table != "proposal" and (what := proposals_in(row, references))
        ]
        for table, rows in tables.items()
    }
    for left, persons in named.items():
        for right, choices in chosen.items():
            if persons and choices:
                yield f"{left} beside {right}, place by place", _linked(persons, choices, 0)
                yield f"{left} beside {right}, by transaction", _linked(persons, choices, 1)


def _linked(persons: list[Any], choices: list[Any], by: int) -> Truth:
    by_mark: dict[Any, set[int]] = defaultdict(set)
    for choice in choices:
        by_mark[choice[by]] |= choice[2]
    said: Truth = defaultdict(set)
    for person in persons:
        if person[by] is not None:
            for number in person[2]:
                said[number] |= by_mark.get(person[by], set())
    return said


def hits(said: Truth, truth: Truth) -> int:
    """How many votes are named rightly, where one proposal is named for a person."""
    return sum(len(said[p]) == 1 and said[p] <= truth[p] for p in truth if p in said)


def blind(truth: Truth) -> int:
    """What one gets by naming the most supported proposal for everybody."""
    counts = Counter(one for choices in truth.values() for one in choices)
    return counts.most_common(1)[0][1] if counts else 0


@pytest.fixture
def vote(app: Flask) -> tuple[Campaign, Truth, dict[str, int]]:
    """Sixty people, one vote each, in an order of their own; some changed their minds."""
    chance = random.Random(17)
    c = campaign(Stage.VOTING, vote_limit=2)
    author = account()
    ideas = [proposal(c, author=author) for _ in WEIGHTS]
    references = {idea.reference: idea.id for idea in ideas if idea.reference}
    truth: Truth = {}
    for person in [account() for _ in range(PEOPLE)]:
        first, last = chance.choices(ideas, WEIGHTS, k=2)
        if chance.random() < 0.2 and first is not last:
            voting.support(person, first)
            voting.withdraw(person, first)
        voting.support(person, last)
        truth[person.id] = {last.id}
    return c, truth, references


@pytest.mark.parametrize("when", ["while voting is open", "after the count"])
def test_a_dump_names_no_more_votes_than_the_shares_do(
    vote: tuple[Campaign, Truth, dict[str, int]], when: str
) -> None:
    c, truth, references = vote
    if when == "after the count":
        voting.close(c)
    for way, said in guesses(dump(), references):
        assert hits(said, truth) <= blind(truth), way


def test_the_attack_finds_every_vote_of_a_table_that_names_proposals(
    vote: tuple[Campaign, Truth, dict[str, int]],
) -> None:
    """Otherwise the test above would prove nothing."""
    _campaign, truth, references = vote
    tables = dump()
    order = [row["account_id"] for row in tables["consent"]]
    tables["named_ballot"] = [
        {"_by": None, "proposal_id": next(iter(truth[person]))} for person in order
    ]
    best = max(hits(said, truth) for _, said in guesses(tables, references))
    assert best == PEOPLE


def test_nothing_about_a_ballot_tells_which_proposal_it_is_for(
    vote: tuple[Campaign, Truth, dict[str, int]],
) -> None:
    """All boxes of one person's size are of one size; no byte of a tag or box repeats."""
    rows = dump()[Ballot.__tablename__]
    assert len(rows) == PEOPLE
    assert all(set(row) == {"_by", "campaign_id", "tag", "box", "state"} for row in rows)
    starts = Counter(bytes(row["box"])[:12] for row in rows) + Counter(
        bytes(row["tag"])[:12] for row in rows
    )
    assert max(starts.values()) == 1


def test_on_sqlite_ballots_lie_in_the_order_of_their_tags_and_not_of_their_coming(
    vote: tuple[Campaign, Truth, dict[str, int]],
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps rows as they come; what they hold says nothing")
    tags = [bytes(row["tag"]) for row in dump()["ballot"]]
    assert tags == sorted(tags)
    people = [row["account_id"] for row in dump()["participation"]]
    assert people == sorted(people)
