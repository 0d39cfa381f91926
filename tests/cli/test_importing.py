"""``flask import polis``: a published consultation comes out as it was published."""

import csv
import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, inspect, select, text

from app.accounts.models import Account
from app.campaigns import jobs as campaign_jobs
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage, stage_of
from app.foundation import clock
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.proposals.models import Proposal, State
from app.voting import queries
from app.voting.models import Ballot, Participation
from tests.make import polis
from tests.make.campaigns import campaign as a_campaign

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    def command(*words: str) -> Result:
        db.session.rollback()
        return app.test_cli_runner().invoke(args=list(words))

    return command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return polis.write(tmp_path / "consultation")


def results(run: Run, slug: str) -> list[dict[str, Any]]:
    answer = run("campaign", "results", slug, "--json")
    assert answer.exit_code == 0, answer.output
    lines: list[dict[str, Any]] = json.loads(answer.output)
    return lines


def rows() -> dict[str, int]:
    """How many rows every table has; what an import that failed must not change."""
    db.session.rollback()
    tables = [name for name in inspect(db.engine).get_table_names() if "search" not in name]
    return {name: db.session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in tables}


def test_the_last_word_of_everybody_is_counted(run: Run, folder: Path) -> None:
    answer = run("import", "polis", str(folder), "--campaign", "open-and-lent")
    assert answer.exit_code == 0, answer.output
    assert "4 supports of 4 people" in answer.output
    lines = results(run, "open-and-lent")
    assert {line["external"]: line["supports"] for line in lines} == polis.FINAL
    assert [set(line) for line in lines] == [{"proposal", "external", "supports"}] * 3
    assert lines[0]["proposal"] == "OPENANDLENT-0001"


def test_what_comes_of_it_is_a_campaign_like_others(run: Run, folder: Path) -> None:
    run("import", "polis", str(folder), "--campaign", "open-and-lent")
    campaign = db.session.scalars(select(Campaign)).one()
    assert campaign.is_imported and str(campaign.title.best_for("en")) == "Open, and lent"
    assert stage_of(campaign, clock.now()) is Stage.ANSWERING
    hidden = db.session.scalars(select(Proposal).where(Proposal.state == State.HIDDEN)).one()
    assert hidden.title == 'Buy my watches, "cheap"'
    assert hidden.external_reference == "polis:3" and hidden.state_reason
    people = db.session.scalars(select(Account)).all()
    assert len(people) == 6  # authors and voters; who wrote and voted is one person
    assert not any(person.can_sign_in or person.email for person in people)
    assert queries.count_live(campaign) == queries.sum_of_participation(campaign) == 4
    tally = queries.tally_of(campaign)
    assert tally is not None and (tally.participants, tally.supports) == (4, 4)


def test_nobody_is_told_of_the_past(run: Run, folder: Path) -> None:
    run("import", "polis", str(folder), "--campaign", "open-and-lent")
    campaign_jobs.announce_stages_that_changed()
    names = set(db.session.scalars(select(EventRecord.name)))
    assert "campaign.stage_began" not in names
    assert {"campaign.imported", "tally.published"} <= names


def test_run_again_it_changes_nothing(run: Run, folder: Path) -> None:
    run("import", "polis", str(folder), "--campaign", "open-and-lent")
    before = rows()
    again = run("import", "polis", str(folder), "--campaign", "open-and-lent")
    assert again.exit_code == 0
    assert "nothing was changed" in again.output
    assert rows() == before


def test_other_files_under_the_same_address_are_refused(run: Run, folder: Path) -> None:
    run("import", "polis", str(folder), "--campaign", "open-and-lent")
    before = rows()
    polis.write(folder, votes=polis.VOTES[:-6])
    answer = run("import", "polis", str(folder), "--campaign", "open-and-lent")
    assert answer.exit_code == 1
    assert "not from these files" in answer.output
    assert rows() == before


def test_the_same_files_may_stand_under_two_addresses(run: Run, folder: Path) -> None:
    for slug in ("open-and-lent", "open-and-lent-2"):
        assert run("import", "polis", str(folder), "--campaign", slug).exit_code == 0
        assert len(results(run, slug)) == 3


BROKEN_COMMENTS = {
    "1600000000000,x,9,1,0,0,2,What": "line 7: moderated must be one of -1, 0, 1, not 2",
    "1600000000000,x,0,1,0,0,1,Twice": "line 7: statement 0 stands here a second time",
    "1600000000000,x,9,1,0,0,1,   ": "line 7: the statement is empty",
    "1600000000000,x,nine,1,0,0,1,What": "line 7: comment-id must be a whole number, not 'nine'",
    "1600000000000,x,-9,1,0,0,1,What": "line 7: comment-id cannot be negative",
    "yesterday,x,9,1,0,0,1,What": "line 7: timestamp must be a whole number",
    "99999999999999,x,9,1,0,0,1,What": "line 7: timestamp must be in milliseconds",
    "1600000000000,x,9,1,0,0": "line 7: 8 fields are expected, here are 6",
    '1600000000000,x,9,1,0,0,1,"What': "line 7: unexpected end of data",
    '1600000000000,x,9,1,0,0,1,"What" more': "line 7: ',' expected after '\"'",
}
BROKEN_VOTES = {
    "1600000009000,x,0,1,2": "line 14: vote must be one of 1, 0, -1, not 2",
    "1600000009000,x,0,1,": "line 14: vote must be a whole number, not ''",
    "1600000009000,x,8,1,1": "line 14: there is no statement 8",
    "1600000009000,x,0,Anna,1": "line 14: voter-id must be a whole number, not 'Anna'",
    "1600000009000,x,0,1,1,1": "line 14: 5 fields are expected, here are 6",
    "1600000009000,x,0,99999999999999999999,1": "line 14: voter-id must be a whole number",
    "1600000009000,x,0,١,1": "line 14: voter-id must be a whole number",
}


@pytest.mark.parametrize("row", BROKEN_COMMENTS)
def test_a_broken_statement_is_named_with_its_line_and_nothing_remains(
    run: Run, folder: Path, row: str
) -> None:
    polis.write(folder, comments=[*polis.COMMENTS, row])
    refused(run, folder, f"comments.csv, {BROKEN_COMMENTS[row]}")


@pytest.mark.parametrize("row", BROKEN_VOTES)
def test_a_broken_vote_is_named_with_its_line_and_nothing_remains(
    run: Run, folder: Path, row: str
) -> None:
    polis.write(folder, votes=[*polis.VOTES, row])
    refused(run, folder, f"votes.csv, {BROKEN_VOTES[row]}")


def refused(run: Run, folder: Path, sentence: str) -> None:
    before = rows()
    answer = run("import", "polis", str(folder), "--campaign", "broken")
    assert answer.exit_code == 1
    assert sentence in answer.output
    assert "Traceback" not in answer.output
    assert rows() == before


def test_bytes_that_are_no_text_are_named_with_their_line(run: Run, folder: Path) -> None:
    with (folder / "votes.csv").open("ab") as file:
        file.write(b"1600000009000,\xff\xfe,0,1,1\n")
    refused(run, folder, "votes.csv, line 14: this is not UTF-8 text")


@pytest.mark.parametrize("name", ["comments.csv", "votes.csv"])
def test_a_missing_file_and_a_missing_column_are_named(run: Run, folder: Path, name: str) -> None:
    (folder / name).write_text("a,b\n1,2\n")
    refused(run, folder, f"{name}, line 1: the column timestamp is missing")
    (folder / name).unlink()
    refused(run, folder, f"{name} cannot be read: No such file or directory")


def test_no_statement_and_no_folder_are_refused(run: Run, folder: Path, tmp_path: Path) -> None:
    polis.write(folder, comments=[], votes=[])
    refused(run, folder, "comments.csv holds no statement")
    assert run("import", "polis", str(tmp_path / "nowhere"), "--campaign", "x").exit_code == 2


def test_statements_without_a_vote_are_counted_as_zeros(run: Run, folder: Path) -> None:
    polis.write(folder, votes=[])
    run("import", "polis", str(folder), "--campaign", "quiet")
    assert {line["supports"] for line in results(run, "quiet")} == {0}


@pytest.mark.parametrize("slug", ["Big", "with space", "../x", "", "ā", "a--b", "x" * 61])
def test_an_address_that_cannot_be_is_refused(run: Run, folder: Path, slug: str) -> None:
    before = rows()
    assert run("import", "polis", str(folder), "--campaign", slug).exit_code == 1
    assert rows() == before


def test_text_for_spreadsheets_and_windows_line_ends_are_read(run: Run, folder: Path) -> None:
    for file in folder.glob("*.csv"):
        words = file.read_text("utf-8").replace("\n", "\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + words.encode())
    run("import", "polis", str(folder), "--campaign", "windows")
    assert {line["external"]: line["supports"] for line in results(run, "windows")} == polis.FINAL


def test_results_of_what_is_not_there_or_not_counted_are_refused_with_a_sentence(run: Run) -> None:
    assert "There is no campaign" in run("campaign", "results", "nothing", "--json").output
    open_one = a_campaign(Stage.VOTING).slug
    answer = run("campaign", "results", open_one, "--json")
    assert answer.exit_code == 1 and "Nothing has been counted" in answer.output


REPLAY = os.environ.get("REPLAY_DATA", "")


@pytest.mark.skipif(
    not REPLAY,
    reason="REPLAY_DATA does not name the folder of the consultation nz-biodiversity, so the "
    "replay of a real one is left out",
)
def test_the_replay_of_a_real_consultation_gives_exactly_what_was_published(run: Run) -> None:
    folder = Path(REPLAY)
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as file:
        final = list(csv.DictReader(file))
    published = Counter(
        {
            number: sum(row[number] == "1" for row in final)
            for number in final[0]
            if number.isdigit()
        }
    )
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        standing = {
            row["comment-id"] for row in csv.DictReader(file) if row["moderated"] in {"0", "1"}
        }
    assert len(standing) == 154
    answer = run("import", "polis", str(folder), "--campaign", "nz-biodiversity")
    assert answer.exit_code == 0, answer.output
    lines = results(run, "nz-biodiversity")
    assert {line["external"]: line["supports"] for line in lines} == {
        f"polis:{number}": published[number] for number in standing
    }
    campaign = db.session.scalars(select(Campaign)).one()
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == published.total()
    assert queries.sum_of_participation(campaign) == published.total()
    people = db.session.scalar(select(func.count()).select_from(Participation))
    assert people == sum(any(row[n] == "1" for n in published) for row in final)
    before = rows()
    assert run("import", "polis", str(folder), "--campaign", "nz-biodiversity").exit_code == 0
    assert rows() == before
