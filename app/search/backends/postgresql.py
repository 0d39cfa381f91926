"""Finding words with PostgreSQL's full-text search, without its dictionaries.

It has a Lithuanian stemmer and no Latvian one; our lemmas serve both alike ("simple").
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, literal_column, select

from app.search.backends.base import Forms
from app.search.models import SearchEntry

WORDS: ColumnElement[str] = literal_column(
    "(setweight(to_tsvector('simple', search_entry.title), 'A') "
    "|| setweight(to_tsvector('simple', search_entry.body), 'C'))"
)
"""The expression that the index is built on; see the migration ``0002_search``."""


def matching(words: Sequence[Forms]) -> Select[Any]:
    asked = " & ".join("(" + " | ".join(f"{form}:*" for form in forms) + ")" for forms in words)
    query = func.to_tsquery(literal_column("'simple'"), literal(asked))
    rank = (-func.ts_rank(WORDS, query)).label("rank")
    return select(SearchEntry.id, rank).where(WORDS.op("@@")(query))
