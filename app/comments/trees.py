"""How comments hang together, and what keeps a thread in order.

This room has no policy: whoever owns a thread asks first who may speak in it, and then calls
these functions. One level of replies; a reply to a reply joins its parent's replies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from app.accounts.models import Account
from app.comments.models import Comment, CommentVersion, Position, Thread
from app.foundation import clock
from app.foundation.db import db
from app.foundation.language import _
from app.foundation.rate_limits import Limit, spend
from app.foundation.refusals import Conflict, Invalid
from app.foundation.text import clean

MENDING = timedelta(minutes=15)
"""So long a slip can be mended; a later change keeps what stood before as a version."""

MOST = 3000
WRITE_LIMIT = Limit("comments.write", "40 per hour")


@dataclass(frozen=True)
class Branch:
    """A comment with its replies."""

    comment: Comment
    replies: Sequence[Comment]


def branches(comments: Sequence[Comment], replies: Sequence[Comment]) -> list[Branch]:
    """The comments of a page, each with its replies, in the order given."""
    by_parent: dict[int | None, list[Comment]] = {}
    for reply in replies:
        by_parent.setdefault(reply.parent_id, []).append(reply)
    return [Branch(comment, by_parent.get(comment.id, [])) for comment in comments]


def checked(text: str) -> str:
    """A comment's text, cleaned; raises Invalid where it cannot be taken."""
    words = clean(text)
    if not any(sign.isprintable() and not sign.isspace() and sign != "\u200d" for sign in words):
        raise Invalid({"text": _("Write what you want to say.")})
    if len(words) > MOST:
        raise Invalid({"text": _("Shorten this by %(over)s characters.", over=len(words) - MOST)})
    return words


def add(
    thread_id: int,
    *,
    author: Account,
    text: str,
    position: Position,
    language: str,
    parent: Comment | None = None,
) -> Comment:
    """Write a comment into a thread. Raises Invalid, TooOften, or Conflict for a lost parent."""
    words = checked(text)
    if parent is not None and (parent.thread_id != thread_id or parent.hidden_at is not None):
        raise Conflict(_("The comment that you reply to is no longer here."))
    spend(WRITE_LIMIT, author.id)
    comment = Comment(
        thread_id=thread_id,
        parent_id=(parent.parent_id or parent.id) if parent else None,
        author=author,
        position=position,
        language=language,
        text=words,
        written_at=clock.now(),
    )
    db.session.add(comment)
    db.session.flush()
    count(thread_id, +1)
    return comment


def change(comment: Comment, *, text: str, position: Position) -> None:
    """Change what a comment says; after the short while for mending, the old words stay."""
    words, at = checked(text), clock.now()
    if words == comment.text and position is comment.position:
        return
    if at - comment.written_at >= MENDING:
        db.session.add(
            CommentVersion(
                comment_id=comment.id,
                number=comment.version,
                position=comment.position,
                text=comment.text,
                written_at=comment.edited_at or comment.written_at,
            )
        )
        comment.version += 1
        comment.edited_at = at
    comment.text, comment.position = words, position


def hide(comment: Comment, *, reason: str) -> None:
    """Take a comment from sight; its place and the reason stay."""
    if comment.hidden_at is not None:
        raise Conflict(_("This comment is already hidden."))
    comment.hidden_at, comment.hidden_reason = clock.now(), reason
    count(comment.thread_id, -1)


def show(comment: Comment) -> None:
    """Bring a hidden comment back."""
    if comment.hidden_at is None:
        raise Conflict(_("This comment is not hidden."))
    comment.hidden_at = comment.hidden_reason = None
    count(comment.thread_id, +1)


def count(thread_id: int, more: int) -> None:
    """Keep the number of visible comments, however many write at once."""
    db.session.flush()
    db.session.execute(
        update(Thread)
        .where(Thread.id == thread_id)
        .values(comment_count=Thread.comment_count + more)
        .execution_options(synchronize_session=False)
    )
    if thread := db.session.identity_map.get(db.session.identity_key(Thread, thread_id)):
        db.session.expire(thread, ["comment_count"])
