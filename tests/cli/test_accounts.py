"""``flask accounts`` and ``flask permissions``."""

import json

from flask import Flask
from sqlalchemy import select

from app.accounts.models import Account, HouseAppointment, HouseOffice
from app.foundation.db import db
from app.foundation.permissions import PERMISSIONS
from tests.make.accounts import account


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=arguments)
    return result.exit_code, result.output


def appoint(app: Flask, email: str, *more: str) -> tuple[int, str]:
    return run(app, "accounts", "appoint", email, "administrator", "--reason", "Pirmā", *more)


def test_the_first_administrator_is_appointed_by_command(app: Flask) -> None:
    person = account("Anna", email="anna@people.example")
    assert appoint(app, "Anna+x@people.example") == (0, "Anna is now administrator.\n")
    held = db.session.scalars(select(HouseAppointment)).one()
    assert (held.account_id, held.office, held.reason, held.given_by_id) == (
        person.id,
        HouseOffice.ADMINISTRATOR,
        "Pirmā",
        None,
    )
    status, words = appoint(app, "anna@people.example")
    assert status == 1
    assert "holds this office already" in words


def test_whoever_has_no_account_needs_a_name(app: Flask) -> None:
    status, words = appoint(app, "anna@people.example")
    assert status == 1
    assert "--name" in words
    assert appoint(app, "anna@people.example", "--name", "Anna")[0] == 0
    made = db.session.scalars(select(Account)).one()
    assert (made.email, made.email_confirmed_at) == ("anna@people.example", None)


def test_nonsense_is_refused_with_a_sentence_and_leaves_nothing(app: Flask) -> None:
    for email, name in (("nobody", "Anna"), ("anna@people.example", "7")):
        status, words = appoint(app, email, "--name", name)
        assert status == 1
        assert words.startswith("Error: ")
        assert "Traceback" not in words
    assert db.session.scalars(select(Account)).all() == []


def test_every_permission_is_printed_with_roles_and_its_refusal(app: Flask) -> None:
    status, words = run(app, "permissions", "--json")
    assert status == 0
    matrix = json.loads(words)
    assert [row["permission"] for row in matrix] == sorted(PERMISSIONS)
    assert all(row["roles"] and row["otherwise"] for row in matrix)
    [suspend] = [row for row in matrix if row["permission"] == "accounts.suspend"]
    assert "administrator" in suspend["roles"]
    status, words = run(app, "permissions")
    assert status == 0
    assert "accounts.appoint\n  may:       administrator\n" in words
