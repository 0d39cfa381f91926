"""What is published, changed or hidden is found, found anew, or no longer found."""

from app.foundation.events import Event, listen
from app.proposals import events as proposals
from app.search import index


def _indexes_proposal(kind: type[Event]) -> None:
    @listen(kind)
    def index_it(event: proposals.ProposalPublished) -> None:
        index.index_proposal(event.proposal_id)


for _kind in (
    proposals.ProposalPublished,
    proposals.PublicationTakenBack,
    proposals.ProposalRevised,
    proposals.ProposalMerged,
    proposals.MergeUndone,
    proposals.ProposalWithdrawn,
    proposals.ProposalHidden,
    proposals.ProposalRestored,
):
    _indexes_proposal(_kind)
