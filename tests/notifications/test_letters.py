"""Letters: gathered, written once, sent at least once, and never to whoever wants none."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.db import db, is_postgresql
from app.notifications import digests, jobs
from app.notifications.models import Letter
from app.proposals.models import State
from tests.make.accounts import account
from tests.make.campaigns import campaign
from tests.make.notices import follower, happened, later, notices_of, wishes
from tests.make.proposals import proposal
from tests.postbox import Postbox

RIGA = ZoneInfo("Europe/Riga")


def _publish(author: Account, where: Campaign | None = None, title: str = "Soliņi") -> None:
    made = proposal(where or campaign(), author=author, title=title)
    happened("proposal.published", proposal_id=made.id, campaign_id=made.campaign_id)


def _comment_noticed(author: Account) -> None:
    made = proposal(campaign(), author=author)
    for number in (1, 2):
        happened(
            "comment.written",
            comment_id=number,
            proposal_id=made.id,
            campaign_id=made.campaign_id,
        )


def _set_clock(day: int, hour: int, minute: int = 0) -> None:
    """Be in March 2027, in Riga."""
    local = datetime(2027, 3, day, hour, minute, tzinfo=RIGA)
    clock.set_offset(local - datetime.now(UTC))


def _letters() -> list[Letter]:
    return list(
        db.session.scalars(
            select(Letter).order_by(Letter.id).execution_options(populate_existing=True)
        )
    )


def test_what_comes_together_is_one_letter_a_minute_later(app: Flask, smtp_server: Postbox) -> None:
    author = account()
    where = campaign()
    _publish(author, where, "Pirmais")
    _publish(author, where, "Otrais")
    jobs.write_letters()
    assert smtp_server.messages == []
    later(seconds=61)
    jobs.write_letters()
    jobs.write_letters()
    [mail] = smtp_server.to(author.email or "")
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Pirmais" in text
    assert "Otrais" in text
    assert all(notice.letter_id for notice in notices_of(author))


def test_several_events_about_one_proposal_stand_below_its_title_once(
    app: Flask, smtp_server: Postbox
) -> None:
    author = account(language="en")
    made = proposal(campaign(), author=author, title="Benches")
    ids: dict[str, Any] = {"proposal_id": made.id, "campaign_id": made.campaign_id}
    for number in (1, 2, 3):
        happened("comment.written", comment_id=number, **ids)
    happened("proposal.restored", **ids)
    later(seconds=61)
    jobs.write_letters()
    [mail] = smtp_server.messages
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert text.count("Benches") == 1
    assert "3 new comments" in text
    assert mail["Subject"] == "2 pieces of news: Benches"


def test_a_letter_carries_its_reason_its_links_and_the_way_out(
    app: Flask, smtp_server: Postbox
) -> None:
    author = account(language="en")
    made = proposal(
        campaign(),
        author=author,
        title="Benches",
        state=State.RETURNED,
        state_reason="Which street?",
    )
    happened("proposal.returned", proposal_id=made.id, campaign_id=made.campaign_id)
    later(seconds=61)
    jobs.write_letters()
    [mail] = smtp_server.messages
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert mail["Subject"] == "Your proposal was returned for correction: Benches"
    assert mail["Content-Language"] == "en"
    assert "Which street?" in text
    assert f"http://localhost:8000/en/proposals/{made.reference}/" in text
    assert "You are an author of this proposal." in text
    assert mail["Message-ID"].startswith("<letter-")
    assert mail["Message-ID"].endswith("@localhost>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip().startswith("<http://localhost:8000/en/unsubscribe/")


def test_a_hidden_proposals_title_stands_in_no_letter(app: Flask, smtp_server: Postbox) -> None:
    follows = account(language="en")
    made = proposal(campaign(), title="Vile words", state=State.HIDDEN, state_reason="Insults.")
    follower(follows, f"proposal:{made.id}")
    happened("proposal.hidden", proposal_id=made.id, campaign_id=made.campaign_id)
    later(seconds=61)
    jobs.write_letters()
    [mail] = smtp_server.to(follows.email or "")
    assert "Vile words" not in mail.as_string()
    assert "Insults." in mail.as_string()


def test_a_title_that_would_break_out_stays_text(app: Flask, smtp_server: Postbox) -> None:
    author = account('"><svg onload=alert(1)>')
    _publish(author, title='"><svg onload=alert(1)>\r\nBcc: all@people.example')
    later(seconds=61)
    jobs.write_letters()
    [mail] = smtp_server.messages
    page = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "<svg" not in page
    assert mail["Bcc"] is None


def test_what_can_wait_comes_with_the_daily_letter(app: Flask, smtp_server: Postbox) -> None:
    _set_clock(1, 12)
    author = account()
    _comment_noticed(author)
    later(minutes=10)
    jobs.write_letters()
    assert smtp_server.messages == []
    _set_clock(2, 6, 59)
    jobs.write_letters()
    assert smtp_server.messages == []
    _set_clock(2, 7, 1)
    jobs.write_letters()
    assert len(smtp_server.messages) == 1


def test_a_worker_that_was_down_at_seven_writes_the_daily_letter_later_and_once(
    app: Flask, smtp_server: Postbox
) -> None:
    _set_clock(1, 12)
    author = account()
    wishes(author, "daily")
    _publish(author)
    _set_clock(2, 15)
    jobs.write_letters()
    jobs.write_letters()
    _publish(author)
    later(hours=1)
    jobs.write_letters()
    assert len(smtp_server.messages) == 1


def test_a_weekly_letter_waits_for_monday(app: Flask, smtp_server: Postbox) -> None:
    _set_clock(2, 12)  # a Tuesday
    author = account()
    wishes(author, "weekly")
    _publish(author)
    for day in range(3, 8):
        _set_clock(day, 12)
        jobs.write_letters()
    assert smtp_server.messages == []
    _set_clock(8, 7, 1)
    jobs.write_letters()
    assert len(smtp_server.messages) == 1


def test_whoever_wants_no_letters_gets_none_and_reads_it_in_the_inbox(
    app: Flask, smtp_server: Postbox
) -> None:
    author = account()
    wishes(author, "none")
    _publish(author)
    later(days=30)
    jobs.write_letters()
    assert smtp_server.messages == []
    assert len(notices_of(author)) == 1


@pytest.mark.parametrize(
    ("at", "daily"),
    [
        (datetime(2027, 3, 28, 12, tzinfo=RIGA), datetime(2027, 3, 28, 7, tzinfo=RIGA)),
        (datetime(2027, 3, 28, 6, tzinfo=RIGA), datetime(2027, 3, 27, 7, tzinfo=RIGA)),
        (datetime(2027, 10, 31, 7, tzinfo=RIGA), datetime(2027, 10, 31, 7, tzinfo=RIGA)),
        (
            datetime(2027, 10, 31, 3, 30, fold=1, tzinfo=RIGA),
            datetime(2027, 10, 30, 7, tzinfo=RIGA),
        ),
    ],
)
def test_seven_in_the_morning_is_seven_also_when_clocks_change(
    at: datetime, daily: datetime
) -> None:
    assert digests.latest_daily(at.astimezone(UTC), RIGA).astimezone(UTC) == daily.astimezone(UTC)


def test_over_a_year_there_are_as_many_daily_letters_as_days_and_52_weekly_ones() -> None:
    at = datetime(2027, 1, 1, tzinfo=UTC)
    hours = [at + timedelta(minutes=30 * step) for step in range(2 * 24 * 365)]
    assert len({digests.latest_daily(hour, RIGA) for hour in hours}) == 366
    assert len({digests.latest_weekly(hour, RIGA) for hour in hours}) == 53
    assert {digests.latest_weekly(hour, RIGA).weekday() for hour in hours} == {0}


def test_a_mail_server_that_is_unwell_gets_the_same_message_again(
    app: Flask, smtp_server: Postbox
) -> None:
    author = account()
    _publish(author)
    later(seconds=61)
    smtp_server.answer = "451 later"
    try:
        jobs.write_letters()
    finally:
        smtp_server.answer = "250 OK"
    [letter] = _letters()
    assert (letter.sent_at, letter.taken_at, letter.tries) == (None, None, 1)
    jobs.sweep_letters()
    assert smtp_server.messages == []  # not yet
    later(minutes=2)
    jobs.sweep_letters()
    [mail] = smtp_server.messages
    assert mail["Message-ID"] == letter.message_id
    assert _letters()[0].sent_at is not None


def test_a_letter_is_given_up_after_so_many_tries(app: Flask, smtp_server: Postbox) -> None:
    author = account()
    _publish(author)
    later(seconds=61)
    smtp_server.answer = "451 later"
    try:
        jobs.write_letters()
        for wait in jobs.TRY_AGAIN_AFTER:
            later(seconds=wait.total_seconds() + 1)
            jobs.sweep_letters()
    finally:
        smtp_server.answer = "250 OK"
    [letter] = _letters()
    assert letter.given_up_because == "tries"
    later(days=30)
    jobs.sweep_letters()
    assert smtp_server.messages == []


def test_a_letter_left_by_a_killed_worker_is_sent_after_all(
    app: Flask, smtp_server: Postbox
) -> None:
    author = account()
    at = clock.now()
    letter = Letter(
        account_id=author.id,
        message_id="<letter-1@localhost>",
        written_at=at,
        due_at=at + jobs.SENDING_TAKES,
        taken_at=at,
        tries=1,
    )
    db.session.add(letter)
    db.session.commit()
    _publish(author)
    notices_of(author)[0].letter_id = letter.id
    db.session.commit()
    jobs.send_letter(letter_id=letter.id)
    assert smtp_server.messages == []  # somebody may still be sending it
    later(minutes=4)
    jobs.sweep_letters()
    assert len(smtp_server.messages) == 1


def test_a_letter_on_its_way_to_whoever_left_or_wants_no_more_is_given_up(
    app: Flask, smtp_server: Postbox
) -> None:
    stops, leaves = account(), account()
    smtp_server.answer = "451 later"
    try:
        _publish(stops)
        _publish(leaves)
        later(seconds=61)
        jobs.write_letters()
    finally:
        smtp_server.answer = "250 OK"
    wishes(stops, "none")
    leaves.erased_at, leaves.email = clock.now(), None
    db.session.commit()
    later(minutes=20)
    jobs.sweep_letters()
    assert smtp_server.messages == []
    assert {letter.given_up_because for letter in _letters()} == {"unwanted"}


def test_two_who_write_letters_at_once_carry_each_notice_once(
    app: Flask, smtp_server: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_postgresql():
        pytest.skip("on SQLite one waits for the other from the start")
    people = [account() for _ in range(40)]
    where = campaign()
    for each in people:
        follower(each, f"campaign:{where.id}")
    happened("campaign.cancelled", campaign_id=where.id)
    later(seconds=61)
    ahead = clock.offset()

    def write() -> None:
        with app.app_context():
            clock.set_offset(ahead)
            jobs.write_letters()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    jobs.write_letters()
    assert sorted(mail["To"] for mail in smtp_server.messages) == sorted(
        each.email or "" for each in people
    )


def test_more_letters_than_one_transaction_writes_are_all_written(
    app: Flask, smtp_server: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "IN_ONE_GO", 3)
    where = campaign(Stage.REVIEW)
    for each in [account() for _ in range(8)]:
        follower(each, f"campaign:{where.id}")
    happened("tally.published", campaign_id=where.id)
    later(seconds=61)
    jobs.write_letters()
    assert len(smtp_server.messages) == 8
