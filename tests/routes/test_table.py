"""``table.tsv`` says what every route answers to whom and when. It is compared with reality."""

import difflib
from pathlib import Path

import pytest
from flask import Flask

from app.foundation import rate_limits
from tests.routes.asking import HEAD, rows

TABLE = Path(__file__).parent / "table.tsv"


def test_every_route_answers_everybody_as_the_table_says(
    app: Flask, redis_server: str, pytestconfig: pytest.Config
) -> None:
    try:
        found = ["\t".join(row) for row in (HEAD, *rows(app))]
    finally:
        rate_limits.use(redis_server)
    if pytestconfig.getoption("--write-table", False):
        TABLE.write_text("\n".join(found) + "\n", "utf-8")
    said = TABLE.read_text("utf-8").splitlines()
    differences = list(difflib.unified_diff(said, found, "table.tsv", "what is answered", n=0))
    assert not differences, (
        "\n".join(differences) + "\n\nIf this is what should be: python -m tests.routes"
    )
