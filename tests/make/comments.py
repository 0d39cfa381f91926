"""Comments for tests."""

from app.accounts.models import Account
from app.comments.models import Comment, Position
from app.foundation import clock
from app.foundation.db import db
from app.proposals.models import Proposal
from tests.make.accounts import account


def comment(
    proposal: Proposal,
    *,
    author: Account | None = None,
    text: str = "Vai tas attiektos arī uz pašvaldībām?",
    position: Position = Position.PLAIN,
    parent: Comment | None = None,
    language: str = "lv",
    at_once: bool = True,
) -> Comment:
    """A comment on a proposal, counted in its thread; stored with the next, if not at once."""
    made = Comment(
        thread_id=proposal.thread_id,
        parent_id=parent.id if parent else None,
        author_id=(author or account()).id,
        position=position,
        language=language,
        text=text,
        written_at=clock.now(),
    )
    proposal.thread.comment_count += 1
    db.session.add(made)
    if at_once:
        db.session.commit()
    return made
