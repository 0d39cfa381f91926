"""What can be done with a working group: make it, change it, say who sits in it."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from app.accounts.models import Account
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import Sentence, _
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict, Invalid
from app.foundation.text import LocalizedText, clean, clean_line
from app.groups import queries
from app.groups.events import (
    ChairAppointed,
    GroupChanged,
    GroupCreated,
    MemberSeated,
    SeatEnded,
)
from app.groups.models import Group, Membership, Sector
from app.groups.permissions import CHANGE_GROUP, CREATE_GROUP, VACATE_SEATS

LONGEST_NAME = 120
LONGEST_TEXT = 6000
LONGEST_ORGANISATION = 200
LONGEST_REASON = 1000

TAKEN_ADDRESSES = {"new"}
"""Words that addresses of pages about groups already use."""


def create_group(
    *,
    name: LocalizedText,
    mandate: LocalizedText,
    rules: LocalizedText,
    sits_from: date | None,
    sits_until: date | None,
    by: Actor,
) -> Group:
    """Make a group. It works for a campaign once one of the campaign's themes points to it."""
    authorise(by, CREATE_GROUP, None)
    texts = _texts(name, mandate, rules, sits_from, sits_until)
    group = Group(
        slug=_free_slug(str(name.best_for(name.original_language))),
        **texts,
        sits_from=sits_from,
        sits_until=sits_until,
        created_at=clock.now(),
        made_by_id=by.actor_id,
    )
    db.session.add(group)
    db.session.flush()
    publish(GroupCreated(group_id=group.id), by=by)
    return group


def change_group(
    group: Group,
    *,
    name: LocalizedText,
    mandate: LocalizedText,
    rules: LocalizedText,
    sits_from: date | None,
    sits_until: date | None,
    by: Actor,
) -> Group:
    """Say anew what the group is for and when it sits. Its address stays."""
    authorise(by, CHANGE_GROUP, group)
    texts = _texts(name, mandate, rules, sits_from, sits_until)
    assert sits_from is not None  # noqa: S101  _texts has just said so
    group.name, group.mandate, group.rules = texts["name"], texts["mandate"], texts["rules"]
    group.sits_from, group.sits_until = sits_from, sits_until
    publish(GroupChanged(group_id=group.id), by=by)
    return group


def seat_member(
    group: Group,
    person: Account | None,
    *,
    organisation: str,
    sector: Sector | None,
    substitute_for: Membership | None = None,
    by: Actor,
) -> Membership:
    """Give somebody a seat, or make them the substitute of somebody who has one."""
    authorise(by, CHANGE_GROUP, group)
    _lock(group)
    organisation = clean_line(organisation)
    faults: dict[str, Sentence] = {}
    if person is None or not person.is_active:
        faults["person"] = _(
            "Nobody has signed in with this address yet. Ask them to sign in once, then try again."
        )
    elif queries.open_seat_in(group, person.id) is not None:
        faults["person"] = _("This person already sits in the group.")
    if len(organisation) > LONGEST_ORGANISATION:
        faults["organisation"] = _("The organisation's name is too long.")
    if sector is None:
        faults["sector"] = _("Choose the sector that this person comes from.")
    elif not organisation and sector is not Sector.CITIZEN:
        faults["organisation"] = _("Write for which organisation this person sits here.")
    if substitute_for is not None and not _has_own_open_seat(substitute_for, group):
        faults["substitute_for"] = _("Choose somebody who has a seat of their own in this group.")
    if faults or person is None or sector is None:
        raise Invalid(faults)
    seat = Membership(
        group_id=group.id,
        account_id=person.id,
        organisation=organisation,
        sector=sector,
        substitute_for_id=substitute_for.id if substitute_for else None,
        began_at=clock.now(),
    )
    db.session.add(seat)
    db.session.flush()
    queries.forget_seats()
    publish(MemberSeated(group_id=group.id, membership_id=seat.id), by=by)
    return seat


def appoint_chair(membership: Membership, *, by: Actor) -> Membership:
    """Let this member chair the group, in place of whoever did. Twice changes nothing."""
    authorise(by, CHANGE_GROUP, membership.group)
    _lock(membership.group)
    if membership.ended_at is not None:
        raise Conflict(_("This seat has ended."))
    if membership.substitute_for_id is not None:
        raise Conflict(_("A substitute cannot chair. Give this person a seat of their own first."))
    if membership.is_chair:
        return membership
    for seat in queries.open_seats(membership.group):
        seat.is_chair = seat.id == membership.id
    queries.forget_seats()
    publish(
        ChairAppointed(group_id=membership.group_id, membership_id=membership.id),
        by=by,
    )
    return membership


def end_seat(membership: Membership, *, reason: str, by: Actor) -> Membership:
    """End a seat, and with it those of its substitutes. The row stays, with the reason."""
    authorise(by, CHANGE_GROUP, membership.group)
    _lock(membership.group)
    reason = clean(reason)
    if not reason:
        raise Invalid({"reason": _("Write why this seat ends; everybody can read it.")})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": _("The reason is too long.")})
    if membership.ended_at is not None:
        raise Conflict(_("This seat has already ended."))
    _end(membership, reason, by)
    for seat in queries.open_seats(membership.group):
        if seat.substitute_for_id == membership.id:
            _end(seat, reason, by)
    queries.forget_seats()
    return membership


def vacate_seats(person: Account, *, by: Actor) -> None:
    """End every seat of somebody who has left. Pages say that they left; twice is harmless."""
    authorise(by, VACATE_SEATS, person)
    for seat in queries.open_seats_of_account(person.id):
        _end(seat, "", by)
    queries.forget_seats()


def _end(seat: Membership, reason: str, by: Actor) -> None:
    seat.ended_at, seat.end_reason = clock.now(), reason
    db.session.flush()
    publish(SeatEnded(group_id=seat.group_id, membership_id=seat.id), by=by)


def _has_own_open_seat(seat: Membership, group: Group) -> bool:
    return seat.group_id == group.id and seat.ended_at is None and seat.substitute_for_id is None


def _lock(group: Group) -> None:
    """Let seats of one group change one after the other."""
    db.session.execute(select(Group.id).where(Group.id == group.id).with_for_update())


def _texts(
    name: LocalizedText,
    mandate: LocalizedText,
    rules: LocalizedText,
    sits_from: date | None,
    sits_until: date | None,
) -> dict[str, LocalizedText]:
    """The three texts, cleaned; or Invalid with a sentence for each fault."""
    faults: dict[str, Sentence] = {}
    cleaned = {
        "name": _cleaned(name, clean_line),
        "mandate": _cleaned(mandate, clean),
        "rules": _cleaned(rules, clean),
    }
    if not cleaned["name"].wordings.get(name.original_language):
        faults["name"] = _("Give the group a name in its own language.")
    if _longest(cleaned["name"]) > LONGEST_NAME:
        faults["name"] = _("The name is too long.")
    for field in ("mandate", "rules"):
        if _longest(cleaned[field]) > LONGEST_TEXT:
            faults[field] = _("This text is too long.")
    if sits_from is None:
        faults["sits_from"] = _("Say from which day the group sits.")
    elif sits_until is not None and sits_until < sits_from:
        faults["sits_until"] = _("The last day comes before the first one.")
    if faults:
        raise Invalid(faults)
    return cleaned


def _cleaned(text: LocalizedText, cleaner: Callable[[str], str]) -> LocalizedText:
    wordings = {code: cleaner(said) for code, said in text.wordings.items()}
    return LocalizedText.of(text.original_language, **wordings)


def _longest(text: LocalizedText) -> int:
    return max((len(said) for said in text.wordings.values()), default=0)


def _free_slug(name: str) -> str:
    """An address made of the name's plain letters, with a number where it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "group"
    slug, number = word, 1
    while slug in TAKEN_ADDRESSES or queries.by_slug(slug) is not None:
        number += 1
        slug = f"{word}-{number}"
    return slug
