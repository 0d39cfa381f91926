"""What can be done at the moderator's desk, and by those whom it concerns."""

from app.moderation.actions.appealing import appeal, decide_appeal
from app.moderation.actions.claiming import claim, release
from app.moderation.actions.deciding import decide, merge_at_desk, publish_at_desk
from app.moderation.actions.phrases import change_phrase, remove_phrase, save_phrase
from app.moderation.actions.reporting import report
from app.moderation.actions.undoing import undo_decision, undo_merge_at_desk, undo_publication

__all__ = [
    "appeal",
    "change_phrase",
    "claim",
    "decide",
    "decide_appeal",
    "merge_at_desk",
    "publish_at_desk",
    "release",
    "remove_phrase",
    "report",
    "save_phrase",
    "undo_decision",
    "undo_merge_at_desk",
    "undo_publication",
]
