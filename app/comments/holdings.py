"""What is held about whom: the comments they wrote."""

from sqlalchemy import select

from app.accounts.holdings import Holdings, rows
from app.accounts.models import Account
from app.comments.models import Comment


def held_about(person: Account) -> Holdings:
    return rows(
        select(
            Comment.id,
            Comment.position,
            Comment.language,
            Comment.text,
            Comment.written_at,
            Comment.edited_at,
            Comment.hidden_at,
            Comment.hidden_reason,
        )
        .where(Comment.author_id == person.id)
        .order_by(Comment.id)
    )
