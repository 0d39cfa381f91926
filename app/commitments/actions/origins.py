"""Where a commitment comes from: written once, retracted with a reason, never changed."""

from typing import Any

from app.commitments import queries, texts
from app.commitments.actions._rows import (
    _account_id,
    _collected,
    _current,
    _field,
    _relation,
    _write_origin,
)
from app.commitments.events import (
    OriginRetracted,
    OriginWritten,
)
from app.commitments.models import (
    Commitment,
    CommitmentState,
    Field,
    Origin,
    Relation,
    Retraction,
    SourceKind,
)
from app.commitments.permissions import (
    ADD_ORIGIN,
    RETRACT_ORIGIN,
)
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import Sentence, _
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict, Invalid
from app.foundation.text import clean_line
from app.proposals import queries as proposals
from app.proposals.models import Proposal, State

PROPOSAL_FIELDS = ("title", "situation", "solution")
"""The parts of a proposal from which a passage can be quoted."""


def add_origin(
    commitment: Commitment,
    *,
    proposal: Proposal | None = None,
    revision: int | None = None,
    proposal_field: str | None = None,
    proposal_passage: str | None = None,
    relation: Relation | str | None = None,
    other_kind: SourceKind | str | None = None,
    other_source: str | None = None,
    field: Field | str | None = None,
    passage: str | None = None,
    reason: str,
    by: Actor,
) -> Origin:
    """Write where the commitment, as its text stands, comes from.

    Either from a proposal that is public in the same campaign, or from another source that is
    named. A quoted passage must stand word for word in the text that it is quoted from.
    """
    authorise(by, ADD_ORIGIN, commitment)
    commitment = queries.locked(commitment)
    faults: dict[str, Sentence] = {}
    part = _field(field)
    quote = _checked_passage(commitment, part, passage, faults)
    if proposal is not None:
        source = _from_proposal(
            commitment,
            proposal,
            number=revision,
            part=proposal_field,
            passage=proposal_passage,
            relation=relation,
            faults=faults,
        )
    else:
        source = _from_elsewhere(other_kind, other_source, faults)
    words = _collected(lambda: texts.reason_of(reason), faults)
    if faults:
        raise Invalid(faults)
    origin = Origin(
        commitment_id=commitment.id,
        version=commitment.current_version,
        field=part,
        passage=quote,
        reason=words or "",
        **source,
    )
    _write_origin(origin, by=by)
    publish(
        OriginWritten(commitment.id, origin.id, origin.proposal_id, commitment.campaign_id), by=by
    )
    return origin


def _checked_passage(
    commitment: Commitment, part: Field | None, passage: str | None, faults: dict[str, Sentence]
) -> str | None:
    quote = _collected(lambda: texts.quoted(passage, field="passage"), faults)
    if not quote:
        return None
    if part is None:
        faults["field"] = _("Choose the part of the commitment in which this passage stands.")
        return None
    wordings = _current(commitment).text(part).wordings.values()
    if not any(texts.occurs(quote, wording) for wording in wordings):
        faults["passage"] = _(
            "These words do not stand in this part of version %(number)s. Copy them exactly.",
            number=commitment.current_version,
        )
    return quote


def _from_proposal(
    commitment: Commitment,
    proposal: Proposal,
    *,
    number: int | None,
    part: str | None,
    passage: str | None,
    relation: Relation | str | None,
    faults: dict[str, Sentence],
) -> dict[str, Any]:
    if proposal.campaign_id != commitment.campaign_id or proposal.state not in {
        State.PUBLISHED,
        State.MERGED,
    }:
        faults["proposal"] = _("Only a published proposal of this campaign can be an origin.")
        return {}
    number = number or proposal.current_revision
    text = proposals.revision(proposal, number)
    if text is None or text.withheld_at is not None:
        faults["revision"] = _("There is no such revision of this proposal.")
        return {}
    quote = _collected(lambda: texts.quoted(passage, field="proposal_passage"), faults)
    found = part if part in PROPOSAL_FIELDS else None
    if quote:
        within = [found] if found else list(PROPOSAL_FIELDS)
        found = next((each for each in within if texts.occurs(quote, getattr(text, each))), None)
        if found is None:
            faults["proposal_passage"] = _(
                "These words do not stand in revision %(number)s of the proposal. "
                "Copy them exactly.",
                number=number,
            )
    chosen = _collected(lambda: _relation(relation), faults)
    return {
        "proposal_id": proposal.id,
        "revision": number,
        "proposal_field": found,
        "proposal_passage": quote,
        "relation": chosen,
    }


def _from_elsewhere(
    kind: SourceKind | str | None, name: str | None, faults: dict[str, Sentence]
) -> dict[str, Any]:
    try:
        chosen = SourceKind(kind or "")
    except ValueError:
        faults["other_kind"] = _("Choose a proposal, or what other kind of source this is.")
        return {}
    words = clean_line(name)
    if not texts.has_words(words):
        faults["other_source"] = _("Name the source, so that anybody can find it.")
    elif len(words) > texts.NAMES_MOST:
        faults["other_source"] = texts.too_long(words, texts.NAMES_MOST)
    return {"other_kind": chosen, "other_source": words}


def retract_origin(origin: Origin, *, reason: str, by: Actor) -> None:
    """Say that an origin no longer holds, and why. The origin stays readable, struck out.

    Raises Conflict for one that is already retracted, and for the last origin of a commitment
    that has left *draft*: it would stand there without an ancestry.
    """
    authorise(by, RETRACT_ORIGIN, origin.commitment)
    words = texts.reason_of(reason)
    commitment = queries.locked(origin.commitment)
    if db.session.get(Retraction, origin.id, populate_existing=True) is not None:
        raise Conflict(_("This origin has already been retracted."))
    db.session.add(
        Retraction(
            origin_id=origin.id,
            reason=words,
            retracted_at=clock.now(),
            retracted_by_id=_account_id(by),
        )
    )
    db.session.flush()
    if commitment.state is not CommitmentState.DRAFT and not queries.has_live_origin(commitment):
        raise Conflict(
            _(
                "This is the only origin of a commitment that is already public as more than "
                "a draft. Write another one first."
            )
        )
    db.session.expire(origin, ["retraction"])
    publish(
        OriginRetracted(commitment.id, origin.id, origin.proposal_id, commitment.campaign_id),
        by=by,
    )
