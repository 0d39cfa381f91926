"""What happened, in order: the trail of events, for observers and administrators."""

import csv
import io
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.audit.names import Names
from app.audit.permissions import READ_TRAIL
from app.audit.queries import MOST_IN_A_FILE, Filter, campaigns_of_trail, trail
from app.audit.sentences import SENTENCES
from app.campaigns.queries import by_slug
from app.foundation.db import db
from app.foundation.paging import page_of
from app.foundation.permissions import authorise
from app.foundation.text import clean_line
from app.http.requests import actor, found, page_number, permission_required
from app.proposals.queries import by_reference

bp = Blueprint("auditing", __name__)

PER_PAGE = 50
LONGEST_SUBJECT = 60


@bp.get("/administration/trail")
@permission_required(READ_TRAIL)
def events() -> ResponseReturnValue:
    """The newest events, of a campaign, of a kind or about one thing."""
    authorise(actor(), READ_TRAIL, None)
    chosen = _chosen()
    page = page_of(trail(_filter(chosen)), page_number(), size=PER_PAGE)
    return render_template(
        "auditing/trail.html",
        here="trail",
        page=page,
        names=Names(page.rows),
        chosen=chosen,
        campaigns=campaigns_of_trail(),
        kinds=sorted(SENTENCES),
        url_for_page=lambda number: url_for(".events", page=number, **chosen),
        file=url_for(".as_csv", **chosen),
        most_in_a_file=MOST_IN_A_FILE,
    )


@bp.get("/administration/trail.csv")
@permission_required(READ_TRAIL)
def as_csv() -> ResponseReturnValue:
    """The same selection for a spreadsheet."""
    authorise(actor(), READ_TRAIL, None)
    records = db.session.scalars(trail(_filter(_chosen())).limit(MOST_IN_A_FILE)).all()
    names = Names(records)
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(["number", "at", "event", "about", "by", "sentence"])
    for record in records:
        cells = [names.actor_of(record), names.sentence_for(record)]
        at = record.at.isoformat(timespec="seconds")
        writer.writerow([record.id, at, record.name, record.subject, *map(_harmless, cells)])
    return (
        "\ufeff" + sheet.getvalue(),
        200,
        {
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": 'attachment; filename="trail.csv"',
        },
    )


def _harmless(text: str) -> str:
    """What a spreadsheet shows and does not calculate."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _chosen() -> dict[str, Any]:
    """What the address asks for, as it was typed."""
    wanted = {
        name: clean_line(request.args.get(name, ""))[:LONGEST_SUBJECT]
        for name in ("campaign", "event", "about")
    }
    return {name: value for name, value in wanted.items() if value}


def _filter(chosen: dict[str, Any]) -> Filter:
    campaign = found(by_slug(chosen["campaign"])) if "campaign" in chosen else None
    return Filter(
        campaign_id=campaign.id if campaign else None,
        name=chosen.get("event", ""),
        subject=_subject(chosen.get("about", "")),
    )


def _subject(typed: str) -> str:
    """A proposal by its public reference; anything else as the trail names it."""
    proposal = by_reference(typed) if typed and ":" not in typed else None
    return f"proposal:{proposal.id}" if proposal else typed
