"""What the clock announces: each stage once, however often and by how many it is told."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from app.campaigns.jobs import announce_stages_that_changed
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.db import db
from app.foundation.events import EventRecord
from tests.make.campaigns import campaign, side_by_side


def announced(made: Campaign) -> list[str]:
    db.session.rollback()
    return [
        details["stage"]
        for details in db.session.scalars(
            select(EventRecord.details)
            .where(EventRecord.name == "campaign.stage_began", EventRecord.campaign_id == made.id)
            .order_by(EventRecord.id)
        )
    ]


def test_each_stage_is_announced_once_as_the_clock_reaches_it(app: Flask) -> None:
    made = campaign(Stage.ANNOUNCED)
    told = {0: [], 11: ["submission"], 41: ["sorting"], 51: ["voting"], 71: ["review"]}
    told[101] = ["answering"]
    so_far: list[str] = []
    for day, stages in told.items():
        clock.set_offset(timedelta(days=day))
        announce_stages_that_changed()
        announce_stages_that_changed()
        so_far += stages
        assert announced(made) == so_far
    clock.set_offset(timedelta(days=500))
    announce_stages_that_changed()
    assert announced(made) == so_far


def test_a_clock_that_slept_announces_everything_it_missed_in_order(app: Flask) -> None:
    made = campaign(Stage.REVIEW)
    announce_stages_that_changed()
    assert announced(made) == ["submission", "sorting", "voting", "review"]


def test_side_by_side_the_opening_of_voting_is_announced_too(app: Flask) -> None:
    made = side_by_side()
    announce_stages_that_changed()
    assert announced(made) == ["submission", "voting"]
    clock.set_offset(timedelta(days=26))
    announce_stages_that_changed()
    assert announced(made) == ["submission", "voting", "review"]


@pytest.mark.parametrize(
    "changes",
    [
        {"announced_at": None},
        {"cancelled_at": "now"},
        {"concluded_at": "now"},
        {"is_imported": True},
    ],
)
def test_nothing_is_announced_of_what_does_not_run(app: Flask, changes: dict[str, object]) -> None:
    now = clock.now()
    made = campaign(
        Stage.VOTING, **{name: now if what == "now" else what for name, what in changes.items()}
    )
    announce_stages_that_changed()
    assert announced(made) == []


def test_side_by_side_clocks_announce_each_stage_once(app: Flask) -> None:
    made = [campaign(Stage.REVIEW) for _ in range(3)]
    ids = [each.id for each in made]
    db.session.rollback()
    clocks, failed = 4, []
    start = Barrier(clocks)

    def tick() -> None:
        with app.app_context():
            try:
                start.wait()
                announce_stages_that_changed()
            except Exception as problem:  # noqa: BLE001
                failed.append(problem)
            finally:
                db.session.remove()

    threads = [Thread(target=tick) for _ in range(clocks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    for number in ids:
        one = db.session.get_one(Campaign, number)
        assert announced(one) == ["submission", "sorting", "voting", "review"]
