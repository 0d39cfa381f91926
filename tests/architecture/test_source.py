"""What may stand in one file of the application only, or in none."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path("app")

COMMITS = {"commit"}
ASKS_THE_TIME = {"now", "utcnow", "today"}


def calls(source: str) -> Iterator[tuple[str, str]]:
    """Every ``something.method(...)`` of a source, as the last two names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name | ast.Attribute):
                yield (owner.id if isinstance(owner, ast.Name) else owner.attr), node.func.attr


def commits(source: str) -> bool:
    return any(method in COMMITS for _, method in calls(source))


def asks_the_machine_for_the_time(source: str) -> bool:
    return any(
        owner in {"datetime", "date"} and method in ASKS_THE_TIME for owner, method in calls(source)
    )


def files_where(rule: object) -> list[str]:
    assert callable(rule)
    return [str(path) for path in sorted(APP.rglob("*.py")) if rule(path.read_text())]


def test_one_place_commits() -> None:
    assert files_where(commits) == ["app/foundation/transactions.py"]


def test_one_place_asks_the_machine_for_the_time() -> None:
    assert files_where(asks_the_machine_for_the_time) == ["app/foundation/clock.py"]


@pytest.mark.parametrize(
    "source", ["db.session.commit()", "session = db.session\nsession.commit()"]
)
def test_a_commit_is_found(source: str) -> None:
    assert commits(source)


@pytest.mark.parametrize(
    "source", ["datetime.now(UTC)", "datetime.datetime.utcnow()", "date.today()"]
)
def test_asking_the_time_is_found(source: str) -> None:
    assert asks_the_machine_for_the_time(source)
