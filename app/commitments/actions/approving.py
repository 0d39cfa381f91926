"""From draft through public consultation to the act that approves it."""

from datetime import date, datetime, time, timedelta

from app import config
from app.accounts.models import Account
from app.comments import trees
from app.comments.models import Comment, Position
from app.commitments import queries, standing, texts
from app.commitments.actions._rows import _collected, _current, _step
from app.commitments.events import (
    CommitmentApproved,
    CommitmentFinal,
    ConsultationOpened,
    DraftCommented,
)
from app.commitments.models import (
    Commitment,
    CommitmentState,
)
from app.commitments.permissions import (
    APPROVE_COMMITMENT,
    COMMENT_ON_DRAFT,
    MAKE_FINAL,
    OPEN_CONSULTATION,
    REPLY_ON_DRAFT,
)
from app.follows.actions import follow
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.events import publish, subject
from app.foundation.language import Sentence, _
from app.foundation.permissions import authorise
from app.foundation.refusals import Invalid
from app.foundation.text import LocalizedText, clean_line

LONGEST_CONSULTATION = timedelta(days=366)


def open_consultation(
    commitment: Commitment, *, closes_on: date | None, reason: str, by: Actor
) -> None:
    """Ask the public what it thinks of this text, from now until the end of a day.

    The last day is counted in the time of the installation. Raises Invalid, naming all that is
    missing: a live origin, a problem, a solution, a day ahead.
    """
    authorise(by, OPEN_CONSULTATION, commitment)
    commitment = queries.locked(commitment)
    authorise(by, OPEN_CONSULTATION, commitment)
    faults = dict(texts.missing_for_consultation(_current(commitment)))
    faults.update(_missing_origin(commitment))
    words = _collected(lambda: texts.reason_of(reason), faults)
    closes_at = _collected(lambda: _end_of(closes_on), faults)
    if faults or closes_at is None:
        raise Invalid(faults)
    commitment.consultation_opens_at = clock.now()
    commitment.consultation_closes_at = closes_at
    _step(commitment, CommitmentState.CONSULTATION, reason=words or "", by=by)
    publish(ConsultationOpened(commitment.id, commitment.campaign_id), by=by)


def _end_of(day: date | None) -> datetime:
    """The first moment after a day ahead, where we are."""
    zone, at = config.settings().zone, clock.now()
    if day is None:
        raise Invalid({"closes_on": _("Say until which day people can comment.")})
    if day <= at.astimezone(zone).date():
        raise Invalid({"closes_on": _("This day is not ahead any more. Choose a later one.")})
    if day > (at + LONGEST_CONSULTATION).date():
        raise Invalid({"closes_on": _("A consultation lasts at most a year.")})
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


def comment_on_draft(
    commitment: Commitment,
    *,
    text: str,
    position: Position | str,
    language: str,
    parent: Comment | None = None,
    by: Actor,
) -> Comment:
    """Say something about a draft while its public consultation is open.

    Those who draft can reply to what was said also afterwards, until the text is approved.
    Whoever comments follows the commitment, unless they once chose not to.
    """
    is_late_reply = parent is not None and not standing.takes_comments(commitment, clock.now())
    authorise(by, REPLY_ON_DRAFT if is_late_reply else COMMENT_ON_DRAFT, commitment)
    assert isinstance(by, Account)  # noqa: S101  the permission is granted to accounts only
    try:
        chosen = Position(position)
    except ValueError:
        raise Invalid({"position": _("Choose what your comment is.")}) from None
    comment = trees.add(
        commitment.thread_id,
        author=by,
        text=text,
        position=chosen,
        language=language,
        parent=parent,
    )
    follow(subject("commitment", commitment.id), unless_stopped=True, by=by)
    publish(DraftCommented(comment.id, commitment.id, commitment.campaign_id), by=by)
    return comment


def make_final(commitment: Commitment, *, reason: str, by: Actor) -> None:
    """Say that the text is ready for approval, and what the consultation changed in it.

    Raises Invalid, naming each field of OGP's template that is missing.
    """
    authorise(by, MAKE_FINAL, commitment)
    commitment = queries.locked(commitment)
    authorise(by, MAKE_FINAL, commitment)
    version = _current(commitment)
    faults = texts.missing_for_final(version, queries.milestones_of(commitment))
    faults.update(_missing_origin(commitment))
    words = _collected(lambda: texts.reason_of(reason), faults)
    if faults:
        raise Invalid(faults)
    _step(commitment, CommitmentState.FINAL, reason=words or "", by=by)
    publish(CommitmentFinal(commitment.id, commitment.campaign_id), by=by)


def approve_commitment(
    commitment: Commitment,
    *,
    act: str,
    language: str,
    on: date | None,
    link: str | None = None,
    by: Actor,
) -> None:
    """Record by which act, on which day, the commitment was approved. From then its text stands."""
    authorise(by, APPROVE_COMMITMENT, commitment)
    commitment = queries.locked(commitment)
    authorise(by, APPROVE_COMMITMENT, commitment)
    faults: dict[str, Sentence] = {}
    name = clean_line(act)
    if not texts.has_words(name):
        faults["act"] = _("Name the act, with its number.")
    elif len(name) > texts.TITLE_MOST:
        faults["act"] = texts.too_long(name, texts.TITLE_MOST)
    if on is None:
        faults["on"] = _("Give the day of the act.")
    elif on > clock.now().astimezone(config.settings().zone).date():
        faults["on"] = _("This day has not come yet.")
    address = _collected(lambda: texts.link_of(link, field="link"), faults)
    faults.update(_missing_origin(commitment))
    if faults:
        raise Invalid(faults)
    commitment.approved_on = on
    commitment.approval_act = LocalizedText.of(language, **{language: name})
    commitment.approval_link = address
    _step(commitment, CommitmentState.APPROVED, reason=name, by=by)
    publish(CommitmentApproved(commitment.id, commitment.campaign_id), by=by)


def _missing_origin(commitment: Commitment) -> dict[str, Sentence]:
    if queries.has_live_origin(commitment):
        return {}
    return {"origin": _("Say first where it comes from: it has no origin yet.")}
