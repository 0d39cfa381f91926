"""Threads of comments. Who may speak where is asked by those who own a thread."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.foundation.db import Base


class Position(StrEnum):
    """What a comment is, in its author's own words."""

    FOR = "for"
    AGAINST = "against"
    QUESTION = "question"
    PLAIN = "plain"


class Thread(Base):
    """A place for comments; whatever is commented on holds its id."""

    __tablename__ = "thread"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_count: Mapped[int] = mapped_column(default=0)
    """How many are visible; kept by the actions, so that a list needs no count per row."""


class Comment(Base):
    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_thread_order", "thread_id", "parent_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    position: Mapped[Position]
    language: Mapped[str]
    text: Mapped[str]
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None]

    author: Mapped[Account] = relationship()
    thread: Mapped[Thread] = relationship()


class CommentVersion(Base):
    """What a comment said before it was changed, once the short while for mending was over."""

    __tablename__ = "comment_version"

    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[Position]
    text: Mapped[str]
    written_at: Mapped[datetime]
