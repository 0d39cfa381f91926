"""Campaigns for tests, standing where the test needs them to stand now."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from app.accounts.models import Account
from app.campaigns.models import (
    Campaign,
    CampaignAppointment,
    CampaignOffice,
    Pacing,
    Theme,
)
from app.campaigns.rules import Words
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.db import db
from app.foundation.text import LocalizedText
from tests.make.accounts import account

_numbers = count(1)

DAY = timedelta(days=1)

_DAYS = {
    Stage.DRAFT: 20,
    Stage.ANNOUNCED: 10,
    Stage.SUBMISSION: -5,
    Stage.SORTING: -35,
    Stage.VOTING: -45,
    Stage.REVIEW: -65,
    Stage.ANSWERING: -95,
    Stage.CONCLUDED: -200,
}
"""In how many days submission opens, for a campaign that stands in this stage now."""


def campaign(stage: Stage = Stage.SUBMISSION, **changes: Any) -> Campaign:
    """A campaign in this stage now: 30 days of submission, 10 of sorting, 20 of voting,
    30 of review, 60 of answering."""
    number = next(_numbers)
    opens = clock.now().replace(microsecond=0) + _DAYS[stage] * DAY
    made = Campaign(
        **{
            "slug": f"kampana-{number}",
            "reference_prefix": f"T{number}",
            "title": LocalizedText.of("lv", lv="Atvērtās pārvaldības plāns", en="A plan"),
            "summary": LocalizedText.of("lv", lv="Ko darīt atklātāk?", en="What to do openly?"),
            "text": LocalizedText.of("lv", lv="Par ko tas ir.", en="What it is about."),
            "contact_organisation": LocalizedText.of("lv", lv="Valsts kanceleja"),
            "contact_email": "ogp@state.example",
            "created_at": opens - 30 * DAY,
            "shortlist_rule": {"rule": "top", "k": 10},
            **_acts(stage, opens),
            **_dates(opens),
            **changes,
        }
    )
    db.session.add(made)
    db.session.commit()
    return made


def _acts(stage: Stage, opens: datetime) -> dict[str, datetime | None]:
    return {
        "announced_at": None if stage is Stage.DRAFT else opens - 15 * DAY,
        "concluded_at": clock.now() - DAY if stage is Stage.CONCLUDED else None,
    }


def _dates(opens: datetime) -> dict[str, datetime]:
    return {
        "submission_opens_at": opens,
        "submission_closes_at": opens + 30 * DAY,
        "voting_opens_at": opens + 40 * DAY,
        "voting_closes_at": opens + 60 * DAY,
        "review_closes_at": opens + 90 * DAY,
        "answers_due_at": opens + 150 * DAY,
    }


def side_by_side(**changes: Any) -> Campaign:
    """A campaign in which people propose and vote at the same time, now."""
    opens = clock.now().replace(microsecond=0) - 5 * DAY
    dates = _dates(opens) | {
        "submission_closes_at": opens + 20 * DAY,
        "voting_opens_at": opens,
        "voting_closes_at": opens + 30 * DAY,
    }
    return campaign(pacing=Pacing.SIDE_BY_SIDE, **{**dates, **changes})


def complete_campaign(**changes: Any) -> Campaign:
    """A campaign in preparation that can be announced today."""
    made = campaign(Stage.DRAFT, **changes)
    for _ in range(2):
        moderator(made)
    return made


def words(**changes: Any) -> Words:
    """What a campaign may say about itself."""
    return Words(
        **{
            "title": LocalizedText.of("lv", lv="Sestais plāns", en="The sixth plan"),
            "summary": LocalizedText.of("lv", lv="Ko darīt atklātāk?", en="What to do openly?"),
            "text": LocalizedText.of("lv", lv="Par ko tas ir."),
            "contact_organisation": LocalizedText.of("lv", lv="Valsts kanceleja"),
            "contact_email": "ogp@state.example",
            **changes,
        }
    )


def theme(campaign: Campaign, key: str = "dati", **changes: Any) -> Theme:
    made = Theme(
        **{
            "campaign_id": campaign.id,
            "key": key,
            "name": LocalizedText.of("lv", lv="Atvērtie dati", en="Open data"),
            "position": 1,
            **changes,
        }
    )
    db.session.add(made)
    db.session.commit()
    return made


def appoint(person: Account, campaign: Campaign, office: CampaignOffice) -> None:
    db.session.add(
        CampaignAppointment(
            campaign_id=campaign.id,
            account_id=person.id,
            office=office,
            reason="Testam",
            given_at=clock.now(),
        )
    )
    db.session.commit()


def moderator(campaign: Campaign, name: str = "Moderatore") -> Account:
    person = account(name)
    appoint(person, campaign, CampaignOffice.MODERATOR)
    return person


def organiser(campaign: Campaign, name: str = "Rīkotāja") -> Account:
    person = account(name)
    appoint(person, campaign, CampaignOffice.ORGANISER)
    return person
