"""What somebody follows, with the names and addresses of today."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import and_, select
from sqlalchemy.orm import load_only

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.queries import announced
from app.commitments.models import Commitment, CommitmentState, Version
from app.follows.queries import followed_by as follows_of
from app.foundation import clock
from app.foundation.db import db
from app.foundation.text import LocalizedText
from app.proposals.models import Proposal
from app.proposals.queries import visible_to

_NAMES = (Proposal.reference, Proposal.title, Proposal.language)


@dataclass(frozen=True)
class Followed:
    subject: str
    href: str
    title: str | LocalizedText
    language: str = ""
    """Of a title that is one person's text."""


def followed_by(person: Account) -> list[Followed]:
    """The latest choice first; what this person may no longer see is left out."""
    follows = follows_of(person.id)
    ids: dict[str, list[int]] = defaultdict(list)
    for each in follows:
        kind, _, number = each.subject.partition(":")
        ids[kind].append(int(number))
    named = {
        each.subject: each
        for each in [
            *_proposals(person, ids["proposal"]),
            *_campaigns(ids["campaign"]),
            *_commitments(ids["commitment"]),
        ]
    }
    return [named[each.subject] for each in follows if each.subject in named]


def _proposals(person: Account, ids: list[int]) -> Iterable[Followed]:
    if not ids:
        return
    query = visible_to(person).where(Proposal.id.in_(ids), Proposal.reference.is_not(None))
    for each in db.session.scalars(query.options(load_only(*_NAMES))):
        href = url_for("proposals.proposal", reference=each.reference)
        yield Followed(f"proposal:{each.id}", href, each.title, each.language)


def _campaigns(ids: list[int]) -> Iterable[Followed]:
    if not ids:
        return
    for each in db.session.scalars(announced(clock.now()).where(Campaign.id.in_(ids))):
        href = url_for("campaigns.campaign", slug=each.slug)
        yield Followed(f"campaign:{each.id}", href, each.title)


def _commitments(ids: list[int]) -> Iterable[Followed]:
    if not ids:
        return
    query = (
        select(Commitment.id, Version.title)
        .join(
            Version,
            and_(
                Version.commitment_id == Commitment.id,
                Version.number == Commitment.current_version,
            ),
        )
        .where(Commitment.id.in_(ids), Commitment.state != CommitmentState.DRAFT)
    )
    for number, title in db.session.execute(query):
        href = url_for("commitments.commitment", commitment_id=number)
        yield Followed(f"commitment:{number}", href, title)
