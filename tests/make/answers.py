"""Answers for tests, as rows."""

from typing import Any

from app.accounts.models import Account
from app.answers.models import Answer, Outcome
from app.foundation import clock
from app.foundation.db import db
from app.proposals.models import Proposal
from tests.make.accounts import account

REASONS = "Šādu sistēmu valsts jau uztur, un tajā ir viss, ko priekšlikums lūdz."


def answer(
    proposal: Proposal,
    outcome: Outcome = Outcome.NOT_ADOPTED,
    by: Account | None = None,
    **changes: Any,
) -> Answer:
    made = Answer(
        **{
            "proposal_id": proposal.id,
            "number": 1,
            "outcome": outcome,
            "language": "lv",
            "text": REASONS,
            "on_behalf_of": "Valsts kanceleja",
            "answered_at": clock.now(),
            "answered_by_id": (by or account()).id,
            **changes,
        }
    )
    db.session.add(made)
    db.session.commit()
    return made
