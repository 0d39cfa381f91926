"""Asking every address as everybody, and writing down what was answered."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import groupby
from typing import Any

import pytest
from flask import Flask, templating
from itsdangerous import URLSafeTimedSerializer
from werkzeug.wrappers import Response

from app.accounts.models import Account, Session
from app.accounts.proofs import hash_of
from app.campaigns.stages import Stage
from app.foundation import clock, rate_limits
from app.foundation.db import db
from app.foundation.transactions import transaction
from app.http import requests
from app.http.sessions import SESSION_TOKEN
from tests.routes.grounds import Ground, laid
from tests.routes.people import gathered
from tests.routes.samples import NoSample, Sample, samples

HEAD = ("method", "address", "case", "who may", "asked by", "answers")

READING = {"GET"}

ASKED_IN_EVERY_STAGE = {"visitor", "moderator", "organiser"}
TURNING_POINTS = {None, Stage.DRAFT, Stage.SUBMISSION, Stage.VOTING, Stage.REVIEW, Stage.ANSWERING}
"""Where the others are asked: wherever the rules for any of them change."""

CASES = {None, Stage.SUBMISSION, Stage.REVIEW}
"""Where everybody is asked for what is not simply published; its state decides, not the stage."""


def rows(app: Flask) -> list[tuple[str, ...]]:
    """The table: one row for each route, case and group of people who are told alike."""
    people = gathered()
    house, grounds = laid(people)
    askers = {name: Asker(app, person) for name, person in people.by_name().items()}
    found: list[tuple[str, ...]] = []
    with keeping_nothing():
        for sample in samples(app):
            told = {
                name: _answers(asker, sample, house, grounds, asked_in(name, sample))
                for name, asker in askers.items()
            }
            found += [
                (
                    *(sample.method, sample.address, sample.case, sample.who or ""),
                    "all" if len(names) == len(told) else " ".join(names),
                    _in_short(answers),
                )
                for names, answers in _alike(told)
            ]
    return found


def asked_in(name: str, sample: Sample) -> set[Stage | None]:
    """The stages in which this sample is asked for by this person."""
    if sample.case not in {"", "published"}:
        return CASES
    return {None, *Stage} if name in ASKED_IN_EVERY_STAGE else TURNING_POINTS


Answers = dict[Stage | None, str]


def _answers(
    asker: "Asker",
    sample: Sample,
    house: Ground,
    grounds: dict[Stage, Ground],
    wanted: set[Stage | None],
) -> Answers:
    stages = [stage for stage in sample.stages(house, grounds) if stage in wanted]
    if not stages:
        raise NoSample(f"{sample.address} has no sample in any stage")
    return {
        stage: asker.ask(sample, {**house, **(grounds[stage] if stage else {})}) for stage in stages
    }


def _alike(told: dict[str, Answers]) -> list[tuple[list[str], Answers]]:
    """Who is answered alike: the same in the same stages, or one and the same everywhere."""
    groups: dict[str, tuple[list[str], Answers]] = {}
    for name, answers in told.items():
        groups.setdefault(_in_short(answers), ([], answers))[0].append(name)
    return list(groups.values())


def _in_short(answers: Answers) -> str:
    """What is answered in each stage, stages in a row that answer alike said once."""
    if len(set(answers.values())) == 1:
        return next(iter(answers.values()))
    spans = []
    for answer, some in groupby(answers, key=lambda stage: answers[stage]):
        span = [stage.value for stage in some if stage]
        spans.append(f"{'..'.join(dict.fromkeys([span[0], span[-1]]))}:{answer}")
    return " ".join(spans)


class Asker:
    """Somebody with a browser: a cookie, and the token that our forms carry."""

    def __init__(self, app: Flask, person: Account | None) -> None:
        self._app = app
        self._client = app.test_client(use_cookies=False)
        raw = secrets.token_hex(20)
        kept: dict[str, Any] = {"csrf_token": raw}
        if person is not None:
            kept[SESSION_TOKEN] = _session_of(person)
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        self._cookie = f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(kept)}"
        self._token = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(raw)  # type: ignore[arg-type]

    def ask(self, sample: Sample, ground: Ground) -> str:
        """The answer in a word: its status, or ``sign-in`` where one is asked to sign in."""
        address = sample.rule.build(sample.values(ground))
        assert address is not None, sample.address
        rate_limits.forget()
        answer = self._send(sample, address[1], sample.body(ground))
        answer.close()
        return _word(answer)

    def _send(self, sample: Sample, address: str, body: Ground) -> Response:
        heads = {"Cookie": self._cookie, "X-CSRFToken": self._token}
        more: dict[str, Any] = {}
        if sample.method not in READING:
            more = {"json": body} if "/api/" in address else {"data": body}
            if "data" in more:
                more["data"] = {**body, "csrf_token": self._token}
        return self._client.open(address, method=sample.method, headers=heads, **more)


def _word(answer: Response) -> str:
    leads_to = answer.headers.get("Location", "")
    if answer.status_code == 401 or "/sign-in?return_to=" in leads_to:
        return "sign-in"
    return str(answer.status_code)


def _session_of(person: Account) -> str:
    token = secrets.token_urlsafe(32)
    db.session.add(
        Session(
            token_hash=hash_of(token),
            account_id=person.id,
            began_at=clock.now(),
            last_seen_at=clock.now(),
            expires_at=clock.now() + timedelta(days=30),
            browser="Test",
        )
    )
    db.session.commit()
    return token


@contextmanager
def keeping_nothing() -> Iterator[None]:
    """Every request is answered as in life, its rows written and checked, and then forgotten.

    So each question finds the same ground, and thousands can be asked in a row. Pages are
    decided upon and not drawn: what they say is looked at elsewhere.
    """

    @contextmanager
    def forgotten(*, writes: bool = True) -> Iterator[Any]:
        with transaction(writes=writes) as work:
            yield work
            if not work.abandoned:
                db.session.flush()
            work.abandon()

    rate_limits.use(None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requests, "transaction", forgotten)
        patch.setattr(templating, "_render", lambda *_page: "")
        yield
