"""Proposals as open data: whatever their pages say, and no more."""

from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from app.api.v1.shapes.proposals import (
    CommentsShape,
    OneProposalShape,
    PageAsked,
    ProposalsAsked,
    ProposalsShape,
    RevisionsShape,
)
from app.campaigns.permissions import SEE_CAMPAIGN
from app.campaigns.queries import by_slug, themes_of
from app.comments import queries as comments
from app.comments.models import Comment
from app.foundation.actors import VISITOR
from app.foundation.paging import page_of
from app.http.caching import cacheable
from app.http.requests import found, may_see, open_to_everyone
from app.proposals import queries
from app.proposals.models import CoAuthorState, Proposal, Revision, State
from app.proposals.permissions import READ_PROPOSAL
from app.proposals.queries import Order, Selection
from app.proposals.records import name_of, record
from app.proposals.standing import shows_text

bp = APIBlueprint("api_proposals", __name__, url_prefix="/api/v1", tag="Proposals")

COMMENTS_SHOWN = 50


@bp.get("/campaigns/<slug>/proposals")
@open_to_everyone
@cacheable
@bp.input(ProposalsAsked, location="query", arg_name="asked")
@bp.output(ProposalsShape)
def proposals(slug: str, asked: dict[str, Any]) -> Any:
    """The public proposals of a campaign, page by page."""
    campaign = may_see(SEE_CAMPAIGN, by_slug(slug))
    themes = {theme.key: theme.id for theme in themes_of(campaign)}
    theme_id = found(themes.get(asked["theme"])) if asked["theme"] else None
    selection = Selection(
        theme_id=theme_id,
        state=None if asked["state"] == "all" else State(asked["state"]),
        language=asked["language"] or None,
        words=asked["q"],
    )
    query = queries.in_order(queries.listed(campaign, selection), Order(asked["order"]))
    page = page_of(query, asked["page"], size=asked["size"])
    return {
        "proposals": [_line(proposal) for proposal in page.rows],
        "page": page.number,
        "pages": page.last,
        "total": page.total,
    }


@bp.get("/proposals/<reference>")
@open_to_everyone
@cacheable
@bp.output(OneProposalShape)
def proposal(reference: str) -> Any:
    """One proposal: its text as it stands, who is named, and each change of its state."""
    one = _public(reference)
    named = queries.co_authors_of(one)
    return {
        **_line(one),
        "co_authors": [
            name_of(each.account)
            for each in named
            if shows_text(one)
            and each.state is CoAuthorState.ACCEPTED
            and each.account.erased_at is None
        ],
        "merged_from": [merge.source.reference for merge in queries.merges_into(one)],
        "steps": [
            {"was": step.was, "became": step.became, "reason": step.reason, "at": step.taken_at}
            for step in queries.steps_of(one)
        ],
    }


@bp.get("/proposals/<reference>/revisions")
@open_to_everyone
@cacheable
@bp.output(RevisionsShape)
def revisions(reference: str) -> Any:
    """Every revision, the newest first. A withheld one has its reason and no words."""
    one = _public(reference)
    found(one if shows_text(one) else None)
    return {"revisions": [_revision(each) for each in queries.revisions_of(one)]}


@bp.get("/proposals/<reference>/comments")
@open_to_everyone
@cacheable
@bp.input(PageAsked, location="query", arg_name="asked")
@bp.output(CommentsShape)
def thread(reference: str, asked: dict[str, Any]) -> Any:
    """What is said about it, the newest first, with replies."""
    one = _public(reference)
    found(one if shows_text(one) else None)
    page = page_of(comments.top_of(one.thread_id), asked["page"], size=COMMENTS_SHOWN)
    return {
        "comments": [
            {**_comment(branch.comment), "replies": [_comment(each) for each in branch.replies]}
            for branch in comments.with_replies(page.rows)
        ],
        "page": page.number,
        "pages": page.last,
        "total": page.total,
    }


def _public(reference: str) -> Proposal:
    """What everybody may know of, whoever asks: this is open data."""
    one = found(queries.by_reference(reference))
    return found(one if READ_PROPOSAL.allows(VISITOR, one) else None)


def _line(proposal: Proposal) -> dict[str, Any]:
    address = url_for("short_addresses.go", reference=proposal.reference, _external=True)
    return {**record(proposal), "address": address}


def _revision(revision: Revision) -> dict[str, Any]:
    is_shown = revision.withheld_at is None
    return {
        "number": revision.number,
        "kind": revision.kind,
        "note": revision.note,
        "title": revision.title if is_shown else None,
        "situation": revision.situation if is_shown else None,
        "solution": revision.solution if is_shown else None,
        "values": revision.values if is_shown else [],
        "written_at": revision.written_at,
        "withheld_reason": revision.withheld_reason,
    }


def _comment(comment: Comment) -> dict[str, Any]:
    is_shown = comment.hidden_at is None
    return {
        "number": comment.id,
        "position": comment.position if is_shown else None,
        "language": comment.language,
        "text": comment.text if is_shown else None,
        "author": name_of(comment.author) if is_shown else None,
        "written_at": comment.written_at,
        "edited_at": comment.edited_at,
        "version": comment.version,
        "hidden_reason": comment.hidden_reason,
    }
