"""Writing the rows of a commitment: versions, steps, origins. What several acts share."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from app.commitments import queries, texts
from app.commitments.events import (
    VersionSaved,
)
from app.commitments.models import (
    Commitment,
    CommitmentState,
    CommitmentStep,
    Field,
    Milestone,
    Origin,
    Relation,
    Version,
)
from app.commitments.texts import DraftText, MilestoneText
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import Sentence, _
from app.foundation.refusals import Invalid
from app.foundation.text import LocalizedText

T = TypeVar("T")


def _save(
    commitment: Commitment, before: Version, draft: DraftText, code: str, *, note: str, by: Actor
) -> Version:
    version = _write_version(commitment, before, draft, code, note=note, by=by)
    if commitment.state in {CommitmentState.CONSULTATION, CommitmentState.FINAL}:
        _step(commitment, CommitmentState.REVISED, reason=note, by=by)
    publish(VersionSaved(commitment.id, version.number, commitment.campaign_id), by=by)
    return version


def _write_version(
    commitment: Commitment,
    before: Version | None,
    draft: DraftText,
    code: str,
    *,
    note: str,
    by: Actor,
) -> Version:
    empty = LocalizedText(code, {})
    number = commitment.current_version + 1
    milestones = _milestones(commitment, number, draft.milestones, code)
    version = Version(
        commitment_id=commitment.id,
        number=number,
        lead_institution=draft.lead_institution,
        supporting=draft.supporting,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        note=note,
        written_at=clock.now(),
        written_by_id=_account_id(by),
        **{
            part.value: texts.reworded(
                before.text(part) if before else empty, code, draft.texts[part]
            )
            for part in Field
        },
    )
    db.session.add(version)
    db.session.flush()
    db.session.add_all(milestones)
    commitment.current_version = number
    db.session.flush()
    db.session.expire(commitment, ["current"])
    return version


def _milestones(
    commitment: Commitment, version: int, typed: Sequence[MilestoneText], code: str
) -> list[Milestone]:
    """The milestones of the next version; each keeps its wordings in other languages."""
    before = {each.number: each for each in queries.milestones_of(commitment)}
    empty = LocalizedText(code, {})
    made = []
    for number, each in enumerate(typed, 1):
        was = before.get(each.was) if each.was else None
        made.append(
            Milestone(
                commitment_id=commitment.id,
                version=version,
                number=number,
                title=texts.reworded(was.title if was else empty, code, each.title),
                output=texts.reworded((was and was.output) or empty, code, each.output),
                starts_on=each.starts_on,
                ends_on=each.ends_on,
                responsible=each.responsible,
            )
        )
    return made


def _as_typed(version: Version, milestones: Sequence[Milestone], code: str) -> DraftText:
    """A version as somebody would have typed it in one language, to change a part of it."""
    return DraftText(
        {part: version.text(part).wordings.get(code, "") for part in Field},
        version.lead_institution,
        version.supporting,
        version.starts_on,
        version.ends_on,
        tuple(
            MilestoneText(
                each.title.wordings.get(code, ""),
                each.output.wordings.get(code, "") if each.output else "",
                each.starts_on,
                each.ends_on,
                each.responsible,
                each.number,
            )
            for each in milestones
        ),
    )


def _write_origin(origin: Origin, *, by: Actor) -> None:
    origin.written_at, origin.written_by_id = clock.now(), _account_id(by)
    db.session.add(origin)
    db.session.flush()


def _current(commitment: Commitment) -> Version:
    version = queries.version(commitment, commitment.current_version)
    assert version is not None  # noqa: S101  a commitment is made with its first version
    return version


def _step(commitment: Commitment, became: CommitmentState, *, reason: str, by: Actor) -> None:
    is_first = became is CommitmentState.DRAFT
    db.session.add(
        CommitmentStep(
            commitment_id=commitment.id,
            was=None if is_first else commitment.state,
            became=became,
            version=commitment.current_version,
            reason=reason,
            taken_at=clock.now(),
            taken_by_id=_account_id(by),
        )
    )
    commitment.state = became


def _relation(relation: Relation | str | None) -> Relation:
    try:
        return Relation(relation or "")
    except ValueError:
        raise Invalid({"relation": _("Choose how the proposal lives on.")}) from None


def _field(field: Field | str | None) -> Field | None:
    try:
        return Field(field) if field else None
    except ValueError:
        raise Invalid({"field": _("Choose a part of the commitment.")}) from None


def _collected(ask: Callable[[], T], faults: dict[str, Sentence]) -> T | None:
    """What a check gives; its faults join the others, so that a form says all at once."""
    try:
        return ask()
    except Invalid as refused:
        faults.update(refused.faults)
        return None


def _account_id(by: Actor) -> int:
    """Every one of these acts is somebody's: the clock drafts nothing."""
    assert by.actor_id is not None  # noqa: S101  permissions are granted to accounts only
    return by.actor_id
