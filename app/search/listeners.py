"""What is published, changed or hidden is found, found anew, or no longer found."""

from typing import Any

from app.foundation.events import Event, listen
from app.proposals import events as proposals
from app.search import index

CHANGES_A_PROPOSAL: tuple[type[Event], ...] = (
    proposals.ProposalPublished,
    proposals.PublicationTakenBack,
    proposals.ProposalRevised,
    proposals.ProposalMerged,
    proposals.MergeUndone,
    proposals.ProposalWithdrawn,
    proposals.ProposalHidden,
    proposals.ProposalRestored,
)


def index_the_proposal(event: Any) -> None:
    """Whatever happened to it: the index holds the proposal as it now is."""
    index.index_proposal(event.proposal_id)


for _kind in CHANGES_A_PROPOSAL:
    listen(_kind)(index_the_proposal)
