"""Shortlists and scores for tests."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.groups.models import Group
from app.proposals.models import Proposal
from app.review import actions, queries
from app.review.models import Assessment, Conclusion, Recommendation, ShortlistEntry
from app.voting.models import Count, Shortlisted, Tally
from tests.make.campaigns import campaign as make_campaign
from tests.make.campaigns import theme as make_theme
from tests.make.groups import group as make_group
from tests.make.groups import seat
from tests.make.proposals import proposal as make_proposal


def tally(campaign: Campaign, counted: dict[Proposal, int], *, first: int) -> None:
    """What voting left: counts with their places, and the first so many as the rule's list."""
    db.session.add(
        Tally(
            campaign_id=campaign.id,
            participants=max(counted.values(), default=0),
            supports=sum(counted.values()),
            verified=0,
            counted_at=clock.now(),
        )
    )
    db.session.flush()
    for proposal, supports in counted.items():
        place = 1 + sum(other > supports for other in counted.values())
        db.session.add(
            Count(
                campaign_id=campaign.id,
                proposal_id=proposal.id,
                supports=supports,
                place=place,
                place_in_theme=place,
            )
        )
        if place <= first:
            db.session.add(
                Shortlisted(campaign_id=campaign.id, proposal_id=proposal.id, position=place)
            )
    db.session.commit()


@dataclass
class Table:
    """A campaign in review whose shortlist lies before a group of a chair and two members."""

    campaign: Campaign
    group: Group
    entries: list[ShortlistEntry]
    chair: Account
    members: list[Account]

    @property
    def everybody(self) -> list[Account]:
        return [self.chair, *self.members]


def table(*, proposals: int = 2, members: int = 2, more: int = 1, **changes: Any) -> Table:
    """``proposals`` on the shortlist, ``more`` below its line."""
    campaign = make_campaign(
        Stage.REVIEW, shortlist_rule={"rule": "top", "k": proposals}, **changes
    )
    group = make_group()
    theme = make_theme(campaign, group_id=group.id)
    voted = clock.now() - timedelta(days=20)
    made = [
        make_proposal(campaign, theme_id=theme.id, published_at=voted)
        for _ in range(proposals + more)
    ]
    tally(
        campaign,
        {proposal: 100 - 10 * place for place, proposal in enumerate(made)},
        first=proposals,
    )
    actions.make_shortlist(campaign, by=SYSTEM)
    chair = seat(group, chair=True)
    seats = [seat(group) for _ in range(members)]
    db.session.commit()
    entries = list(queries.entries_of(campaign))
    return Table(campaign, group, entries, chair.account, [each.account for each in seats])


def assess(
    entry: ShortlistEntry,
    by: Account,
    *,
    score: int = 3,
    recommendation: Recommendation | None = Recommendation.TAKE_UP,
    ground: str = "Dati jau ir.",
    **scores: int | None,
) -> Assessment:
    made = actions.assess(
        entry,
        scores={
            "impact": score,
            "feasibility": score,
            "openness": score,
            "clarity": score,
            **scores,
        },
        recommendation=recommendation,
        ground=ground,
        language="lv",
        by=by,
    )
    db.session.commit()
    return made


def conclude(
    entry: ShortlistEntry,
    by: Account,
    *,
    recommendation: Recommendation = Recommendation.TAKE_UP,
    reasons: str = "Dati jau ir.",
    dissent: str = "",
    **changes: Any,
) -> Conclusion:
    words = {"language": "lv", "dissent": dissent, **changes}
    made = actions.conclude(entry, recommendation=recommendation, reasons=reasons, by=by, **words)
    db.session.commit()
    return made


def opened(table: Table) -> Table:
    """The same, once everybody has scored everything."""
    for place, person in enumerate(table.everybody):
        for entry in table.entries:
            assess(entry, person, score=2 + place % 4)
    return table
