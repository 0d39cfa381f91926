"""Counting, once voting has closed."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.campaigns.models import Campaign
from app.campaigns.stages import Stage, stage_of, voting_has_closed
from app.foundation import clock
from app.foundation.actors import SYSTEM, Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.permissions import authorise
from app.foundation.queue import report_progress
from app.proposals.models import Proposal
from app.voting import locks, queries
from app.voting.actions.opening import open_register
from app.voting.ballots import unlink, withdraw_all
from app.voting.events import TallyPublished
from app.voting.keys import RegisterKey, key_with_check
from app.voting.methods import METHODS
from app.voting.models import Count, Shortlisted, Tally
from app.voting.permissions import CLOSE_VOTING
from app.voting.shortlists import Candidate, rule_of
from app.voting.tallies import places

log = logging.getLogger(__name__)

SAID_EVERY = 1_000
"""Supports, after which the counting says how far it has got."""


@dataclass
class _Seen:
    """Who took part, met while the boxes are opened; what they chose only if a rule needs it."""

    keeps_profiles: bool
    people: set[int] = field(default_factory=set)
    profiles: dict[int, list[str]] = field(default_factory=dict)


def close_voting(campaign: Campaign, *, by: Actor) -> Tally | None:
    """Close the register, count it, freeze the result and make the shortlist by the rule.

    One transaction: killed anywhere, nothing of it remains and the next run does it all.
    Harmless twice. None when it is too early, or the campaign was cancelled. Raises KeyMissing
    and BoxBroken: then nobody can count, and nothing is closed.
    """
    authorise(by, CLOSE_VOTING, campaign)
    locks.have_alone(campaign.id)
    db.session.refresh(campaign, with_for_update={"key_share": True})
    at = clock.now()
    if tally := queries.tally_of(campaign):
        return tally
    if not voting_has_closed(campaign, at) or stage_of(campaign, at) is Stage.CANCELLED:
        return None
    open_register(campaign, by=SYSTEM)
    register = queries.register_of(campaign, alone=True)
    assert register is not None  # noqa: S101  it was opened above
    key = key_with_check(campaign.slug, register.key_check)
    left_before, left_since = queries.who_left(campaign)
    for account_id in left_before:
        withdraw_all(campaign, key, account_id)
    register.closed_at = at
    tally = _count(campaign, key)
    for account_id in left_since:
        unlink(campaign, register, key, account_id)
    publish(TallyPublished(campaign.id), by=by)
    log.info(
        "%s: %s supports of %s people counted", campaign.slug, tally.supports, tally.participants
    )
    return tally


def _count(campaign: Campaign, key: RegisterKey) -> Tally:
    rule = rule_of(campaign.shortlist_rule)
    seen = _Seen(rule.needs_profiles)
    counts = METHODS[campaign.method].tally(_choices(campaign, key, seen))
    standing = {
        p.reference: p for p in db.session.scalars(queries.standing(campaign)) if p.reference
    }
    tally = Tally(
        campaign_id=campaign.id,
        participants=len(seen.people),
        supports=counts.total(),
        verified=queries.count_verified(sorted(seen.people)),
        eligible=None if campaign.is_imported else queries.count_eligible(campaign),
        counted_at=clock.now(),
    )
    db.session.add(tally)
    db.session.flush()
    all_counts = dict.fromkeys(standing, 0) | counts
    candidates = [
        Candidate(reference, all_counts[reference], proposal.theme_id)
        for reference, proposal in standing.items()
    ]
    _keep_counts(campaign, all_counts, candidates)
    chosen = rule.choose(candidates, seen.profiles, campaign.shortlist_rule)
    db.session.add_all(
        Shortlisted(campaign_id=campaign.id, proposal_id=standing[reference].id, position=position)
        for reference, position in chosen.items()
    )
    return tally


def _choices(campaign: Campaign, key: RegisterKey, seen: _Seen) -> Iterator[tuple[str]]:
    all_of_them = queries.count_live(campaign)
    for number, choice in enumerate(queries.live_choices(campaign, key), start=1):
        if number % SAID_EVERY == 0:
            report_progress(number, all_of_them)
        seen.people.add(choice.account)
        if seen.keeps_profiles:
            seen.profiles.setdefault(choice.account, []).append(choice.proposal)
        yield (choice.proposal,)


def _keep_counts(campaign: Campaign, counts: dict[str, int], candidates: list[Candidate]) -> None:
    """A row for each proposal that stands, zeros included, and for each that kept its count."""
    counted = {p.reference: p for p in queries.by_references(campaign, counts) if p.reference}
    overall = places(counts, [candidate.reference for candidate in candidates])
    in_theme = _places_in_themes(counts, candidates, counted)
    db.session.add_all(
        Count(
            campaign_id=campaign.id,
            proposal_id=proposal.id,
            supports=counts[reference],
            place=overall[reference],
            place_in_theme=in_theme.get(reference),
        )
        for reference, proposal in counted.items()
    )


def _places_in_themes(
    counts: dict[str, int], candidates: list[Candidate], counted: dict[str, Proposal]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for theme in {proposal.theme_id for proposal in counted.values()} - {None}:
        inside = {r: counts[r] for r, proposal in counted.items() if proposal.theme_id == theme}
        found |= places(inside, [c.reference for c in candidates if c.theme == theme])
    return found
