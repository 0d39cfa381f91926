"""Whoever leaves leaves their offices too."""

from flask import Flask

from app.accounts.events import AccountErased
from app.campaigns import queries
from app.campaigns.listeners import end_offices
from tests.make.campaigns import campaign, moderator, organiser


def test_somebody_who_left_holds_no_office(app: Flask) -> None:
    made = campaign()
    leaves, stays = organiser(made), moderator(made)
    for _ in range(2):
        end_offices(AccountErased(leaves.id))
    assert [each.account_id for each in queries.appointments_in(made)] == [stays.id]
