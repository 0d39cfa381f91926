"""Every event is catalogued, worded and has its sentence; what nobody is told of says why.

Add an event, and add with it a row in ``notifications/catalogue.py`` (or ``Silent``), its words in
``notifications/wording.py`` and a sentence in ``audit/sentences.py``.
"""

import re
from dataclasses import fields

import pytest
from flask import Flask

from app.audit.names import Names
from app.audit.sentences import SENTENCES
from app.foundation.events import EVENTS, Event, EventRecord, listeners_of
from app.notifications.audiences import Because
from app.notifications.catalogue import CATALOGUE, Moment, Silent
from app.notifications.facts import Facts
from app.notifications.models import Notification
from app.notifications.wording import REASONS, WORDS, worded, words_of
from tests.make.notices import notice

FIELD = re.compile(r"%\((\w+)\)s")


def of_the_house() -> dict[str, type[Event]]:
    """The events of the rooms; tests have some of their own."""
    return {name: event for name, event in EVENTS.items() if event.__module__.startswith("app.")}


def test_every_event_has_a_row_in_the_catalogue_and_every_row_an_event(app: Flask) -> None:
    assert sorted(of_the_house()) == sorted(CATALOGUE)


def test_every_event_has_a_sentence_and_every_sentence_an_event(app: Flask) -> None:
    assert sorted(of_the_house()) == sorted(SENTENCES)


def test_every_moment_has_words_and_nothing_else_has(app: Flask) -> None:
    moments = {name for name, row in CATALOGUE.items() if isinstance(row, Moment)}
    assert {name.partition(":")[0] for name in WORDS} == moments


def test_what_nobody_is_told_of_says_why() -> None:
    assert all(row.reason for row in CATALOGUE.values() if isinstance(row, Silent))


def test_every_moment_is_listened_for(app: Flask) -> None:
    for name, row in CATALOGUE.items():
        told = [word for word in listeners_of(EVENTS[name]) if word.endswith(".tell_people")]
        assert len(told) == isinstance(row, Moment), name


def test_an_event_carries_ids_and_words_of_the_house_only(app: Flask) -> None:
    """No field of an event could hold what a person wrote."""
    allowed = re.compile(r"\w+_id|revision|version|stage")
    strange = [
        f"{name}.{field.name}"
        for name, event in of_the_house().items()
        for field in fields(event)
        if not allowed.fullmatch(field.name)
    ]
    assert strange == []


def test_every_reason_is_worded() -> None:
    assert set(REASONS) == set(Because)


def _ids_of(event: type[Event]) -> dict[str, object]:
    return {field.name: "voting" if field.name == "stage" else 0 for field in fields(event)}


@pytest.mark.parametrize("name", sorted(WORDS))
def test_every_notice_can_be_worded_when_what_it_names_is_gone(app: Flask, name: str) -> None:
    """A row may have been erased since; then the notice says less, and breaks no page."""
    kind, _, about = name.partition(":")
    details = _ids_of(EVENTS[kind])
    if kind == "campaign.stage_began":
        details["stage"] = about or "announced"
    subject = f"{about}:0" if about in {"group", "campaign"} else EVENTS[kind](**details).subject
    made = notice(kind, subject, details)
    words = words_of(made)
    assert words is WORDS[name]
    known = Facts([made]).values_for(made)
    for sentence in (words.headline, words.text):
        assert set(FIELD.findall(str(sentence))) <= {*known, "outcome"}
    [group] = worded([made])
    assert group.lines[0].headline
    if words.many:
        [several] = worded([made, notice(kind, subject, details)])
        assert "2" in several.lines[0].headline


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_every_sentence_can_be_said(app: Flask, name: str) -> None:
    record = EventRecord(name=name, details=_ids_of(EVENTS[name]), actor_id=None, by_system=True)
    said = Names([record]).sentence_for(record)
    assert said.endswith(".")
    assert "%(" not in said


def test_a_notice_and_an_event_are_kept_without_words_of_people() -> None:
    """The columns that could hold text hold words of ours."""
    assert {column.name for column in Notification.__table__.columns} == {
        "id", "account_id", "about", "kind", "subject", "because", "details",
        "told_at", "read_at", "letter_id", "wants_mail",
    }  # fmt: skip
