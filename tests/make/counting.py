"""Counting what a page costs."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.foundation.db import db


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements that reach the database while the block lasts."""
    statements: list[str] = []

    def note(connection, cursor, statement, *rest):  # type: ignore[no-untyped-def]
        if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK")):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def queries_of(app: Flask, address: str, client: FlaskClient | None = None) -> int:
    """How many statements a page needs; it must answer 200."""
    asking = client or app.test_client()
    db.session.commit()
    db.session.expire_all()
    with counted_queries() as statements:
        assert asking.get(address).status_code == 200
    return len(statements)
