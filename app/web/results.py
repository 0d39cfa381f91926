"""What came out of the vote: on a page, and as files."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.campaigns.models import Campaign, Theme
from app.campaigns.permissions import SEE_CAMPAIGN
from app.campaigns.queries import by_slug, themes_of
from app.foundation.db import db
from app.foundation.paging import page_of
from app.http.caching import cacheable
from app.http.requests import found, may_see, open_to_everyone, page_number
from app.proposals.models import Proposal, State
from app.voting import queries
from app.voting.models import Count, Tally

bp = Blueprint("results", __name__)

ON_A_PAGE = 50


@bp.get("/campaigns/<slug>/results")
@open_to_everyone
@cacheable
def results(slug: str) -> ResponseReturnValue:
    campaign = may_see(SEE_CAMPAIGN, by_slug(slug))
    tally = queries.tally_of(campaign)
    if tally is None:
        return render_template("results/hidden.html", campaign=campaign)
    themes = themes_of(campaign)
    theme = _theme(themes)
    query = queries.counts_that_stand(campaign)
    if theme:
        query = query.where(Proposal.theme_id == theme.id)
    return render_template(
        "results/results.html",
        campaign=campaign,
        tally=tally,
        themes=themes,
        theme=theme,
        page=page_of(query, page_number(), size=ON_A_PAGE),
        most=queries.highest_count(campaign),
        standing=queries.count_standing(campaign),
        shortlisted=queries.shortlisted_in(campaign),
        url_for_page=lambda number: url_for(
            ".results", slug=slug, theme=theme.key if theme else None, page=number
        ),
    )


def _theme(themes: Sequence[Theme]) -> Theme | None:
    wanted = request.args.get("theme")
    return next((theme for theme in themes if theme.key == wanted), None)


@bp.get("/campaigns/<slug>/results.json")
@open_to_everyone
@cacheable
def as_json(slug: str) -> ResponseReturnValue:
    campaign, tally = _counted(slug)
    return jsonify(
        campaign=campaign.slug,
        participants=tally.participants,
        verified=tally.verified,
        eligible=tally.eligible,
        supports=tally.supports,
        counted_at=tally.counted_at.isoformat(),
        shortlist_rule=campaign.shortlist_rule,
        counts=_rows(campaign),
    )


@bp.get("/campaigns/<slug>/results.csv")
@open_to_everyone
@cacheable
def as_csv(slug: str) -> ResponseReturnValue:
    campaign, _tally = _counted(slug)
    rows = _rows(campaign)
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(row[column]) for column in COLUMNS] for row in rows)
    name = f'attachment; filename="{campaign.slug}-results.csv"'
    headers = {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": name}
    return "\ufeff" + file.getvalue(), 200, headers


COLUMNS = (
    "place",
    "proposal",
    "external",
    "title",
    "language",
    "theme",
    "state",
    "supports",
    "place_in_theme",
    "shortlisted",
)


def _counted(slug: str) -> tuple[Campaign, Tally]:
    campaign = may_see(SEE_CAMPAIGN, by_slug(slug))
    return campaign, found(queries.tally_of(campaign))


def _rows(campaign: Campaign) -> list[dict[str, Any]]:
    """Every count; of what is hidden, the reference and the number without the words."""
    shortlisted = queries.shortlisted_in(campaign)
    return [
        _row(count, shortlisted.get(count.proposal_id))
        for count in db.session.scalars(queries.counts_of(campaign))
    ]


def _row(count: Count, position: int | None) -> dict[str, Any]:
    proposal = count.proposal
    is_hidden = proposal.state is State.HIDDEN
    return {
        "place": count.place,
        "proposal": proposal.reference,
        "external": proposal.external_reference,
        "title": None if is_hidden else proposal.title,
        "language": proposal.language,
        "theme": proposal.theme.key if proposal.theme else None,
        "state": proposal.state.value,
        "supports": count.supports,
        "place_in_theme": count.place_in_theme,
        "shortlisted": position,
    }


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula is marked as text."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + cell
    return cell
