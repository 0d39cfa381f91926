"""A campaign: what it is about, where it stands, what one can do today."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.campaigns import queries, stages
from app.campaigns.models import Campaign
from app.campaigns.permissions import SEE_CAMPAIGN
from app.campaigns.stages import Stage
from app.follows import actions as follows
from app.follows.queries import follows as is_following
from app.foundation import clock
from app.foundation.events import subject
from app.foundation.paging import page_of
from app.http.caching import cacheable
from app.http.requests import (
    may_see,
    open_to_everyone,
    page_number,
    sign_in_required,
    signed_in,
    viewer,
)
from app.proposals import queries as proposals
from app.web.addresses import language_of_page
from app.web.calendars import calendar_of

bp = Blueprint("campaigns", __name__)


@bp.get("/campaigns/")
@open_to_everyone
@cacheable
def campaigns() -> ResponseReturnValue:
    """Every campaign that was announced, the newest first."""
    page = page_of(queries.announced(clock.now()), page_number())
    return render_template(
        "campaigns/campaigns.html",
        here="campaigns",
        page=page,
        figures=proposals.figures_of([campaign.id for campaign in page.rows]),
    )


@bp.get("/campaigns/<slug>/")
@open_to_everyone
@cacheable
def campaign(slug: str) -> ResponseReturnValue:
    found = may_see(SEE_CAMPAIGN, queries.by_slug(slug))
    return render_template("campaigns/campaign.html", **page_of_campaign(found))


def page_of_campaign(campaign: Campaign) -> dict[str, Any]:
    """What a campaign's page shows; the organiser's preview shows the same."""
    at = clock.now()
    return {
        "here": "campaigns",
        "campaign": campaign,
        "stage": stages.stage_of(campaign, at),
        "takes_proposals": stages.takes_proposals(campaign, at),
        "takes_votes": stages.takes_votes(campaign, at),
        "voting_has_opened": stages.voting_has_opened(campaign, at),
        "voting_has_closed": stages.voting_has_closed(campaign, at),
        "figures": proposals.figures_of([campaign.id])[campaign.id],
        "people": proposals.count_people(campaign),
        "themes": queries.themes_of(campaign),
        "date_changes": queries.date_changes_of(campaign),
        "promise_changes": queries.promise_changes_of(campaign),
        "Stage": Stage,
        "follows": _follows(campaign),
    }


def _follows(campaign: Campaign) -> bool:
    person = viewer()
    return person is not None and is_following(person.id, subject("campaign", campaign.id))


@bp.post("/campaigns/<slug>/follow")
@sign_in_required
def follow(slug: str) -> ResponseReturnValue:
    """Be told of each step of the campaign; a choice of its own, never set by voting."""
    found = may_see(SEE_CAMPAIGN, queries.by_slug(slug))
    follows.follow(subject("campaign", found.id), by=signed_in())
    flash(_("You follow it now: we tell you of each step."), "success")
    return redirect(url_for("campaigns.campaign", slug=slug), 303)


@bp.post("/campaigns/<slug>/stop-following")
@sign_in_required
def stop_following(slug: str) -> ResponseReturnValue:
    found = may_see(SEE_CAMPAIGN, queries.by_slug(slug))
    follows.stop_following(subject("campaign", found.id), by=signed_in())
    flash(_("You do not follow it any more."), "success")
    return redirect(url_for("campaigns.campaign", slug=slug), 303)


@bp.get("/campaigns/<slug>/rules")
@open_to_everyone
@cacheable
def rules(slug: str) -> ResponseReturnValue:
    found = may_see(SEE_CAMPAIGN, queries.by_slug(slug))
    return render_template(
        "campaigns/rules.html",
        here="campaigns",
        campaign=found,
        themes=queries.themes_of(found),
        promise_changes=queries.promise_changes_of(found),
        voting_has_opened=stages.voting_has_opened(found, clock.now()),
    )


@bp.get("/campaigns/<slug>/dates.ics")
@open_to_everyone
@cacheable
def calendar(slug: str) -> ResponseReturnValue:
    """All dates as a calendar that can also be subscribed to (``webcal:``)."""
    found = may_see(SEE_CAMPAIGN, queries.by_slug(slug))
    changes = queries.date_changes_of(found)
    return Response(
        calendar_of(found, changes, language=language_of_page()),
        mimetype="text/calendar",
        headers={"Content-Disposition": f'inline; filename="{found.slug}.ics"'},
    )
