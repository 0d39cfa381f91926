"""Keeping the index: one entry of folded lemmas for each text that the public may find."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from app.commitments.models import Commitment, CommitmentState, Version
from app.foundation import clock
from app.foundation.db import db
from app.foundation.events import subject
from app.foundation.lemmas import fold, lemmas
from app.foundation.text import LocalizedText
from app.proposals.models import Proposal, State
from app.search.models import SearchEntry

FINDABLE = frozenset({State.PUBLISHED, State.MERGED})


def words_of(text: str, language: str) -> str:
    """What stands in the index for a text: each word's lemma, and the word itself if it differs.

    With both, somebody who types an inflected form finds it even where the lemmatiser errs.
    """
    plain = fold(text)
    return " ".join([*lemmas(text, language), *_unlike(plain, lemmas(text, language))])


def _unlike(plain: str, found: Iterable[str]) -> list[str]:
    known = set(found)
    return [word for word in dict.fromkeys(plain.split()) if word.isalnum() and word not in known]


def index_proposal(proposal_id: int) -> None:
    """Let the index hold this proposal as it now is, or not at all. Harmless twice."""
    proposal = db.session.get(Proposal, proposal_id)
    about = subject("proposal", proposal_id)
    if proposal is None or proposal.state not in FINDABLE:
        forget(about)
        return
    body = f"{proposal.situation}\n{proposal.solution}\n{proposal.reference}"
    _keep(
        about,
        proposal.campaign_id,
        words_of(proposal.title, proposal.language),
        words_of(body, proposal.language),
    )


def index_commitment(commitment_id: int) -> None:
    """Let the index hold this commitment as it now is; drafts are not found."""
    commitment = db.session.get(Commitment, commitment_id)
    about = subject("commitment", commitment_id)
    if commitment is None or commitment.state is CommitmentState.DRAFT:
        forget(about)
        return
    version = db.session.get_one(Version, (commitment_id, commitment.current_version))
    _keep(
        about,
        commitment.campaign_id,
        _words_in_all(version.title),
        " ".join(_words_in_all(text) for text in (version.problem, version.solution)),
    )


def _words_in_all(text: LocalizedText) -> str:
    return " ".join(words_of(wording, code) for code, wording in text.wordings.items())


def _keep(about: str, campaign_id: int, title: str, body: str) -> None:
    entry = db.session.scalar(
        select(SearchEntry).where(SearchEntry.subject == about).with_for_update()
    )
    if entry is None:
        entry = SearchEntry(subject=about, campaign_id=campaign_id)
        db.session.add(entry)
    entry.title, entry.body, entry.indexed_at = title, body, clock.now()


def forget(about: str) -> None:
    """Take something out of the index."""
    db.session.execute(delete(SearchEntry).where(SearchEntry.subject == about))


def rebuild() -> int:
    """Index everything anew; returns how many texts can now be found."""
    db.session.execute(delete(SearchEntry))
    for proposal_id in db.session.scalars(select(Proposal.id).where(Proposal.state.in_(FINDABLE))):
        index_proposal(proposal_id)
    for commitment_id in db.session.scalars(select(Commitment.id)):
        index_commitment(commitment_id)
    db.session.flush()
    return len(db.session.scalars(select(SearchEntry.id)).all())
