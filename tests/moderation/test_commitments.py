"""Comments on draft commitments are reported and decided like those on proposals."""

from flask import Flask

from app.campaigns.stages import Stage
from app.comments.models import Comment, Position, Thread
from app.commitments.models import Commitment
from app.foundation import clock
from app.foundation.db import db
from app.moderation.actions import undo_decision
from tests.make import moderation as make
from tests.make.accounts import account
from tests.make.browsing import post, signed_in_client
from tests.make.campaigns import campaign, moderator


def test_a_comment_on_a_draft_commitment_is_reported_hidden_and_shown_again(app: Flask) -> None:
    here = campaign(Stage.REVIEW, slug="review")
    anna = moderator(here)
    thread = Thread(comment_count=1)
    db.session.add(thread)
    db.session.flush()
    db.session.add(
        Commitment(
            campaign_id=here.id,
            number=1,
            thread_id=thread.id,
            created_at=clock.now(),
            created_by_id=anna.id,
        )
    )
    said = Comment(
        thread_id=thread.id,
        author_id=account().id,
        position=Position.PLAIN,
        language="lv",
        text="Te ir svešs vārds.",
        written_at=clock.now(),
    )
    db.session.add(said)
    db.session.commit()
    visitor = app.test_client()
    answer = post(visitor, f"/en/report/comment/{said.id}", {"rule": "personal"})
    assert "/commitments/" in answer.location
    html = signed_in_client(app, anna).get("/en/moderating/review/").get_data(as_text=True)
    assert "Comment on draft commitment 1" in html
    made = make.decision(said, by=anna)
    assert said.hidden_at is not None
    assert "draft commitment" in visitor.get(f"/en/decisions/{made.id}").get_data(as_text=True)
    undo_decision(made, by=anna)
    db.session.refresh(said)
    db.session.refresh(thread)
    assert thread.comment_count == 1
    assert db.session.get_one(Comment, said.id).hidden_at is None
