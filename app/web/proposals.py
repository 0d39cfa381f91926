"""What others proposed: the list, one proposal, its comments, its revisions."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select

from app.accounts.models import Account
from app.campaigns import queries as campaigns
from app.campaigns.models import Campaign
from app.campaigns.permissions import SEE_CAMPAIGN
from app.comments import queries as comments
from app.comments.models import Comment, Position
from app.comments.trees import Branch
from app.follows import actions as follows
from app.follows.queries import follows as is_following
from app.foundation import clock
from app.foundation.db import db
from app.foundation.events import subject
from app.foundation.language import spoken
from app.foundation.paging import Page, page_of
from app.http.caching import cacheable, for_a_moment
from app.http.forms.commenting import CommentForm, EditForm, ReplyForm
from app.http.forms.proposing import VALUES
from app.http.requests import (
    actor,
    found,
    may_see,
    open_to_everyone,
    page_number,
    permission_required,
    sign_in_required,
    signed_in,
    viewer,
)
from app.moderation import queries as decisions
from app.moderation.models import Decision
from app.moderation.permissions import SEE_DESK
from app.proposals import actions, changes, queries
from app.proposals.models import CoAuthorState, Proposal, Revision, State
from app.proposals.order import Place, place_from, shown, somewhere
from app.proposals.permissions import (
    COMMENT_ON_PROPOSAL,
    EDIT_COMMENT,
    INVITE_CO_AUTHOR,
    READ_PROPOSAL,
    READ_TEXT,
    REVISE_PROPOSAL,
    SUBMIT_PROPOSAL,
    WITHDRAW_PROPOSAL,
)
from app.proposals.queries import Order
from app.proposals.records import FIELDS, record
from app.proposals.texts import Text
from app.web.answers import answer_facts
from app.web.filters import STATES, Wish, wish
from app.web.lives import life_of

bp = Blueprint("proposals", __name__)
short = Blueprint("short_addresses", __name__)

LIST_SIZE = 20
COMMENTS_SHOWN = 50


@bp.get("/campaigns/<slug>/proposals/")
@open_to_everyone
@cacheable
def proposals(slug: str) -> ResponseReturnValue:
    """The list. While people vote, a reader is first sent to a random place in the fair order."""
    campaign = may_see(SEE_CAMPAIGN, campaigns.by_slug(slug))
    themes = campaigns.themes_of(campaign)
    wanted = wish(campaign, themes)
    query = queries.listed(campaign, wanted.selection)
    place = None
    if wanted.order is Order.SHUFFLED:
        key = ("proposals", campaign.id, *wanted.arguments().items())
        ids = for_a_moment(key, lambda: queries.ids_of(query))
        place = place_from(request.args.get("from"), clock.now())
        if place is None:
            start = somewhere(len(ids), clock.now())
            kept = {**wanted.arguments(), "from": str(start)}
            return redirect(url_for(".proposals", slug=slug, **kept), 302)
        page = _page_from(place, ids, campaign, query)
    else:
        page = page_of(queries.in_order(query, wanted.order), page_number(), size=LIST_SIZE)
    kept = wanted.arguments() | ({"from": str(place)} if place else {})
    return render_template(
        "proposals/list.html",
        here="",
        campaign=campaign,
        themes=themes,
        wish=wanted,
        page=page,
        place=place,
        states=STATES,
        url_for_page=lambda number: url_for(".proposals", slug=slug, page=number, **kept),
    )


def _page_from(
    place: Place, ids: Sequence[int], campaign: Campaign, query: Select[Proposal]
) -> Page[Proposal]:
    """One page of the fair order. What has left the selection meanwhile is not on it."""
    number = min(max(page_number(), 1), max(1, -(-len(ids) // LIST_SIZE)))
    first = (number - 1) * LIST_SIZE
    rows = shown(ids, place, campaign_id=campaign.id, first=first, size=LIST_SIZE)
    return Page(queries.by_ids(rows, among=query) if rows else [], number, len(ids), LIST_SIZE)


@bp.get("/campaigns/<slug>/proposals.csv")
@open_to_everyone
@cacheable
def as_csv(slug: str) -> ResponseReturnValue:
    """The same selection for a spreadsheet, the whole of it."""
    campaign, _wanted, rows = _selected(slug)
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow([*FIELDS, "address"])
    for proposal in rows:
        cells = record(proposal)
        writer.writerow([*(_cell(cells[field]) for field in FIELDS), _short(proposal)])
    return _file("\ufeff" + sheet.getvalue(), "text/csv; charset=utf-8", f"{campaign.slug}.csv")


@bp.get("/campaigns/<slug>/proposals.json")
@open_to_everyone
@cacheable
def as_json(slug: str) -> ResponseReturnValue:
    """The same selection for a program, the whole of it."""
    campaign, _wanted, rows = _selected(slug)
    content = {
        "campaign": campaign.slug,
        "proposals": [{**record(row), "address": _short(row)} for row in rows],
    }
    text = json.dumps(content, ensure_ascii=False)
    return _file(text, "application/json", f"{campaign.slug}.json")


def _selected(slug: str) -> tuple[Campaign, Wish, Sequence[Proposal]]:
    campaign = may_see(SEE_CAMPAIGN, campaigns.by_slug(slug))
    wanted = wish(campaign, campaigns.themes_of(campaign))
    order = Order.NEWEST if wanted.order is Order.SHUFFLED else wanted.order
    query = queries.in_order(queries.listed(campaign, wanted.selection), order)
    return campaign, wanted, db.session.scalars(query).all()


def _cell(value: Any) -> str:
    """What a spreadsheet shows and does not calculate: a text is never a formula."""
    if isinstance(value, list):
        value = " ".join(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _short(proposal: Proposal) -> str:
    return url_for("short_addresses.go", reference=proposal.reference, _external=True)


def _file(text: str, kind: str, name: str) -> Response:
    response = Response(text, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@short.get("/p/<reference>")
@open_to_everyone
def go(reference: str) -> ResponseReturnValue:
    """The short address of a proposal, which lasts. It leads to the reader's own language."""
    proposal = may_see(READ_PROPOSAL, queries.by_reference(reference))
    response = redirect(url_for("proposals.proposal", reference=proposal.reference), 302)
    assert isinstance(response, Response)  # noqa: S101
    response.headers.add("Vary", "Accept-Language")
    return response


@dataclass(frozen=True)
class Comments:
    """What of a thread is on the page."""

    branches: list[Branch]
    total: int
    """How many fit the filter, without replies."""
    shown: int
    position: Position | None
    counts: comments.Counts

    @property
    def waiting(self) -> int:
        return max(0, self.total - self.shown)


@bp.get("/proposals/<reference>/")
@open_to_everyone
@cacheable
def proposal(reference: str) -> ResponseReturnValue:
    found_one = may_see(READ_PROPOSAL, queries.by_reference(reference))
    return _page(found_one), 200


def _page(
    proposal: Proposal, *, form: CommentForm | None = None, reply: ReplyForm | None = None
) -> str:
    person = viewer()
    steps, merges = queries.steps_of(proposal), queries.all_merges_of(proposal)
    named, answered = queries.co_authors_of(proposal), answer_facts(proposal)
    may_comment = COMMENT_ON_PROPOSAL.allows(actor(), proposal)
    parent = reply.parent.data if reply else request.args.get("reply", "")
    if may_comment and reply is None and parent:
        reply = ReplyForm(parent=parent, language=spoken())
    if may_comment and form is None:
        form = CommentForm(formdata=None, language=spoken())
    return render_template(
        "proposals/proposal.html",
        here="",
        proposal=proposal,
        campaign=proposal.campaign,
        values=VALUES,
        may_read=READ_TEXT.allows(actor(), proposal),
        co_authors=[one for one in named if one.state is CoAuthorState.ACCEPTED],
        mine=_mine(named, person),
        life=life_of(proposal, steps, merges, answered.answer if answered else None),
        merged_by=next(
            (one for one in merges if one.source_id == proposal.id and not one.undone_at), None
        ),
        comments=_comments(proposal),
        comment_form=form,
        reply_form=reply,
        reply_to=parent,
        may_comment=may_comment,
        may_revise=_may(REVISE_PROPOSAL, proposal),
        may_submit=proposal.state is State.RETURNED and _may(SUBMIT_PROPOSAL, proposal),
        may_withdraw=_may(WITHDRAW_PROPOSAL, proposal),
        may_invite=_may(INVITE_CO_AUTHOR, proposal),
        follows=person is not None and is_following(person.id, _trail(proposal)),
        decision=_decision_on(proposal),
        may_moderate=SEE_DESK.allows(actor(), proposal) and proposal.state is not State.DRAFT,
    )


def _decision_on(proposal: Proposal) -> Decision | None:
    """What moderators decided, where the page has to say so."""
    if proposal.state not in {State.HIDDEN, State.RETURNED}:
        return None
    return decisions.latest_decision_on(_trail(proposal))


def _may(permission: Any, proposal: Proposal) -> bool:
    open_states = {State.SUBMITTED, State.RETURNED, State.PUBLISHED}
    return proposal.state in open_states and permission.allows(actor(), proposal)


def _mine(named: Sequence[Any], person: Account | None) -> Any:
    return next((one for one in named if person and one.account_id == person.id), None)


def _trail(proposal: Proposal) -> str:
    return subject("proposal", proposal.id)


def _comments(proposal: Proposal) -> Comments:
    word = request.args.get("position", "")
    position = Position(word) if word in {"for", "against", "question"} else None
    asked = request.args.get("comments", "1")
    pages = min(int(asked), 1000) if asked.isdecimal() and len(asked) < 6 else 1
    most = max(1, pages) * COMMENTS_SHOWN
    rows = db.session.scalars(comments.top_of(proposal.thread_id, position).limit(most)).all()
    counts = comments.counts_of(proposal.thread_id)
    return Comments(
        branches=comments.with_replies(rows),
        total=counts.by_position.get(position, 0) if position else counts.total,
        shown=len(rows),
        position=position,
        counts=counts,
    )


@bp.post("/proposals/<reference>/comments")
@permission_required(COMMENT_ON_PROPOSAL)
def comment(reference: str) -> ResponseReturnValue:
    """Say something. What cannot be taken comes back with the page, as it was typed."""
    proposal = may_see(READ_PROPOSAL, queries.by_reference(reference))
    is_reply = bool(request.form.get("parent"))
    form = ReplyForm() if is_reply else CommentForm()
    said: list[Comment] = []
    if form.attempt(lambda: said.append(_say(form, proposal))):
        flash(_("Your comment is published."), "success")
        return redirect(_at_comment(proposal, said[0]), 303)
    if isinstance(form, ReplyForm):
        return _page(proposal, reply=form), form.status
    return _page(proposal, form=form), form.status


def _say(form: CommentForm, proposal: Proposal) -> Comment:
    parent = None
    if isinstance(form, ReplyForm):
        word = form.parent.data or ""
        number = int(word) if word.isdecimal() and len(word) < 19 else 0
        parent = found(comments.comment(number))
    return actions.comment_on_proposal(
        proposal,
        text=form.text.data or "",
        position=Position.PLAIN if parent else form.position.data or "",
        language=form.language.data or spoken(),
        parent=parent,
        by=signed_in(),
    )


def _at_comment(proposal: Proposal, said: Comment) -> str:
    """The page, at the comment. A reply to an old one may need more comments shown."""
    more: dict[str, Any] = {}
    if said.parent_id is not None:
        newer = comments.newer_than(said.thread_id, said.parent_id)
        if newer >= COMMENTS_SHOWN:
            more["comments"] = newer // COMMENTS_SHOWN + 1
    anchor = f"comment-{said.id}"
    return url_for(".proposal", reference=proposal.reference, _anchor=anchor, **more)


@bp.route("/proposals/<reference>/comments/<int:comment_id>", methods=["GET", "POST"])
@open_to_everyone
def one_comment(reference: str, comment_id: int) -> ResponseReturnValue:
    """One comment with what it said before; whoever wrote it can change it here."""
    proposal = may_see(READ_TEXT, queries.by_reference(reference))
    said = found(comments.comment(comment_id))
    found(said if said.thread_id == proposal.thread_id else None)
    if request.method == "POST":
        signed_in()
    may_edit = (
        EDIT_COMMENT.allows(actor(), said)
        and COMMENT_ON_PROPOSAL.allows(actor(), proposal)
        and said.hidden_at is None
    )
    form = EditForm(position=said.position.value, text=said.text)
    if form.attempt(
        lambda: actions.edit_comment(
            proposal,
            said,
            text=form.text.data or "",
            position=form.position.data or "",
            by=actor(),
        )
    ):
        flash(_("Your comment is changed."), "success")
        return redirect(_at_comment(proposal, said), 303)
    page = render_template(
        "proposals/comment.html",
        proposal=proposal,
        campaign=proposal.campaign,
        comment=said,
        versions=[] if said.hidden_at else comments.versions_of(said),
        may_edit=may_edit,
        form=form,
    )
    return page, form.status


@bp.post("/proposals/<reference>/follow")
@sign_in_required
def follow(reference: str) -> ResponseReturnValue:
    """Hear what becomes of it, or no more."""
    proposal = may_see(READ_PROPOSAL, queries.by_reference(reference))
    if request.form.get("stop"):
        follows.stop_following(_trail(proposal), by=signed_in())
        flash(_("You no longer follow this proposal."), "success")
    else:
        follows.follow(_trail(proposal), by=signed_in())
        flash(_("You follow this proposal: we tell you of each step."), "success")
    return redirect(url_for(".proposal", reference=proposal.reference), 303)


@dataclass(frozen=True)
class Told:
    """A revision beside the one before it."""

    revision: Revision
    changes: changes.Changes | None
    """None: the first one, or one of the two is withheld."""


@bp.get("/proposals/<reference>/revisions/")
@open_to_everyone
@cacheable
def revisions(reference: str) -> ResponseReturnValue:
    """Every revision, the newest first, word by word."""
    proposal = may_see(READ_TEXT, queries.by_reference(reference))
    every = queries.revisions_of(proposal)
    told = [
        Told(after, _changes(before, after))
        for after, before in zip(every, [*every[1:], None], strict=True)
    ]
    return render_template(
        "proposals/revisions.html",
        proposal=proposal,
        campaign=proposal.campaign,
        told=told,
        values=VALUES,
    )


def _changes(before: Revision | None, after: Revision) -> changes.Changes | None:
    if before is None or before.withheld_at or after.withheld_at:
        return None
    return changes.between(Text.of(before), Text.of(after))
