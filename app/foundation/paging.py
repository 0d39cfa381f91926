"""One page of a SELECT."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from app.foundation.db import db

T = TypeVar("T")

PAGE_SIZE = 20


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a longer list, and where they lie in it."""

    rows: Sequence[T]
    number: int
    """From 1."""
    total: int
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first_shown(self) -> int:
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last_shown(self) -> int:
        return self.first_shown + len(self.rows) - 1 if self.rows else 0


def page_of(query: Select[Any], number: int, *, size: int = PAGE_SIZE) -> Page[Any]:
    """This page of the query's first column; a number outside becomes the nearest page."""
    total = (
        db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    )
    last = max(1, -(-total // size))
    number = min(max(number, 1), last)
    rows = db.session.scalars(query.limit(size).offset((number - 1) * size)).all() if total else []
    return Page(rows, number, total, size)
