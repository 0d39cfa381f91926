"""Finding words with SQLite's FTS5."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Float, Integer, Select, select, text

from app.search.backends.base import Forms


def matching(words: Sequence[Forms]) -> Select[Any]:
    """A word in the title weighs four times one in the body."""
    asked = " AND ".join("(" + " OR ".join(f'"{form}"*' for form in forms) + ")" for forms in words)
    found = (
        text(
            "SELECT rowid AS id, bm25(search_words, 4.0, 1.0) AS rank "
            "FROM search_words WHERE search_words MATCH :asked"
        )
        .bindparams(asked=asked)
        .columns(id=Integer, rank=Float)
        .subquery("found")
    )
    return select(found.c.id, found.c.rank)
