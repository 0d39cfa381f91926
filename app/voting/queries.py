"""Finding what was voted and counted. What somebody supports is found through the key only."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.accounts.roles import SIGNED_IN, VERIFIED
from app.campaigns.models import Assurance, Campaign
from app.foundation.db import db
from app.proposals.models import Proposal, State
from app.voting import boxes
from app.voting.keys import RegisterKey, key_with_check
from app.voting.models import (
    LIVE,
    Ballot,
    Consent,
    Count,
    HiddenWhileVoting,
    Participation,
    Register,
    Shortlisted,
    Tally,
)

AT_ONCE = 5_000
"""How many values one statement is given at most."""


def register_of(campaign: Campaign, *, alone: bool = False) -> Register | None:
    """The register as it is stored now, whatever was read before.

    ``alone``: nobody else who touches several ballots goes on until this transaction ends.
    """
    query = select(Register).where(Register.campaign_id == campaign.id)
    if alone:
        query = query.with_for_update(key_share=True)
    return db.session.scalar(query.execution_options(populate_existing=True))


@dataclass(frozen=True)
class Standing:
    """All that a vote looks at, as it is stored now; the campaign and proposal are read anew."""

    register: Register | None
    consent: Consent | None
    participation: Participation | None


def look_again(campaign: Campaign, proposal: Proposal, account_id: int) -> Standing:
    """Read anew, in one query, whatever may have changed while we waited for a lock."""
    row = db.session.execute(
        select(Campaign, Proposal, Register, Consent, Participation)
        .select_from(Campaign)
        .join(Proposal, Proposal.id == proposal.id)
        .outerjoin(Register, Register.campaign_id == Campaign.id)
        .outerjoin(
            Consent,
            and_(Consent.campaign_id == Campaign.id, Consent.account_id == account_id),
        )
        .outerjoin(
            Participation,
            and_(Participation.campaign_id == Campaign.id, Participation.account_id == account_id),
        )
        .where(Campaign.id == campaign.id)
        .execution_options(populate_existing=True)
    ).one()
    return Standing(row.Register, row.Consent, row.Participation)


def key_of(campaign: Campaign) -> RegisterKey | None:
    """The key that the register began with; None before it began. Raises KeyMissing."""
    register = register_of(campaign)
    return key_with_check(campaign.slug, register.key_check) if register else None


def running_registers() -> Sequence[tuple[Campaign, Register]]:
    """Every register that is not closed."""
    rows = db.session.execute(
        select(Campaign, Register)
        .join(Register, Register.campaign_id == Campaign.id)
        .where(Register.closed_at.is_(None))
        .order_by(Campaign.id)
    )
    return [(campaign, register) for campaign, register in rows]


def could_be_supported(proposal: Proposal, at: datetime) -> bool:
    """Whether this proposal, as it stands, is among those to choose from at this moment."""
    return (
        proposal.state is State.PUBLISHED
        and not proposal.was_restored_after_opening
        and proposal.votable_from is not None
        and proposal.votable_from <= at
    )


def standing(campaign: Campaign) -> Select[Proposal]:
    """The proposals that stand to be counted, in the order of their numbers."""
    return (
        select(Proposal)
        .where(
            Proposal.campaign_id == campaign.id,
            Proposal.state == State.PUBLISHED,
            Proposal.was_restored_after_opening.is_(False),
            Proposal.votable_from < campaign.voting_closes_at,
        )
        .order_by(Proposal.id)
    )


def by_references(campaign: Campaign, references: Collection[str]) -> Sequence[Proposal]:
    """These proposals of the campaign, in the order of their numbers."""
    proposals = db.session.scalars(
        select(Proposal).where(Proposal.campaign_id == campaign.id).order_by(Proposal.id)
    )
    return [proposal for proposal in proposals if proposal.reference in references]


def participation_of(account_id: int, campaign: Campaign) -> Participation | None:
    return db.session.get(Participation, (campaign.id, account_id), populate_existing=True)


def consent_of(account_id: int, campaign: Campaign) -> Consent | None:
    return db.session.get(Consent, (campaign.id, account_id))


def supports_left(account: Account, campaign: Campaign) -> int | None:
    """How many more this person may support; None: as many as they find right."""
    if participation := participation_of(account.id, campaign):
        most = participation.most
        return None if most is None else most - participation.n
    register = register_of(campaign)
    return register.most if register else campaign.vote_limit


def supported_among(
    account: Account, campaign: Campaign, proposals: Iterable[Proposal]
) -> set[int]:
    """Which of these proposals, by id, this person supports; one query. Raises KeyMissing."""
    references = {p.reference: p.id for p in proposals if p.reference}
    found = choices_of(account.id, campaign, references)
    return {references[choice.proposal] for choice in found}


def supported_by(account: Account, campaign: Campaign) -> set[int]:
    """All that this person supports in this campaign, by id. Raises KeyMissing."""
    ids = dict(_references(campaign))
    return {ids[choice.proposal] for choice in choices_of(account.id, campaign, ids)}


def all_choices_of(account_id: int, campaign: Campaign) -> list[boxes.Choice]:
    """Everything that this person supports in this campaign, opened. Raises KeyMissing."""
    return choices_of(account_id, campaign, dict(_references(campaign)))


def choices_of(
    account_id: int, campaign: Campaign, references: Iterable[str]
) -> list[boxes.Choice]:
    """What this person supports of these references, opened. Raises KeyMissing."""
    participation = participation_of(account_id, campaign)
    if participation is None or participation.n == 0:
        return []
    key = key_of(campaign)
    assert key is not None  # noqa: S101  whoever participates does so in a register
    tags = [boxes.tag_of(key.tag, account_id, reference) for reference in references]
    rows = [
        row
        for some in (tags[at : at + AT_ONCE] for at in range(0, len(tags), AT_ONCE))
        for row in db.session.execute(
            select(Ballot.tag, Ballot.box).where(
                Ballot.campaign_id == campaign.id, Ballot.tag.in_(some), Ballot.state.in_(LIVE)
            )
        )
    ]
    return [boxes.unseal(key.box, tag, box) for tag, box in rows]


def _references(campaign: Campaign) -> list[tuple[str, int]]:
    rows = db.session.execute(
        select(Proposal.reference, Proposal.id)
        .where(Proposal.campaign_id == campaign.id, Proposal.reference.is_not(None))
        .order_by(Proposal.id)
    )
    return [(reference, number) for reference, number in rows if reference]


def ballot(campaign: Campaign, tag: bytes, *, alone: bool = False) -> Ballot | None:
    """One ballot as it is stored now."""
    query = select(Ballot).where(Ballot.campaign_id == campaign.id, Ballot.tag == tag)
    if alone:
        query = query.with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def live_choices(campaign: Campaign, key: RegisterKey) -> Iterator[boxes.Choice]:
    """Every support that counts, opened one by one. Raises BoxBroken."""
    live = (
        select(Ballot.tag, Ballot.box)
        .where(Ballot.campaign_id == campaign.id, Ballot.state.in_(LIVE))
        .execution_options(yield_per=2_000)
    )
    with db.session.execute(live) as rows:
        for tag, box in rows:
            yield boxes.unseal(key.box, tag, box)


def count_live(campaign: Campaign) -> int:
    """How many supports there are; what the counters of participation must add up to."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Ballot)
            .where(Ballot.campaign_id == campaign.id, Ballot.state.in_(LIVE))
        )
        or 0
    )


def sum_of_participation(campaign: Campaign) -> int:
    return (
        db.session.scalar(
            select(func.sum(Participation.n)).where(Participation.campaign_id == campaign.id)
        )
        or 0
    )


def participations_of(account_id: int) -> Sequence[Participation]:
    return db.session.scalars(
        select(Participation)
        .where(Participation.account_id == account_id)
        .order_by(Participation.campaign_id)
    ).all()


def campaigns_supported_in(account_id: int) -> Sequence[tuple[Campaign, int]]:
    """Where this person supports something, and how many proposals; the latest campaign first."""
    rows = db.session.execute(
        select(Campaign, Participation.n)
        .join(Participation, Participation.campaign_id == Campaign.id)
        .where(Participation.account_id == account_id, Participation.n > 0)
        .order_by(Campaign.id.desc())
    )
    return [(row[0], row[1]) for row in rows]


def who_left(campaign: Campaign) -> tuple[list[int], list[int]]:
    """Who took part and is gone: while voting was open, and since; by account, lowest first."""
    rows = db.session.execute(
        select(Participation.account_id, Account.erased_at)
        .join(Account, Account.id == Participation.account_id)
        .where(Participation.campaign_id == campaign.id, Account.erased_at.is_not(None))
        .order_by(Participation.account_id)
    ).all()
    closes = campaign.voting_closes_at
    before = [number for number, at in rows if at is not None and at < closes]
    return before, [number for number, at in rows if at is not None and at >= closes]


def due_to_open(at: datetime) -> Sequence[int]:
    """Campaigns, by id, in which voting is open and whose register has not begun."""
    return db.session.scalars(
        _running(at)
        .outerjoin(Register, Register.campaign_id == Campaign.id)
        .where(
            Register.campaign_id.is_(None),
            Campaign.voting_opens_at <= at,
            Campaign.voting_closes_at > at,
        )
    ).all()


def due_to_close(at: datetime) -> Sequence[int]:
    """Campaigns, by id, in which voting is over and nothing has been counted yet."""
    return db.session.scalars(
        _running(at)
        .outerjoin(Tally, Tally.campaign_id == Campaign.id)
        .where(Tally.campaign_id.is_(None), Campaign.voting_closes_at <= at)
    ).all()


def _running(at: datetime) -> Select[int]:
    return (
        select(Campaign.id)
        .where(
            Campaign.announced_at <= at,
            or_(Campaign.cancelled_at.is_(None), Campaign.cancelled_at > at),
            Campaign.concluded_at.is_(None),
        )
        .order_by(Campaign.id)
    )


def count_eligible(campaign: Campaign) -> int:
    """How many could take part as things stand now."""
    role = VERIFIED if campaign.to_support is Assurance.VERIFIED else SIGNED_IN
    people = role.holders(campaign).subquery()
    return db.session.scalar(select(func.count()).select_from(people)) or 0


def count_verified(account_ids: Sequence[int]) -> int:
    return sum(
        db.session.scalar(
            select(func.count())
            .select_from(Account)
            .where(Account.id.in_(account_ids[at : at + AT_ONCE]), Account.verified_at.is_not(None))
        )
        or 0
        for at in range(0, len(account_ids), AT_ONCE)
    )


def tally_of(campaign: Campaign) -> Tally | None:
    return db.session.get(Tally, campaign.id, populate_existing=True)


def counts_of(campaign: Campaign) -> Select[Count]:
    """Every count, hidden proposals too, in the order of places; with the proposal."""
    return (
        select(Count)
        .join(Count.proposal)
        .where(Count.campaign_id == campaign.id)
        .order_by(Count.place, Proposal.id)
        .options(joinedload(Count.proposal).joinedload(Proposal.theme))
    )


def counts_that_stand(campaign: Campaign) -> Select[Count]:
    """The counts without the proposals that were hidden or withdrawn meanwhile."""
    return counts_of(campaign).where(stands())


def stands() -> ColumnElement[bool]:
    return Proposal.state == State.PUBLISHED


def highest_count(campaign: Campaign) -> int:
    return (
        db.session.scalar(select(func.max(Count.supports)).where(Count.campaign_id == campaign.id))
        or 0
    )


def count_standing(campaign: Campaign) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Count)
            .join(Count.proposal)
            .where(Count.campaign_id == campaign.id, stands())
        )
        or 0
    )


def count_of(proposal: Proposal) -> Count | None:
    return db.session.get(Count, (proposal.campaign_id, proposal.id))


def shortlisted_in(campaign: Campaign) -> dict[int, int]:
    """The position on the shortlist, as the rule gave it, of each proposal that is on it."""
    rows = db.session.execute(
        select(Shortlisted.proposal_id, Shortlisted.position).where(
            Shortlisted.campaign_id == campaign.id
        )
    )
    return {row.proposal_id: row.position for row in rows}


def was_hidden_while_voting(proposal: Proposal) -> bool:
    key = (proposal.campaign_id, proposal.id)
    return db.session.get(HiddenWhileVoting, key) is not None
