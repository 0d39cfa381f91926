"""Saving what was drafted: every save is a version."""

from app.commitments import queries, texts
from app.commitments.actions._rows import _current, _save
from app.commitments.models import (
    Commitment,
    CommitmentState,
    Version,
)
from app.commitments.permissions import (
    SAVE_VERSION,
)
from app.commitments.texts import DraftText
from app.foundation.actors import Actor
from app.foundation.language import _
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict


def save_version(
    commitment: Commitment,
    *,
    based_on: int,
    draft: DraftText,
    language: str,
    note: str,
    by: Actor,
) -> Version:
    """Keep what somebody drafted, in one language, as the next version.

    ``based_on`` is the version that they began from: if another was saved since, Conflict is
    raised and nothing kept, so that whoever asks can show both texts. A version after the
    consultation makes the commitment *revised*, also one that had already been final.
    """
    authorise(by, SAVE_VERSION, commitment)
    commitment = queries.locked(commitment)
    authorise(by, SAVE_VERSION, commitment)
    words = texts.note_of(note, is_needed=commitment.state is not CommitmentState.DRAFT)
    typed = draft.cleaned()
    texts.check(typed)
    if commitment.current_version != based_on:
        raise Conflict(
            _(
                "Somebody else saved version %(number)s while you were writing. "
                "Nothing is lost: your text is below, theirs is beside it.",
                number=commitment.current_version,
            )
        )
    return _save(commitment, _current(commitment), typed, language, note=words, by=by)
