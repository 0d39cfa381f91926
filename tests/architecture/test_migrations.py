"""What the migrations build is what the models describe."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table

from app.foundation.db import Base, db

IGNORED_PREFIXES = ("search_words",)
"""What no model describes: full-text indexes, with SQLite's shadow tables."""


def differences(metadata: MetaData) -> list[object]:
    def compares(thing: object, name: str | None, kind: str, *rest: object) -> bool:
        return not (name or "").startswith(IGNORED_PREFIXES)

    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": compares}
        )
        return list(compare_metadata(context, metadata))


def test_models_match_migrations(app: Flask) -> None:
    assert differences(Base.metadata) == []


def test_a_table_that_no_migration_makes_is_found(app: Flask) -> None:
    more = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.tables.values():
        table.to_metadata(more)
    Table("forgotten", more, Column("id", Integer, primary_key=True))
    assert [difference[0] for difference in differences(more) if isinstance(difference, tuple)] == [
        "add_table"
    ]
