"""A commitment: what will be done, and which proposals it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.campaigns import stages
from app.campaigns.roles import MODERATOR
from app.comments import queries as comments
from app.commitments import actions, queries, standing
from app.commitments.models import Commitment, CommitmentState, Field, Origin, Version
from app.commitments.passages import Paragraph, found_in, marked
from app.commitments.permissions import (
    ADD_ORIGIN,
    APPROVE_COMMITMENT,
    COMMENT_ON_DRAFT,
    MAKE_FINAL,
    OPEN_CONSULTATION,
    PROMOTE_PROPOSAL,
    READ_COMMITMENT,
    REPLY_ON_DRAFT,
    RETRACT_ORIGIN,
    SAVE_VERSION,
)
from app.commitments.vocabulary import FIELDS, RELATIONS, SOURCES, STATES
from app.follows import actions as follows
from app.follows.queries import follows as is_following
from app.foundation import clock
from app.foundation.events import subject
from app.foundation.language import spoken
from app.foundation.paging import page_of
from app.foundation.text import LocalizedText, Wording
from app.http.caching import cacheable
from app.http.forms.commitments import DraftCommentForm
from app.http.requests import (
    actor,
    may_see,
    open_to_everyone,
    page_number,
    permission_required,
    sign_in_required,
    signed_in,
    viewer,
)
from app.proposals.changes import pieces
from app.proposals.models import Proposal, State
from app.proposals.standing import shows_text

bp = Blueprint("commitments", __name__)

TEXTS = [part for part in Field if part is not Field.TITLE]
OPENNESS = (Field.TRANSPARENCY, Field.ACCOUNTABILITY, Field.PARTICIPATION)
COMMENTS_SHOWN = 50
GATHERED = 8
"""So many proposals are drawn as threads; the trace shows them all."""


@dataclass(frozen=True)
class Source:
    """One origin as the page shows it, with its number on the page."""

    number: int
    origin: Origin
    shows_words: bool
    """Whether the proposal's words may be read: it stands, and the revision is not withheld."""
    stands: bool
    """Whether the quoted words still stand in the text that is shown."""
    language: str
    """Of the commitment's quoted words."""


@dataclass(frozen=True)
class Part:
    """One field of the template as the page shows it."""

    field: Field
    language: str
    is_original: bool
    paragraphs: list[Paragraph]
    sources: list[Source]


@bp.get("/commitments/<int:commitment_id>/")
@open_to_everyone
@cacheable
def commitment(commitment_id: int) -> ResponseReturnValue:
    """What will be done, by whom, by when, and where each sentence comes from."""
    made = may_see(READ_COMMITMENT, queries.commitment(commitment_id))
    return _page(made, DraftCommentForm() if viewer() else None)


@bp.post("/commitments/<int:commitment_id>/comments")
@permission_required(COMMENT_ON_DRAFT)
def comment(commitment_id: int) -> ResponseReturnValue:
    """Say something about a draft while its consultation is open."""
    made = may_see(READ_COMMITMENT, queries.commitment(commitment_id))
    form = DraftCommentForm()
    word = str(form.parent.data or "")
    parent = comments.comment(int(word)) if word.isdecimal() and len(word) < 18 else None
    if form.attempt(
        lambda: actions.comment_on_draft(
            made,
            text=form.text.data or "",
            position=form.position.data or "",
            language=spoken(),
            parent=parent,
            by=signed_in(),
        )
    ):
        flash(_("Your comment is published."), "success")
        return redirect(url_for(".commitment", commitment_id=made.id) + "#comments", 303)
    return _page(made, form)


@bp.post("/commitments/<int:commitment_id>/follow")
@sign_in_required
def follow(commitment_id: int) -> ResponseReturnValue:
    """Hear of each step of it from now on, or no more."""
    made = may_see(READ_COMMITMENT, queries.commitment(commitment_id))
    if request.form.get("stop"):
        follows.stop_following(subject("commitment", made.id), by=signed_in())
        flash(_("You no longer follow this commitment."), "success")
    else:
        follows.follow(subject("commitment", made.id), by=signed_in())
        flash(_("You follow this commitment: we tell you of each step."), "success")
    return redirect(url_for(".commitment", commitment_id=made.id), 303)


@bp.get("/commitments/<int:commitment_id>/versions")
@open_to_everyone
@cacheable
def versions(commitment_id: int) -> ResponseReturnValue:
    """Every version, and what changed between two of them."""
    made = may_see(READ_COMMITMENT, queries.commitment(commitment_id))
    every = queries.versions_of(made)
    by_number = {version.number: version for version in every}
    later = by_number.get(_number("to", made.current_version), every[0])
    earlier = by_number.get(_number("from", later.number - 1))
    language = _language_of(later)
    return render_template(
        "commitments/versions.html",
        commitment=made,
        versions=every,
        earlier=earlier,
        later=later,
        text_language=language,
        changes=_changes(earlier, later, language) if earlier else [],
        fields=FIELDS,
    )


def _number(name: str, otherwise: int) -> int:
    word = request.args.get(name, "")
    return int(word) if word.isdecimal() and len(word) < 9 else otherwise


def _language_of(version: Version) -> str:
    """The language in which two versions are compared: the reader's, where it is worded."""
    return version.title.best_for(spoken()).language


def _changes(earlier: Version, later: Version, language: str) -> list[tuple[Field, Any]]:
    """What changed in each field, word by word, in one language."""
    pairs = [
        (
            part,
            earlier.text(part).wordings.get(language, ""),
            later.text(part).wordings.get(language, ""),
        )
        for part in Field
    ]
    return [(part, pieces(before, after)) for part, before, after in pairs if before != after]


def _page(made: Commitment, form: DraftCommentForm | None) -> ResponseReturnValue:
    origins = queries.origins_of(made)
    live = [origin for origin in origins if origin.is_live]
    withheld = queries.withheld_revisions(live)
    sources = [
        Source(
            number,
            origin,
            shows_words=_shows_words(origin, withheld),
            stands=False,
            language=passage_language(made.current, origin),
        )
        for number, origin in enumerate(sorted(live, key=_place), 1)
    ]
    page = render_template(
        "commitments/commitment.html",
        here="commitments",
        commitment=made,
        campaign=made.campaign,
        version=made.current,
        parts=[_part(made.current, part, sources) for part in TEXTS],
        openness=OPENNESS,
        milestones=queries.milestones_of(made),
        sources=sources,
        gathered=_by_proposal(sources),
        most_gathered=GATHERED,
        retracted=[origin for origin in origins if not origin.is_live],
        steps=queries.steps_of(made),
        fields=FIELDS,
        relations=RELATIONS,
        source_names=SOURCES,
        states=STATES,
        form=form,
        comment_page=_thread(made),
        takes_comments=standing.takes_comments(made, clock.now()),
        comment_refusal=COMMENT_ON_DRAFT.refusal(actor(), made),
        may_reply=_may_reply(made),
        follows=_follows(made),
        acts=acts_open_to(made),
        next_states=_still_to_come(made),
        page_address=lambda number: url_for(".commitment", commitment_id=made.id, page=number),
    )
    return page, form.status if form else 200


def _may_reply(made: Commitment) -> bool:
    """While the consultation is open everybody signed in; afterwards those who draft."""
    if viewer() is None:
        return False
    return COMMENT_ON_DRAFT.allows(actor(), made) or REPLY_ON_DRAFT.allows(actor(), made)


def _follows(made: Commitment) -> bool:
    person = viewer()
    return person is not None and is_following(person.id, subject("commitment", made.id))


def _place(origin: Origin) -> tuple[int, int]:
    """Origins are numbered as their passages come in the text; the whole comes first."""
    return (list(Field).index(origin.field) if origin.field else -1, origin.id)


def _shows_words(origin: Origin, withheld: set[tuple[int, int]]) -> bool:
    proposal = origin.proposal
    if proposal is None or origin.revision is None:
        return True
    return shows_text(proposal) and (proposal.id, origin.revision) not in withheld


def _part(version: Version, part: Field, sources: Sequence[Source]) -> Part:
    text: LocalizedText = version.text(part)
    wording: Wording = text.best_for(spoken())
    mine = [source for source in sources if source.origin.field is part]
    quoted = [(each.number, each.origin.passage) for each in mine if each.origin.passage]
    shown = [
        replace(each, stands=found_in(each.origin.passage or "", wording.text) is not None)
        for each in mine
    ]
    return Part(part, wording.language, wording.is_original, marked(wording.text, quoted), shown)


def _by_proposal(sources: Sequence[Source]) -> list[tuple[Proposal | None, list[Source]]]:
    """The origins gathered by the proposal they name, then other sources each by themselves."""
    gathered: dict[object, list[Source]] = {}
    for source in sources:
        key = source.origin.proposal_id or (source.number,)
        gathered.setdefault(key, []).append(source)
    found = [(group[0].origin.proposal, group) for group in gathered.values()]
    return sorted(found, key=lambda each: each[0] is None)


def passage_language(version: Version, origin: Origin) -> str:
    """The language of the commitment's words that an origin quotes: where they stand now."""
    text = version.text(origin.field or Field.TITLE)
    for code, wording in text.wordings.items():
        if found_in(origin.passage or "", wording):
            return code
    return text.original_language


def _thread(made: Commitment) -> Any:
    """The comments on this draft: a page of them with their replies; none before there are."""
    if made.consultation_opens_at is None:
        return None
    shown = page_of(comments.top_of(made.thread_id), page_number(), size=COMMENTS_SHOWN)
    return {"page": shown, "branches": comments.with_replies(shown.rows)}


def _still_to_come(made: Commitment) -> list[CommitmentState]:
    way = [
        CommitmentState.DRAFT,
        CommitmentState.CONSULTATION,
        CommitmentState.FINAL,
        CommitmentState.APPROVED,
    ]
    now = CommitmentState.CONSULTATION if made.state is CommitmentState.REVISED else made.state
    return way[way.index(now) + 1 :]


def acts_open_to(made: Commitment) -> dict[str, str | None]:
    """What the reader's office lets them do to it: the reason why not now, or None."""
    if viewer() is None:
        return {}
    by = actor()
    acts = {
        "edit": SAVE_VERSION,
        "origin": ADD_ORIGIN,
        "consult": OPEN_CONSULTATION,
        "finish": MAKE_FINAL,
        "approve": APPROVE_COMMITMENT,
        "retract": RETRACT_ORIGIN,
    }
    held = {
        name: permission
        for name, permission in acts.items()
        if any(role.held_by(by, made) for role in permission.granted_to)
    }
    refusals = {name: permission.refusal(by, made) for name, permission in held.items()}
    return {name: str(reason) if reason else None for name, reason in refusals.items()}


def commitments_of_proposal(proposal: Proposal) -> list[tuple[Commitment, list[Origin]]]:
    """In which commitments a proposal lives on, and how; ``on_proposal.html`` asks. One SELECT."""
    gathered: dict[int, tuple[Commitment, list[Origin]]] = {}
    for origin in queries.live_origins_of(proposal):
        gathered.setdefault(origin.commitment_id, (origin.commitment, []))[1].append(origin)
    return list(gathered.values())


def may_be_promoted_here(proposal: Proposal) -> bool:
    """Whether a moderator who looks at a proposal's page is shown the way to promote it."""
    person = viewer()
    return (
        person is not None
        and proposal.state is State.PUBLISHED
        and stages.voting_has_closed(proposal.campaign, clock.now())
        and stages.is_running(proposal.campaign, clock.now())
        and MODERATOR in PROMOTE_PROPOSAL.granted_to
        and MODERATOR.held_by(person, proposal)
    )


bp.add_app_template_global(commitments_of_proposal, "commitments_of_proposal")
bp.add_app_template_global(may_be_promoted_here, "may_be_promoted_here")
bp.add_app_template_global(passage_language, "passage_language")
bp.add_app_template_global(RELATIONS.__getitem__, "relation_name")
