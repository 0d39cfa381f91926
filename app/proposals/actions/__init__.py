"""What can be done to a proposal."""

from app.proposals.actions.co_authors import (
    accept_co_authorship,
    decline_co_authorship,
    invite_co_author,
)
from app.proposals.actions.commenting import (
    comment_on_proposal,
    edit_comment,
    hide_comment,
    restore_comment,
)
from app.proposals.actions.leaving import let_go_of_proposals
from app.proposals.actions.merging import merge_proposals, undo_merge
from app.proposals.actions.sorting import (
    fix_what_is_votable,
    hide_proposal,
    publish_proposal,
    publish_undecided,
    release_revision,
    restore_proposal,
    return_proposal,
    take_back_publication,
    take_back_return,
    withhold_revision,
)
from app.proposals.actions.writing import (
    discard_draft,
    revise_proposal,
    save_draft,
    start_draft,
    submit_proposal,
    withdraw_proposal,
)

__all__ = [
    "accept_co_authorship",
    "comment_on_proposal",
    "decline_co_authorship",
    "discard_draft",
    "edit_comment",
    "fix_what_is_votable",
    "hide_comment",
    "hide_proposal",
    "invite_co_author",
    "let_go_of_proposals",
    "merge_proposals",
    "publish_proposal",
    "publish_undecided",
    "release_revision",
    "restore_comment",
    "restore_proposal",
    "return_proposal",
    "revise_proposal",
    "save_draft",
    "start_draft",
    "submit_proposal",
    "take_back_publication",
    "take_back_return",
    "undo_merge",
    "withdraw_proposal",
    "withhold_revision",
]
