"""What is held about whom: what they proposed, with every revision, and where they are named."""

from sqlalchemy import select

from app.accounts.holdings import Holdings, rows
from app.accounts.models import Account
from app.proposals.models import CoAuthor, Proposal, Revision


def held_about(person: Account) -> Holdings:
    return {
        "proposals": rows(
            select(
                Proposal.reference,
                Proposal.state,
                Proposal.on_behalf_of,
                Proposal.language,
                Proposal.title,
                Proposal.situation,
                Proposal.solution,
                Proposal.values,
                Proposal.created_at,
                Proposal.submitted_at,
                Proposal.published_at,
            )
            .where(Proposal.author_id == person.id)
            .order_by(Proposal.id)
        ),
        "revisions": rows(
            select(
                Proposal.reference,
                Revision.number,
                Revision.title,
                Revision.situation,
                Revision.solution,
                Revision.note,
                Revision.written_at,
            )
            .join(Proposal, Proposal.id == Revision.proposal_id)
            .where(Revision.written_by_id == person.id)
            .order_by(Revision.proposal_id, Revision.number)
        ),
        "named_as_co_author": rows(
            select(Proposal.reference, CoAuthor.state, CoAuthor.since)
            .join(Proposal, Proposal.id == CoAuthor.proposal_id)
            .where(CoAuthor.account_id == person.id)
            .order_by(CoAuthor.proposal_id)
        ),
    }
