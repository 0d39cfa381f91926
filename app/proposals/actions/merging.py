"""Making one proposal of several that say the same, and undoing that.

There are no chains: what is merged is no target, and a target is not merged further. Each
merge has its own reason and its own authors, who agreed to *this* target; pointing them on to
a third proposal would put words into their mouths. Whoever wants a chain undoes the first
merge, or merges into the same target.
"""

from collections.abc import Sequence

from sqlalchemy import select

from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import _
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict, Invalid
from app.proposals import queries, standing, texts
from app.proposals.actions._rows import _refuse_unless, _revise, _step
from app.proposals.events import MergeUndone, ProposalMerged
from app.proposals.models import (
    CoAuthor,
    CoAuthorState,
    Merge,
    Proposal,
    Revision,
    RevisionKind,
    State,
)
from app.proposals.permissions import MERGE_PROPOSALS
from app.proposals.texts import Text


def merge_proposals(
    sources: Sequence[Proposal],
    *,
    into: Proposal,
    reason: str,
    by: Actor,
    title: str | None = None,
    situation: str | None = None,
    solution: str | None = None,
) -> list[Merge]:
    """Let the sources go into one target, whose text may be reworded to hold them all.

    Their authors are credited on the target; their pages and followers stay.
    """
    for proposal in [into, *sources]:
        authorise(by, MERGE_PROPOSALS, proposal)
    words = texts.reason_of(reason)
    ids = {source.id for source in sources}
    if not ids:
        raise Invalid({"sources": _("Choose at least one proposal to merge.")})
    if into.id in ids:
        raise Invalid({"sources": _("A proposal cannot be merged into itself.")})
    held = {proposal.id: proposal for proposal in queries.locked([into, *sources])}
    target = held.pop(into.id)
    for source in held.values():
        _check_pair(source, target)
    text = _merged_text(target, title, situation, solution, [*held.values()])
    revision = _revise(target, text, by=by, kind=RevisionKind.MERGE, note=words[:500])
    return [_merge(source, target, revision, reason=words, by=by) for source in held.values()]


def _check_pair(source: Proposal, target: Proposal) -> None:
    if source.campaign_id != target.campaign_id:
        raise Invalid({"sources": _("Only proposals of the same campaign can be merged.")})
    _refuse_unless(
        source.state is not State.MERGED,
        _("%(reference)s is already merged into another proposal.", reference=source.reference),
    )
    _refuse_unless(
        source.state in standing.MERGEABLE,
        _("%(reference)s is not open, so it cannot be merged.", reference=source.reference),
    )
    _refuse_unless(
        target.state is State.PUBLISHED,
        _("Proposals can only be merged into a published one. Publish it first."),
    )
    _refuse_unless(
        not queries.has_merges(source),
        _(
            "Other proposals were merged into %(reference)s, and their authors agreed to that "
            "one. Undo those merges first, or merge into it instead.",
            reference=source.reference,
        ),
    )


def _merged_text(
    target: Proposal,
    title: str | None,
    situation: str | None,
    solution: str | None,
    sources: Sequence[Proposal],
) -> Text:
    """The target's text, reworded where the moderator did so; it serves the values of all."""
    now = Text.of(target)
    values = {*now.values, *(value for source in sources for value in source.values)}
    text = Text.written(
        now.title if title is None else title,
        now.situation if situation is None else situation,
        now.solution if solution is None else solution,
        sorted(values),
    )
    if (text.title, text.situation, text.solution) != (now.title, now.situation, now.solution):
        texts.check(text)
    return text


def _merge(
    source: Proposal, target: Proposal, revision: Revision, *, reason: str, by: Actor
) -> Merge:
    merge = Merge(
        source=source,
        target=target,
        revision=revision.number,
        reason=reason,
        merged_at=clock.now(),
        merged_by_id=by.actor_id,
    )
    db.session.add(merge)
    _step(source, State.MERGED, by=by, reason=reason)
    source.merged_into = target
    db.session.flush()
    for account_id in _authors_of(source):
        _credit(account_id, target, merge)
    queries.forget_who_is_named()
    publish(ProposalMerged(source.id, source.campaign_id, merge.id, target.id), by=by)
    return merge


def _authors_of(proposal: Proposal) -> list[int]:
    accepted = select(CoAuthor.account_id).where(
        CoAuthor.proposal_id == proposal.id, CoAuthor.state == CoAuthorState.ACCEPTED
    )
    return [proposal.author_id, *db.session.scalars(accepted.order_by(CoAuthor.since))]


def _credit(account_id: int, target: Proposal, merge: Merge) -> None:
    """Name somebody on the target. Who once declined to be named there is not asked again."""
    if account_id == target.author_id or queries.co_author(target, account_id) is not None:
        return
    db.session.add(
        CoAuthor(
            proposal_id=target.id,
            account_id=account_id,
            state=CoAuthorState.ACCEPTED,
            by_merge_id=merge.id,
            since=clock.now(),
        )
    )
    db.session.flush()


def undo_merge(merge: Merge, *, reason: str, by: Actor) -> None:
    """Take one source out again: it stands where it stood, and its authors' credit goes.

    The target gets a new revision. With the last merge gone, and no word changed by anybody
    since, that is the text it had before; else people have built on the merged text, and it
    stays for them to revise.
    """
    authorise(by, MERGE_PROPOSALS, merge.target)
    words = texts.reason_of(reason)
    held = {proposal.id: proposal for proposal in queries.locked([merge.source, merge.target])}
    source, target = held[merge.source_id], held[merge.target_id]
    db.session.refresh(merge)
    _refuse_unless(merge.undone_at is None, _("This merge has already been undone."))
    _refuse_unless(
        source.state is State.MERGED,
        _("%(reference)s is hidden. Restore it first.", reference=source.reference),
    )
    step = queries.last_step_to(source, State.MERGED)
    if step is None or step.was is None:
        raise Conflict(_("This merge cannot be undone."))
    back = _state_before_merge(source)
    merge.undone_at, merge.undone_by_id, merge.undo_reason = clock.now(), by.actor_id, words
    source.merged_into = None
    _step(source, back, by=by, reason=words)
    if back is State.PUBLISHED:
        source.state_reason = None
    _take_credit_back(merge, target)
    _revise(target, _text_without(merge, target), by=by, kind=RevisionKind.MERGE, note=words[:500])
    publish(MergeUndone(source.id, source.campaign_id, merge.id, target.id), by=by)


def _state_before_merge(source: Proposal) -> State:
    """Where it stood before it was merged, hiding and restoring in between left aside."""
    for step in reversed(queries.steps_of(source)):
        if step.became is State.MERGED and step.was not in {None, State.HIDDEN}:
            assert step.was is not None  # noqa: S101  said one line above
            return step.was
    return State.PUBLISHED


def _take_credit_back(merge: Merge, target: Proposal) -> None:
    """Who is named only because of this merge is so no more, unless another one names them."""
    others = {
        account_id: other.id
        for other in queries.merges_into(target)
        if other.id != merge.id
        for account_id in _authors_of(other.source)
    }
    credited = db.session.scalars(
        select(CoAuthor).where(CoAuthor.proposal_id == target.id, CoAuthor.by_merge_id == merge.id)
    ).all()
    for co_author in credited:
        if co_author.account_id in others:
            co_author.by_merge_id = others[co_author.account_id]
        else:
            db.session.delete(co_author)
    db.session.flush()
    queries.forget_who_is_named()


def _text_without(merge: Merge, target: Proposal) -> Text:
    """What the target reads once this source is out."""
    if queries.has_merges(target):
        return Text.of(target)
    revisions = list(reversed(queries.revisions_of(target)))
    kinds = [revision.kind for revision in revisions]
    first = len(kinds)
    while first > 0 and kinds[first - 1] is RevisionKind.MERGE:
        first -= 1
    if first == 0 or first == len(kinds) or revisions[first - 1].withheld_at is not None:
        return Text.of(target)
    return Text.of(revisions[first - 1])
