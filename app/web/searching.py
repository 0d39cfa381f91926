"""Finding proposals and commitments."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.commitments.models import Commitment, CommitmentState, Version
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.paging import Page, page_of
from app.foundation.text import clean_line
from app.http.caching import cacheable
from app.http.requests import actor, open_to_everyone, page_number
from app.proposals.models import Proposal
from app.proposals.queries import visible_to
from app.search.queries import found_commitments, found_proposals

bp = Blueprint("searching", __name__)

LONGEST_QUESTION = 200
MOST_COMMITMENTS = 10


@bp.get("/search")
@open_to_everyone
@cacheable
def search() -> ResponseReturnValue:
    question = clean_line(request.args.get("q"))[:LONGEST_QUESTION]
    return render_template(
        "searching/search.html",
        question=question,
        found=_proposals(question, actor()),
        commitments=_commitments(question),
        url_for_page=lambda number: url_for("searching.search", q=question, page=number),
    )


def _proposals(question: str, reader: Actor) -> Page[Proposal] | None:
    matches = found_proposals(question)
    if matches is None:
        return None
    found = matches.subquery("found")
    query = (
        visible_to(reader)
        .join(found, found.c.number == Proposal.id)
        .options(
            joinedload(Proposal.campaign),
            joinedload(Proposal.author).load_only(Account.display_name, Account.organisation),
        )
        .order_by(found.c.rank, Proposal.id)
    )
    return page_of(query, page_number())


def _commitments(question: str) -> list[tuple[Any, Any]]:
    """The best few commitments that have left the drafting room, each with its version."""
    matches = found_commitments(question)
    if matches is None:
        return []
    found = matches.subquery("found")
    query = (
        select(Commitment, Version)
        .join(found, found.c.number == Commitment.id)
        .join(
            Version,
            (Version.commitment_id == Commitment.id)
            & (Version.number == Commitment.current_version),
        )
        .where(Commitment.state != CommitmentState.DRAFT)
        .order_by(found.c.rank, Commitment.id)
        .limit(MOST_COMMITMENTS)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]
