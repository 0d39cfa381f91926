"""Finding comments. A page of a thread costs the same however long the thread is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.comments.models import Comment, CommentVersion, Position, Thread
from app.comments.trees import Branch, branches
from app.foundation.db import db


def comment(comment_id: int) -> Comment | None:
    return db.session.scalar(
        select(Comment).where(Comment.id == comment_id).options(joinedload(Comment.author))
    )


def locked(comment: Comment) -> Comment:
    """The comment as it stands now, held against others until we are done."""
    db.session.flush()
    return db.session.scalars(
        select(Comment)
        .where(Comment.id == comment.id)
        .with_for_update(of=Comment)
        .execution_options(populate_existing=True)
    ).one()


def top_of(thread_id: int, position: Position | None = None) -> Select[Comment]:
    """The comments of a thread that are no replies, the newest first.

    With a position, only those that say so; a hidden one is not said to be for or against.
    """
    query = (
        select(Comment)
        .where(Comment.thread_id == thread_id, Comment.parent_id.is_(None))
        .options(joinedload(Comment.author))
        .order_by(Comment.id.desc())
    )
    if position is not None:
        query = query.where(Comment.position == position, Comment.hidden_at.is_(None))
    return query


def with_replies(comments: Sequence[Comment]) -> list[Branch]:
    """These comments with all their replies, in one query."""
    if not comments:
        return []
    replies = db.session.scalars(
        select(Comment)
        .where(Comment.parent_id.in_([comment.id for comment in comments]))
        .options(joinedload(Comment.author))
        .order_by(Comment.id)
    ).all()
    return branches(comments, replies)


@dataclass(frozen=True)
class Counts:
    """How many comments a thread has, without replies."""

    by_position: dict[Position, int]
    """Visible ones."""
    total: int
    """With the stubs of hidden ones."""

    @property
    def visible(self) -> int:
        return sum(self.by_position.values())


def counts_of(thread_id: int) -> Counts:
    rows = db.session.execute(
        select(Comment.position, Comment.hidden_at.is_not(None), func.count())
        .where(Comment.thread_id == thread_id, Comment.parent_id.is_(None))
        .group_by(Comment.position, Comment.hidden_at.is_not(None))
    ).all()
    return Counts(
        by_position={row[0]: row[2] for row in rows if not row[1]},
        total=sum(row[2] for row in rows),
    )


def versions_of(comment: Comment) -> Sequence[CommentVersion]:
    """What a comment said before, the oldest first."""
    return db.session.scalars(
        select(CommentVersion)
        .where(CommentVersion.comment_id == comment.id)
        .order_by(CommentVersion.number)
    ).all()


def thread(thread_id: int) -> Thread | None:
    return db.session.get(Thread, thread_id)


def by_author(account_id: int) -> Select[Comment]:
    """Everything somebody wrote, the newest first."""
    return select(Comment).where(Comment.author_id == account_id).order_by(Comment.id.desc())


def newer_than(thread_id: int, comment_id: int) -> int:
    """How many comments of a thread, without replies, stand above this one."""
    return (
        db.session.scalar(
            select(func.count()).where(
                Comment.thread_id == thread_id,
                Comment.parent_id.is_(None),
                Comment.id > comment_id,
            )
        )
        or 0
    )
