"""What can be done to an action plan, and what is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.foundation import clock
from app.foundation.actors import VISITOR
from app.foundation.refusals import Invalid, NotAllowed
from app.foundation.text import LocalizedText
from app.plans import actions
from tests.make.accounts import account, administrator
from tests.make.campaigns import campaign, organiser
from tests.make.plans import description, plan

ACT = LocalizedText.of("lv", lv="Ministru kabineta rīkojums Nr. 78")


def faults(act: Callable[[], Any]) -> set[str]:
    with pytest.raises(Invalid) as refused:
        act()
    return set(refused.value.faults)


def test_an_administrator_keeps_plans(app: Flask) -> None:
    by = administrator()
    made = actions.create_plan(slug="plans-2028", description=description(), by=by)
    actions.change_plan(made, description=description(ordinal=7), by=by)
    actions.approve_plan(made, approved_on=date(2022, 2, 10), act=ACT, by=by)
    assert (made.ordinal, made.approved_on) == (7, date(2022, 2, 10))


@pytest.mark.parametrize("who", ["visitor", "somebody", "organiser"])
def test_nobody_else_does(app: Flask, who: str) -> None:
    people: dict[str, Callable[[], Any]] = {
        "visitor": lambda: VISITOR,
        "somebody": account,
        "organiser": lambda: organiser(campaign()),
    }
    by, made = people[who](), plan()
    acts: list[Callable[[], Any]] = [
        lambda: actions.create_plan(slug="plans-2028", description=description(), by=by),
        lambda: actions.change_plan(made, description=description(), by=by),
        lambda: actions.approve_plan(made, approved_on=date(2022, 2, 10), act=ACT, by=by),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ordinal": 0}, "ordinal"),
        ({"title": LocalizedText.of("en", en="Only English")}, "title_lv"),
        ({"title": LocalizedText.of("lv", lv="Plāns", en="x" * 201)}, "title_en"),
        ({"ends_on": date(2028, 1, 1)}, "ends_on"),
    ],
)
def test_what_is_wrong_is_named(app: Flask, changes: dict[str, Any], field: str) -> None:
    by = administrator()
    wrong = description(**changes)
    assert faults(lambda: actions.create_plan(slug="plans-2028", description=wrong, by=by)) == {
        field
    }


@pytest.mark.parametrize("slug", ["create", "", "A", "plāns", "plan 1"])
def test_an_address_that_would_break_is_refused(app: Flask, slug: str) -> None:
    by = administrator()
    assert faults(lambda: actions.create_plan(slug=slug, description=description(), by=by)) == {
        "slug"
    }


def test_an_address_is_given_once(app: Flask) -> None:
    by, made = administrator(), plan()
    assert faults(
        lambda: actions.create_plan(slug=made.slug, description=description(), by=by)
    ) == {"slug"}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "likumi.lv", "https://" + "x" * 500])
def test_a_link_that_is_none_is_refused(app: Flask, link: str) -> None:
    by, made = administrator(), plan()
    assert faults(
        lambda: actions.approve_plan(made, approved_on=date(2022, 2, 10), act=ACT, link=link, by=by)
    ) == {"approval_link"}


def test_an_approval_that_has_not_happened_yet_is_refused(app: Flask) -> None:
    by, made = administrator(), plan()
    ahead = clock.now().date() + timedelta(days=2)
    assert faults(lambda: actions.approve_plan(made, approved_on=ahead, act=ACT, by=by)) == {
        "approved_on"
    }
