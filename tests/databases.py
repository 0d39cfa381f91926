"""Databases for tests: made once, put back in a few milliseconds after each test.

The application really commits in tests, as it does in life, so that no test runs inside a
transaction that a rollback ends. What the migrations left is remembered once and put back.
"""

import secrets
import sqlite3
from pathlib import Path
from typing import Protocol, cast

import psycopg
from sqlalchemy import make_url


class Database(Protocol):
    url: str

    def remember(self) -> None:
        """What lies in it now is what every test begins with."""

    def reset(self) -> None:
        """Be again as remembered: rows, sequences and all. Nobody may be in a transaction."""

    def drop(self) -> None:
        """Be gone."""


class SQLite:
    """A file, put back by SQLite's own backup: triggers and search tables need no care."""

    def __init__(self, path: Path) -> None:
        self.url = f"sqlite:///{path}"
        self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA synchronous=OFF")
        self._remembered = sqlite3.connect(":memory:", check_same_thread=False)
        self._version = 0

    def remember(self) -> None:
        self._file.backup(self._remembered)
        self._version = self._data_version()

    def reset(self) -> None:
        if self._data_version() != self._version:  # Somebody else has written.
            self._remembered.backup(self._file, sleep=0.01)
            self._version = self._data_version()

    def drop(self) -> None:
        self._file.close()
        self._remembered.close()

    def _data_version(self) -> int:
        return cast("int", self._file.execute("PRAGMA data_version").fetchone()[0])


class PostgreSQL:
    """A database of a server, emptied table by table with its triggers asleep.

    What the migrations put into tables is kept in a schema of its own and copied back.
    """

    def __init__(self, server: str) -> None:
        self._server = _address(server)
        self._name = f"talka_test_{secrets.token_hex(6)}"
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{self._name}" TEMPLATE template0 ENCODING UTF8')
        self.url = make_url(server).set(database=self._name).render_as_string(hide_password=False)
        self._connection = psycopg.connect(_address(self.url), autocommit=True)
        self._connection.execute("SET lock_timeout = '10s'")

    def remember(self) -> None:
        tables = [
            name
            for (name,) in self._connection.execute(
                "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' "
                "AND tablename <> 'alembic_version' ORDER BY tablename"
            )
        ]
        full = [name for name in tables if self._holds_rows(name)]
        self._connection.execute("CREATE SCHEMA IF NOT EXISTS remembered")
        for name in full:
            self._connection.execute(f"CREATE TABLE remembered.{name} AS TABLE public.{name}")
        sequences = self._connection.execute(
            "SELECT format('PERFORM setval(%L, %s, %L);', "
            "  format('%I.%I', schemaname, sequencename), "
            "  coalesce(last_value, start_value), last_value IS NOT NULL) "
            "FROM pg_sequences WHERE schemaname = 'public'"
        ).fetchall()
        self._connection.execute(
            "CREATE FUNCTION pg_temp.put_back() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\n"
            "SET LOCAL session_replication_role = replica;\n"
            + "".join(f"DELETE FROM public.{name};\n" for name in tables)
            + "".join(
                f"INSERT INTO public.{name} OVERRIDING SYSTEM VALUE "
                f"SELECT * FROM remembered.{name};\n"
                for name in full
            )
            + "\n".join(line for (line,) in sequences)
            + "\nEND $$"
        )

    def reset(self) -> None:
        self._connection.execute("SELECT pg_temp.put_back()")

    def drop(self) -> None:
        self._connection.close()
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{self._name}" WITH (FORCE)')

    def _holds_rows(self, table: str) -> bool:
        return bool(
            self._connection.execute(f"SELECT EXISTS (SELECT FROM public.{table})").fetchone()
            == (True,)
        )


def _address(url: str) -> str:
    """What psycopg itself understands."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
