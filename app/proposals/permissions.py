"""Who may do what to a proposal, and the sentence that says why not."""

from app.campaigns import stages
from app.campaigns.roles import MODERATOR
from app.foundation import clock
from app.foundation.language import _
from app.foundation.permissions import Condition, Permission
from app.proposals import standing
from app.proposals.models import Proposal
from app.proposals.roles import (
    COMMENT_WRITER,
    COMMENTER,
    EVERYONE_ONCE_PUBLIC,
    EVERYONE_WHO_READS,
    FIRST_AUTHOR,
    INVITED,
    PROPOSER,
    SORTERS,
    WRITER,
)

_ONLY_MODERATORS = _("Only a moderator of this campaign can do this.")
_ONLY_WRITERS = _("Only those who wrote this proposal can change it.")

_CAMPAIGN_RUNS = Condition(
    lambda subject: stages.is_running(
        subject.campaign if isinstance(subject, Proposal) else subject, clock.now()
    ),
    otherwise=_("This campaign is not running, so nothing in it can be changed."),
)

READ_PROPOSAL = Permission(
    "proposals.read",
    granted_to=[EVERYONE_ONCE_PUBLIC, INVITED, *SORTERS],
    otherwise=_("This proposal has not been published."),
)
READ_TEXT = Permission(
    "proposals.read_text",
    granted_to=[EVERYONE_WHO_READS, INVITED, *SORTERS],
    otherwise=_("The text of this proposal is not shown."),
)

START_DRAFT = Permission(
    "proposals.start_draft",
    granted_to=[PROPOSER],
    provided=[
        Condition(
            lambda campaign: standing.takes_drafts(campaign, clock.now()),
            otherwise=_("This campaign takes no proposals any more."),
        )
    ],
    otherwise=_("Sign in to propose. Where a campaign asks for a proven identity, prove it first."),
)
SAVE_DRAFT = Permission("proposals.save_draft", granted_to=[WRITER], otherwise=_ONLY_WRITERS)
DISCARD_DRAFT = Permission(
    "proposals.discard_draft",
    granted_to=[FIRST_AUTHOR],
    otherwise=_("Only the author can discard this draft."),
)
SUBMIT_PROPOSAL = Permission(
    "proposals.submit",
    granted_to=[WRITER],
    provided=[
        Condition(
            lambda proposal: PROPOSER.held_by(proposal.author, proposal),
            otherwise=_("This campaign asks for a proven identity before one can propose."),
        ),
        Condition(
            lambda proposal: standing.may_be_submitted(proposal, clock.now()),
            otherwise=_("Proposals cannot be submitted in this campaign now. Your draft is kept."),
        ),
    ],
    otherwise=_ONLY_WRITERS,
)
REVISE_PROPOSAL = Permission(
    "proposals.revise",
    granted_to=[WRITER],
    provided=[
        Condition(
            lambda proposal: standing.may_be_revised(proposal, clock.now()),
            otherwise=_("The text can no longer be changed: it stands as people vote on it."),
        )
    ],
    otherwise=_ONLY_WRITERS,
)
WITHDRAW_PROPOSAL = Permission(
    "proposals.withdraw",
    granted_to=[FIRST_AUTHOR],
    provided=[
        Condition(
            lambda proposal: standing.may_be_withdrawn(proposal, clock.now()),
            otherwise=_("It can no longer be withdrawn: people already decide about it."),
        )
    ],
    otherwise=_("Only the author can withdraw this proposal."),
)
INVITE_CO_AUTHOR = Permission(
    "proposals.invite_co_author",
    granted_to=[FIRST_AUTHOR],
    provided=[_CAMPAIGN_RUNS],
    otherwise=_("Only the author can invite others to be named."),
)
ANSWER_INVITATION = Permission(
    "proposals.answer_invitation",
    granted_to=[INVITED],
    otherwise=_("You have not been asked to be named on this proposal."),
)

PUBLISH_PROPOSAL = Permission(
    "proposals.publish",
    granted_to=[MODERATOR],
    provided=[_CAMPAIGN_RUNS],
    otherwise=_ONLY_MODERATORS,
)
RETURN_PROPOSAL = Permission(
    "proposals.return",
    granted_to=[MODERATOR],
    provided=[_CAMPAIGN_RUNS],
    otherwise=_ONLY_MODERATORS,
)
HIDE_PROPOSAL = Permission("proposals.hide", granted_to=[MODERATOR], otherwise=_ONLY_MODERATORS)
RESTORE_PROPOSAL = Permission(
    "proposals.restore", granted_to=[MODERATOR], otherwise=_ONLY_MODERATORS
)
WITHHOLD_REVISION = Permission(
    "proposals.withhold_revision", granted_to=[MODERATOR], otherwise=_ONLY_MODERATORS
)
MERGE_PROPOSALS = Permission(
    "proposals.merge",
    granted_to=[MODERATOR],
    provided=[
        Condition(
            lambda proposal: stages.may_be_sorted(proposal.campaign, clock.now()),
            otherwise=_("Proposals can be merged, and merges undone, only until voting opens."),
        )
    ],
    otherwise=_ONLY_MODERATORS,
)

COMMENT_ON_PROPOSAL = Permission(
    "proposals.comment",
    granted_to=[COMMENTER],
    provided=[
        Condition(
            lambda proposal: standing.takes_comments(proposal, clock.now()),
            otherwise=_("This proposal takes no comments now."),
        )
    ],
    otherwise=_("Sign in to comment. Where a campaign asks for a proven identity, prove it first."),
)
HIDE_COMMENT = Permission("comments.hide", granted_to=[MODERATOR], otherwise=_ONLY_MODERATORS)
RESTORE_COMMENT = Permission("comments.restore", granted_to=[MODERATOR], otherwise=_ONLY_MODERATORS)
FIX_VOTABLE = Permission(
    "proposals.fix_votable",
    granted_to=[],
    otherwise=_("The clock does this by itself."),
)
LET_GO = Permission(
    "proposals.let_go",
    granted_to=[],
    otherwise=_("This happens by itself when somebody leaves."),
)

EDIT_COMMENT = Permission(
    "comments.edit",
    granted_to=[COMMENT_WRITER],
    otherwise=_("Only whoever wrote this comment can change it."),
)
