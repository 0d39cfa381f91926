"""What happens to a proposal. Ids only: the words lie in revisions, steps and comments."""

from dataclasses import dataclass

from app.foundation.events import Event


@dataclass(frozen=True)
class ProposalSubmitted(Event, name="proposal.submitted", about="proposal_id"):
    """Handed in, for the first time or once more after it was returned."""

    proposal_id: int
    campaign_id: int


@dataclass(frozen=True)
class ProposalPublished(Event, name="proposal.published", about="proposal_id"):
    proposal_id: int
    campaign_id: int


@dataclass(frozen=True)
class PublicationTakenBack(Event, name="proposal.publication_taken_back", about="proposal_id"):
    """The moderator who had just published it undid that."""

    proposal_id: int
    campaign_id: int


@dataclass(frozen=True)
class ProposalReturned(Event, name="proposal.returned", about="proposal_id"):
    proposal_id: int
    campaign_id: int


@dataclass(frozen=True)
class ReturnTakenBack(Event, name="proposal.return_taken_back", about="proposal_id"):
    """The moderator who had just returned it undid that."""

    proposal_id: int
    campaign_id: int


@dataclass(frozen=True)
class ProposalRevised(Event, name="proposal.revised", about="proposal_id"):
    proposal_id: int
    campaign_id: int
    revision: int


@dataclass(frozen=True)
class ProposalMerged(Event, name="proposal.merged", about="proposal_id"):
    """``proposal_id`` went into ``target_id``."""

    proposal_id: int
    campaign_id: int
    merge_id: int
    target_id: int


@dataclass(frozen=True)
class MergeUndone(Event, name="proposal.merge_undone", about="proposal_id"):
    proposal_id: int
    campaign_id: int
    merge_id: int
    target_id: int


@dataclass(frozen=True)
class ProposalWithdrawn(Event, name="proposal.withdrawn", about="proposal_id"):
    proposal_id: int
    campaign_id: int


@dataclass(frozen=True)
class ProposalHidden(Event, name="proposal.hidden", about="proposal_id"):
    proposal_id: int
    campaign_id: int


@dataclass(frozen=True)
class ProposalRestored(Event, name="proposal.restored", about="proposal_id"):
    proposal_id: int
    campaign_id: int


@dataclass(frozen=True)
class RevisionWithheld(Event, name="proposal.revision_withheld", about="proposal_id"):
    proposal_id: int
    campaign_id: int
    revision: int


@dataclass(frozen=True)
class RevisionReleased(Event, name="proposal.revision_released", about="proposal_id"):
    """A revision that was withheld can be read again."""

    proposal_id: int
    campaign_id: int
    revision: int


@dataclass(frozen=True)
class CoAuthorInvited(Event, name="co_author.invited", about="proposal_id"):
    proposal_id: int
    campaign_id: int
    account_id: int


@dataclass(frozen=True)
class CoAuthorAccepted(Event, name="co_author.accepted", about="proposal_id"):
    proposal_id: int
    campaign_id: int
    account_id: int


@dataclass(frozen=True)
class CoAuthorDeclined(Event, name="co_author.declined", about="proposal_id"):
    """Somebody does not want to be named, before or after having been."""

    proposal_id: int
    campaign_id: int
    account_id: int


@dataclass(frozen=True)
class CommentWritten(Event, name="comment.written", about="proposal_id"):
    comment_id: int
    proposal_id: int
    campaign_id: int


@dataclass(frozen=True)
class CommentEdited(Event, name="comment.edited", about="proposal_id"):
    comment_id: int
    proposal_id: int
    campaign_id: int


@dataclass(frozen=True)
class CommentHidden(Event, name="comment.hidden", about="proposal_id"):
    comment_id: int
    proposal_id: int
    campaign_id: int


@dataclass(frozen=True)
class CommentRestored(Event, name="comment.restored", about="proposal_id"):
    comment_id: int
    proposal_id: int
    campaign_id: int
