"""Who is told of an event, why, and how often: once."""

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Account
from app.campaigns.stages import Stage
from app.comments.models import Comment, Position
from app.foundation import clock, events
from app.foundation.actors import SYSTEM
from app.foundation.db import db, is_postgresql
from app.foundation.events import EventDelivery
from app.foundation.transactions import transaction
from app.notifications.models import Letter, Notification
from app.proposals.models import CoAuthor, CoAuthorState, Proposal, State
from tests.make.accounts import account
from tests.make.campaigns import campaign, moderator
from tests.make.notices import follower, happened, notices_of, told, voter
from tests.make.proposals import proposal


def _comment(made: Proposal, author: Account, parent: Comment | None = None) -> Comment:
    comment = Comment(
        thread_id=made.thread_id,
        parent_id=parent.id if parent else None,
        author_id=author.id,
        position=Position.PLAIN,
        language="lv",
        text="Jā.",
        written_at=clock.now(),
    )
    db.session.add(comment)
    db.session.commit()
    return comment


def _ids(made: Proposal) -> dict[str, Any]:
    return {"proposal_id": made.id, "campaign_id": made.campaign_id}


def test_authors_commenters_and_followers_hear_of_a_step_each_for_their_reason(app: Flask) -> None:
    author, co_author, commenter, follows, stranger = (account() for _ in range(5))
    made = proposal(campaign(), author=author)
    db.session.add(
        CoAuthor(
            proposal_id=made.id,
            account_id=co_author.id,
            state=CoAuthorState.ACCEPTED,
            since=clock.now(),
        )
    )
    _comment(made, commenter)
    follower(follows, f"proposal:{made.id}")
    happened("proposal.withdrawn", **_ids(made))
    reasons = [notices_of(each)[0].because for each in (author, co_author, commenter, follows)]
    assert reasons == ["author", "author", "commenter", "follower"]
    assert notices_of(stranger) == []


def test_who_is_concerned_in_two_ways_is_told_once(app: Flask) -> None:
    author = account()
    made = proposal(campaign(), author=author)
    _comment(made, author)
    follower(author, f"proposal:{made.id}")
    happened("proposal.withdrawn", **_ids(made))
    assert [notice.because for notice in notices_of(author)] == ["author"]


def test_nobody_is_told_of_what_they_did_themselves(app: Flask) -> None:
    author, follows = account(), account()
    made = proposal(campaign(), author=author)
    follower(follows, f"proposal:{made.id}")
    happened("proposal.withdrawn", by=author, **_ids(made))
    assert told(author) == []
    assert told(follows) == ["proposal.withdrawn"]


def test_whoever_stopped_following_hears_of_steps_no_more_but_of_what_is_asked_of_them(
    app: Flask,
) -> None:
    author, commenter = account(), account()
    made = proposal(campaign(), author=author)
    _comment(made, commenter)
    for each in (author, commenter):
        follower(each, f"proposal:{made.id}", stopped=True)
    happened("proposal.withdrawn", **_ids(made))
    happened("proposal.returned", **_ids(made))
    assert told(author) == ["proposal.returned"]
    assert told(commenter) == []


def test_a_co_author_who_has_not_accepted_is_told_of_the_question_only(app: Flask) -> None:
    asked = account()
    made = proposal(campaign())
    db.session.add(CoAuthor(proposal_id=made.id, account_id=asked.id, since=clock.now()))
    happened("co_author.invited", account_id=asked.id, **_ids(made))
    happened("proposal.published", **_ids(made))
    assert told(asked) == ["co_author.invited"]


def test_those_of_both_proposals_hear_of_a_merge(app: Flask) -> None:
    first, second = account(), account()
    where = campaign(Stage.SORTING)
    source, target = proposal(where, author=first), proposal(where, author=second)
    happened("proposal.merged", merge_id=1, target_id=target.id, **_ids(source))
    assert [notice.subject for notice in notices_of(first)] == [f"proposal:{source.id}"]
    assert [notice.subject for notice in notices_of(second)] == [f"proposal:{target.id}"]


def test_whose_proposal_was_merged_hears_of_what_becomes_of_the_joint_one(app: Flask) -> None:
    wrote, followed, stopped = account(), account(), account()
    where = campaign(Stage.ANSWERING)
    joint = proposal(where)
    middle = proposal(where, state=State.MERGED, merged_into_id=joint.id)
    source = proposal(where, author=wrote, state=State.MERGED, merged_into_id=middle.id)
    follower(followed, f"proposal:{source.id}")
    follower(stopped, f"proposal:{source.id}", stopped=True)
    happened("proposal.answered", answer_id=1, **_ids(joint))
    assert [notice.subject for notice in notices_of(wrote)] == [f"proposal:{joint.id}"]
    assert told(followed) == ["proposal.answered"]
    assert told(stopped) == []


def test_who_is_answered_hears_of_the_reply_and_other_commenters_do_not(app: Flask) -> None:
    first, other, answers = account(), account(), account()
    made = proposal(campaign())
    question = _comment(made, first)
    _comment(made, other)
    reply = _comment(made, answers, parent=question)
    happened("comment.written", by=answers, comment_id=reply.id, **_ids(made))
    assert told(first) == ["comment.written"]
    assert told(other) == []


def test_moderators_hear_of_what_waits_for_them(app: Flask) -> None:
    where = campaign()
    here, elsewhere = moderator(where), moderator(campaign())
    happened("proposal.submitted", **_ids(proposal(where)))
    assert told(here) == ["proposal.submitted"]
    assert told(elsewhere) == []


def test_voters_authors_and_followers_of_a_campaign_are_told_the_same(app: Flask) -> None:
    """No inbox says who voted, let alone for what."""
    voted, author, follows, took_back, stranger = (account() for _ in range(5))
    where = campaign(Stage.REVIEW)
    voter(voted, where.id, supports=3)
    voter(took_back, where.id, supports=0)
    proposal(where, author=author)
    follower(follows, f"campaign:{where.id}")
    happened("tally.published", campaign_id=where.id)
    rows = {
        (notice.about, notice.because, notice.subject, str(notice.details))
        for each in (voted, author, follows)
        for notice in notices_of(each)
    }
    assert len(rows) == 1
    assert told(took_back) == told(stranger) == []


def test_a_support_is_told_to_nobody(app: Flask) -> None:
    assert not [name for name in events.EVENTS if name.startswith(("support", "ballot", "vote."))]


def test_the_opening_of_voting_is_told_to_the_crowd_and_its_end_with_the_result(app: Flask) -> None:
    author = account()
    where = campaign(Stage.VOTING)
    proposal(where, author=author)
    happened("campaign.stage_began", campaign_id=where.id, stage="voting")
    happened("campaign.stage_began", campaign_id=where.id, stage="review")
    happened("tally.published", campaign_id=where.id)
    assert told(author) == ["campaign.stage_began", "tally.published"]


def test_imported_and_erased_accounts_are_told_nothing(app: Flask) -> None:
    imported, erased = account(), account()
    imported.can_sign_in, erased.erased_at = False, clock.now()
    made = proposal(campaign(), author=imported)
    follower(erased, f"proposal:{made.id}")
    happened("proposal.withdrawn", **_ids(made))
    assert told(imported) == told(erased) == []


def test_whoever_leaves_takes_notices_and_waiting_letters_along(app: Flask) -> None:
    author = account()
    happened("proposal.published", **_ids(proposal(campaign(), author=author)))
    at = clock.now()
    letter = Letter(account_id=author.id, message_id="<l@x>", written_at=at, due_at=at)
    db.session.add(letter)
    db.session.flush()
    notices_of(author)[0].letter_id = letter.id
    author.erased_at = at
    happened("account.erased", account_id=author.id)
    assert notices_of(author) == []
    assert db.session.scalars(select(Letter)).all() == []


def test_an_event_told_again_is_in_the_inbox_once(app: Flask) -> None:
    author = account()
    made = proposal(campaign(), author=author)
    happened("proposal.published", **_ids(made))
    with transaction():
        [delivery] = db.session.scalars(
            select(EventDelivery).where(EventDelivery.listener.contains("tell_people"))
        ).all()
        delivery.done_at = None
        key = {"event_id": delivery.event_id, "listener": delivery.listener}
    events.tell(**key)
    assert told(author) == ["proposal.published"]


def test_two_workers_that_tell_the_same_at_once_tell_it_once(app: Flask) -> None:
    if not is_postgresql():
        pytest.skip("on SQLite one waits for the other from the start")
    people = [account() for _ in range(30)]
    made = proposal(campaign())
    for each in people:
        follower(each, f"proposal:{made.id}")
    happened("proposal.withdrawn", **_ids(made))
    with transaction():
        db.session.query(Notification).delete()
        [delivery] = db.session.scalars(
            select(EventDelivery).where(EventDelivery.listener.contains("tell_people"))
        ).all()
        delivery.done_at = None
        key = {"event_id": delivery.event_id, "listener": delivery.listener}

    def tell() -> None:
        with app.app_context():
            events.tell(**key)

    threads = [threading.Thread(target=tell) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(told(each) == ["proposal.withdrawn"] for each in people)


def test_what_is_kept_about_a_notice_is_ids_and_our_own_words(app: Flask) -> None:
    author = account()
    made = proposal(campaign(), author=author)
    happened("proposal.returned", by=SYSTEM, **_ids(made))
    [notice] = notices_of(author)
    assert notice.details == _ids(made)
    assert notice.subject == f"proposal:{made.id}"
