"""Saying something about a proposal."""

from app.accounts.models import Account
from app.comments import queries as comments
from app.comments import trees
from app.comments.models import Comment, Position
from app.config import KNOWN_LANGUAGES
from app.follows.actions import follow
from app.foundation.actors import Actor
from app.foundation.events import publish, subject
from app.foundation.language import _
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict, Invalid, NotFound
from app.proposals import texts
from app.proposals.events import (
    CommentEdited,
    CommentHidden,
    CommentRestored,
    CommentWritten,
)
from app.proposals.models import Proposal
from app.proposals.permissions import (
    COMMENT_ON_PROPOSAL,
    EDIT_COMMENT,
    HIDE_COMMENT,
    RESTORE_COMMENT,
)


def comment_on_proposal(
    proposal: Proposal,
    *,
    text: str,
    position: Position | str,
    language: str,
    parent: Comment | None = None,
    by: Actor,
) -> Comment:
    """Say something for or against, ask, or just say it; or reply to somebody who did."""
    authorise(by, COMMENT_ON_PROPOSAL, proposal)
    assert isinstance(by, Account)  # noqa: S101  nobody else holds the role
    if language not in KNOWN_LANGUAGES:
        raise Invalid({"language": _("Choose the language that you write in.")})
    comment = trees.add(
        proposal.thread_id,
        author=by,
        text=text,
        position=_position(position),
        language=language,
        parent=parent,
    )
    follow(subject("proposal", proposal.id), unless_stopped=True, by=by)
    publish(CommentWritten(comment.id, proposal.id, proposal.campaign_id), by=by)
    return comment


def edit_comment(
    proposal: Proposal, comment: Comment, *, text: str, position: Position | str, by: Actor
) -> None:
    """Change one's own words; after 15 minutes the earlier ones stay readable."""
    authorise(by, EDIT_COMMENT, comment)
    authorise(by, COMMENT_ON_PROPOSAL, proposal)
    comment = _of(proposal, comment)
    if comment.hidden_at is not None:
        raise Conflict(_("This comment is hidden, so it cannot be changed."))
    before = (comment.text, comment.position)
    trees.change(comment, text=text, position=_position(position))
    if before != (comment.text, comment.position):
        publish(CommentEdited(comment.id, proposal.id, proposal.campaign_id), by=by)


def hide_comment(proposal: Proposal, comment: Comment, *, reason: str, by: Actor) -> None:
    """Take a comment from sight; its place and the reason stay."""
    authorise(by, HIDE_COMMENT, proposal)
    words = texts.reason_of(reason)
    comment = _of(proposal, comment)
    trees.hide(comment, reason=words)
    publish(CommentHidden(comment.id, proposal.id, proposal.campaign_id), by=by)


def restore_comment(proposal: Proposal, comment: Comment, *, reason: str, by: Actor) -> None:
    """Bring a hidden comment back."""
    authorise(by, RESTORE_COMMENT, proposal)
    texts.reason_of(reason)
    comment = _of(proposal, comment)
    trees.show(comment)
    publish(CommentRestored(comment.id, proposal.id, proposal.campaign_id), by=by)


def _of(proposal: Proposal, comment: Comment) -> Comment:
    """The comment, held; a moderator of one campaign reaches no thread of another."""
    if comment.thread_id != proposal.thread_id:
        raise NotFound
    return comments.locked(comment)


def _position(word: Position | str) -> Position:
    try:
        return Position(word)
    except ValueError as unknown:
        raise Invalid({"position": _("Choose what you want to say.")}) from unknown
