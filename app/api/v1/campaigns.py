"""Campaigns as open data: whatever their pages say."""

from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from app import config
from app.api.v1.shapes.campaigns import CampaignShape, CampaignsShape
from app.campaigns import queries, stages
from app.campaigns.models import Campaign
from app.campaigns.permissions import SEE_CAMPAIGN
from app.campaigns.rules import Dates, Promises
from app.foundation import clock
from app.foundation.db import db
from app.foundation.text import LocalizedText
from app.http.caching import cacheable
from app.http.requests import may_see, open_to_everyone
from app.proposals import queries as proposals

bp = APIBlueprint("api_campaigns", __name__, url_prefix="/api/v1", tag="Campaigns")

MOST = 200


@bp.get("/campaigns")
@open_to_everyone
@cacheable
@bp.output(CampaignsShape)
def campaigns() -> Any:
    """Every campaign that was announced, the newest first."""
    rows = db.session.scalars(queries.announced(clock.now()).limit(MOST)).all()
    return {"campaigns": [_line(campaign) for campaign in rows]}


@bp.get("/campaigns/<slug>")
@open_to_everyone
@cacheable
@bp.output(CampaignShape)
def campaign(slug: str) -> Any:
    """One campaign: its stage, dates, promises, themes, and what was changed since."""
    found = may_see(SEE_CAMPAIGN, queries.by_slug(slug))
    figures = proposals.figures_of([found.id])[found.id]
    return {
        **_line(found),
        "summary": _wordings(found.summary),
        "text": _wordings(found.text),
        "pacing": found.pacing,
        "plan": found.plan.slug if found.plan else None,
        "dates": Dates.of(found),
        "promises": Promises.of(found),
        "themes": [
            {
                "key": theme.key,
                "name": _wordings(theme.name),
                "hint": _wordings(theme.hint),
                "proposals": figures.by_theme.get(theme.id, 0),
            }
            for theme in queries.themes_of(found)
        ],
        "contact": {
            "organisation": _wordings(found.contact_organisation),
            "person": found.contact_person,
            "email": found.contact_email,
        },
        "date_changes": queries.date_changes_of(found),
        "short_notice_reason": _wordings(found.short_notice_reason),
        "concluded_at": found.concluded_at,
        "cancelled_at": found.cancelled_at,
        "cancel_reason": found.cancel_reason,
        "proposals_handed_in": figures.handed_in,
        "proposals_published": figures.published,
        "people": proposals.count_people(found),
    }


def _line(campaign: Campaign) -> dict[str, Any]:
    settings = config.settings()
    return {
        "slug": campaign.slug,
        "title": _wordings(campaign.title),
        "stage": stages.stage_of(campaign, clock.now()),
        "page": settings.site_address
        + url_for("campaigns.campaign", slug=campaign.slug, language=settings.default_language),
        "announced_at": campaign.announced_at,
    }


def _wordings(text: LocalizedText | None) -> dict[str, str]:
    return {"original": text.original_language, **text.wordings} if text else {}
