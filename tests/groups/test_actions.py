"""Making groups, and saying who sits in them."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.accounts.models import Account
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.actors import VISITOR
from app.foundation.db import db
from app.foundation.refusals import Conflict, Invalid, NotAllowed
from app.foundation.text import LocalizedText
from app.groups import queries
from app.groups.actions import (
    appoint_chair,
    change_group,
    create_group,
    end_seat,
    seat_member,
)
from app.groups.models import Group, Sector
from app.groups.permissions import CHANGE_GROUP, CREATE_GROUP
from app.groups.roles import CHAIR, MEMBER
from tests.make.accounts import account, administrator
from tests.make.campaigns import campaign, moderator, organiser, theme
from tests.make.groups import group, seat

WORDS: dict[str, Any] = {
    "name": LocalizedText.of("lv", lv="Atklāti lēmumi", en="Open decisions"),
    "mandate": LocalizedText.of("lv", lv="Vērtē priekšlikumus."),
    "rules": LocalizedText.of("lv", lv="Lemj vienprātīgi."),
    "sits_from": date(2026, 1, 1),
    "sits_until": None,
}


def faults(call: Any) -> set[str]:
    with pytest.raises(Invalid) as refused:
        call()
    return set(refused.value.faults)


def sit(group: Group, person: Account | None, by: Account, **changes: Any) -> Any:
    words = {"organisation": "Delna", "sector": Sector.NGO, **changes}
    return seat_member(group, person, **words, by=by)


def test_an_organiser_makes_a_group_and_keeps_it_while_no_campaign_uses_it(app: Flask) -> None:
    maker, other = organiser(campaign()), organiser(campaign())
    made = create_group(**WORDS, by=maker)
    assert made.slug == "atklati-lemumi"
    assert CHANGE_GROUP.allows(maker, made)
    assert not CHANGE_GROUP.allows(other, made)


def test_the_organisers_whose_themes_use_it_keep_it_then(app: Flask) -> None:
    maker, using = organiser(campaign()), campaign()
    made = create_group(**WORDS, by=maker)
    theme(using, group_id=made.id)
    keeper = organiser(using)
    assert CHANGE_GROUP.allows(keeper, made)
    assert not CHANGE_GROUP.allows(maker, made)
    assert not CHANGE_GROUP.allows(moderator(using), made)


def test_the_same_people_are_found_from_the_other_end(app: Flask) -> None:
    maker, using = organiser(campaign()), campaign()
    made = create_group(**WORDS, by=maker)
    role = CHANGE_GROUP.granted_to[-1]
    assert set(db.session.scalars(role.holders(made))) == {maker.id}
    theme(using, group_id=made.id)
    keeper = organiser(using)
    assert set(db.session.scalars(role.holders(made))) == {keeper.id}
    anybody = CREATE_GROUP.granted_to[-1]
    assert set(db.session.scalars(anybody.holders(None))) == {maker.id, keeper.id}


def test_nobody_else_makes_or_changes_one(app: Flask) -> None:
    made = group()
    for person in (VISITOR, account(), moderator(campaign())):
        with pytest.raises(NotAllowed):
            create_group(**WORDS, by=person)
        with pytest.raises(NotAllowed):
            change_group(made, **WORDS, by=person)
    change_group(made, **WORDS, by=administrator())
    assert str(made.name.best_for("en")) == "Open decisions"


def test_two_groups_of_one_name_get_two_addresses(app: Flask) -> None:
    by = administrator()
    slugs = [create_group(**WORDS, by=by).slug for _ in range(2)]
    assert slugs == ["atklati-lemumi", "atklati-lemumi-2"]
    assert (
        create_group(**{**WORDS, "name": LocalizedText.of("en", en="New")}, by=by).slug == "new-2"
    )


def test_what_is_missing_or_too_long_is_said_by_its_field(app: Flask) -> None:
    by = administrator()
    wrong = {
        "name": LocalizedText.of("lv", en="Only English"),
        "rules": LocalizedText.of("lv", lv="x" * 6001),
        "sits_until": date(2025, 1, 1),
    }
    assert faults(lambda: create_group(**{**WORDS, **wrong}, by=by)) == {
        "name",
        "rules",
        "sits_until",
    }
    assert faults(lambda: create_group(**{**WORDS, "sits_from": None}, by=by)) == {"sits_from"}


def test_a_seat_says_for_whom_and_from_which_sector(app: Flask) -> None:
    made, by, person = group(), administrator(), account()
    assert faults(lambda: sit(made, person, by, organisation=" ", sector=None)) == {"sector"}
    assert faults(lambda: sit(made, person, by, organisation="")) == {"organisation"}
    assert faults(lambda: sit(made, None, by)) == {"person"}
    taken = sit(made, person, by, organisation="", sector=Sector.CITIZEN)
    assert taken.group_id == made.id
    assert MEMBER.held_by(person, made)
    assert not CHAIR.held_by(person, made)
    assert faults(lambda: sit(made, person, by)) == {"person"}


def test_whoever_chairs_is_one(app: Flask) -> None:
    made, by = group(), administrator()
    first, second = seat(made, chair=True), seat(made)
    appoint_chair(second, by=by)
    appoint_chair(second, by=by)
    assert [each.is_chair for each in (first, second)] == [False, True]
    assert CHAIR.held_by(second.account, made)
    assert not CHAIR.held_by(first.account, made)


def test_a_substitute_of_the_chair_may_chair_and_has_no_seat_of_their_own(app: Flask) -> None:
    made, by = group(), administrator()
    chair, other = seat(made, chair=True), seat(made)
    substitute = sit(made, account(), by, substitute_for=chair)
    assert CHAIR.held_by(substitute.account, made)
    assert MEMBER.held_by(substitute.account, made)
    with pytest.raises(Conflict):
        appoint_chair(substitute, by=by)
    assert faults(lambda: sit(made, account(), by, substitute_for=substitute)) == {"substitute_for"}
    assert faults(lambda: sit(made, account(), by, substitute_for=seat(group()))) == {
        "substitute_for"
    }
    assert not CHAIR.held_by(other.account, made)


def test_a_role_reads_the_same_from_both_ends(app: Flask) -> None:
    made = group()
    chair, member = seat(made, chair=True), seat(made)
    substitute = seat(made, substitute_for=chair)
    seat(group())
    members = {each.account_id for each in (chair, member, substitute)}
    assert set(db.session.scalars(MEMBER.holders(made))) == members
    assert set(db.session.scalars(CHAIR.holders(made))) == members - {member.account_id}


def test_a_seat_ends_with_its_substitutes_for_a_reason_and_stays_readable(app: Flask) -> None:
    made, by = group(), administrator()
    chair = seat(made, chair=True)
    substitute = seat(made, substitute_for=chair)
    assert faults(lambda: end_seat(chair, reason=" ", by=by)) == {"reason"}
    end_seat(chair, reason="Cits darbs", by=by)
    assert not MEMBER.held_by(chair.account, made)
    assert not MEMBER.held_by(substitute.account, made)
    assert list(queries.open_seats(made)) == []
    assert {each.end_reason for each in queries.past_seats(made)} == {"Cits darbs"}
    with pytest.raises(Conflict):
        end_seat(chair, reason="Vēlreiz", by=by)
    with pytest.raises(Conflict):
        appoint_chair(chair, by=by)


def test_nobody_sits_in_a_group_whose_last_day_is_over(app: Flask) -> None:
    yesterday = (clock.now() - timedelta(days=2)).date()
    made = group(sits_until=yesterday)
    chair = seat(made, chair=True)
    assert not MEMBER.held_by(chair.account, made)
    assert list(db.session.scalars(CHAIR.holders(made))) == []


def test_a_suspended_member_does_nothing(app: Flask) -> None:
    made = group()
    member = seat(made)
    member.account.suspended_at = clock.now()
    db.session.commit()
    assert not MEMBER.held_by(member.account, made)
    assert list(db.session.scalars(MEMBER.holders(made))) == []


def test_a_campaigns_organiser_manages_while_the_campaign_is_prepared(app: Flask) -> None:
    prepared = campaign(Stage.DRAFT)
    made = group()
    theme(prepared, group_id=made.id)
    by = organiser(prepared)
    sit(made, account(), by)
    with pytest.raises(NotAllowed):
        sit(made, account(), moderator(prepared))
