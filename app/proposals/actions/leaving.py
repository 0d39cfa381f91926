"""What remains of somebody's proposals when they leave."""

from sqlalchemy import delete, select

from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.permissions import authorise
from app.proposals import queries, standing
from app.proposals.actions._rows import _step
from app.proposals.actions.writing import _delete
from app.proposals.events import ProposalWithdrawn
from app.proposals.models import CoAuthor, Proposal, State
from app.proposals.permissions import LET_GO


def let_go_of_proposals(account_id: int, *, by: Actor) -> None:
    """Drafts go, what was never public is withdrawn, the rest stays without a name.

    The page says "a person who left" wherever an account is erased; here goes what else would
    name them. Harmless twice.
    """
    authorise(by, LET_GO, account_id)
    written = db.session.scalars(select(Proposal).where(Proposal.author_id == account_id)).all()
    for proposal in queries.locked(written):
        if proposal.state is State.DRAFT:
            _delete(proposal)
            continue
        proposal.on_behalf_of = None
        if proposal.state in standing.UNDECIDED:
            _step(proposal, State.WITHDRAWN, by=by)
            publish(ProposalWithdrawn(proposal.id, proposal.campaign_id), by=by)
    db.session.execute(delete(CoAuthor).where(CoAuthor.account_id == account_id))
    queries.forget_who_is_named()
