"""What the review does when another room speaks."""

from app.accounts.events import AccountErased
from app.accounts.queries import account
from app.campaigns.queries import campaign
from app.foundation.actors import SYSTEM
from app.foundation.events import listen
from app.groups.events import SeatEnded
from app.proposals.events import ProposalHidden, ProposalRestored, ProposalWithdrawn
from app.proposals.queries import proposal
from app.review import actions, queries
from app.voting.events import TallyPublished


@listen(TallyPublished)
def make_shortlist(event: TallyPublished) -> None:
    if counted := campaign(event.campaign_id):
        actions.make_shortlist(counted, by=SYSTEM)


@listen(ProposalHidden)
def follow_hidden(event: ProposalHidden) -> None:
    _follow(event.proposal_id)


@listen(ProposalWithdrawn)
def follow_withdrawn(event: ProposalWithdrawn) -> None:
    _follow(event.proposal_id)


@listen(ProposalRestored)
def follow_restored(event: ProposalRestored) -> None:
    _follow(event.proposal_id)


def _follow(proposal_id: int) -> None:
    if found := proposal(proposal_id):
        actions.follow_proposal(found, by=SYSTEM)


@listen(SeatEnded)
def recheck_rounds(event: SeatEnded) -> None:
    """A round may have waited for nobody but whoever sat on this seat."""
    for round_ in queries.sealed_rounds_of_group(event.group_id):
        actions.recheck_round(round_, by=SYSTEM)


@listen(AccountErased)
def forget_person(event: AccountErased) -> None:
    if person := account(event.account_id):
        actions.forget_person(person, by=SYSTEM)
