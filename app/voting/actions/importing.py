"""Replaying a published consultation as a campaign of its own, counted at once."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from app import config
from app.accounts.models import Account
from app.campaigns.models import Campaign, Pacing, StageAnnouncement
from app.campaigns.queries import by_slug
from app.campaigns.stages import Stage, beginnings
from app.comments.models import Thread
from app.foundation import clock
from app.foundation.actors import SYSTEM, Actor
from app.foundation.db import Base, db
from app.foundation.events import publish
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict, Invalid
from app.foundation.text import LocalizedText
from app.proposals.models import Proposal, Revision, State, Step
from app.voting import boxes
from app.voting.actions.closing import close_voting
from app.voting.actions.opening import open_register
from app.voting.events import ConsultationImported
from app.voting.keys import RegisterKey, key_with_check
from app.voting.models import Ballot, BallotState, Participation
from app.voting.permissions import IMPORT_CONSULTATION
from app.voting.polis import Consultation, Statement
from app.voting.queries import counts_of

SHORTLIST = {"rule": "top", "k": 10}
LANGUAGE = "en"
"""Polis does not say in which language a statement is."""
REASON = "Moderated out in the consultation that this was imported from."
AT_ONCE = 2_000
REVIEW = timedelta(days=30)
ANSWERS = timedelta(days=90)


def import_polis(consultation: Consultation, *, slug: str, by: Actor) -> tuple[Campaign, bool]:
    """The consultation as a campaign, and whether it was imported now or stood there before.

    A statement becomes a title; agreeing is supporting; whoever took part becomes an account
    that cannot sign in and gets no mail. Raises Invalid, and Conflict when another campaign, or
    one that was imported from other files, has this address.
    """
    authorise(by, IMPORT_CONSULTATION, consultation)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 60:
        raise Invalid(
            {"campaign": "The campaign's address may hold small letters, digits and hyphens."}
        )
    if campaign := by_slug(slug):
        _refuse_unless_the_same(campaign, consultation)
        return campaign, False
    campaign = _new_campaign(consultation, slug)
    accounts = _new_accounts(campaign, consultation)
    references = _new_proposals(campaign, consultation, accounts)
    _cast(campaign, consultation, accounts, references)
    publish(ConsultationImported(campaign.id), by=by)
    close_voting(campaign, by=SYSTEM)
    return campaign, True


def _refuse_unless_the_same(campaign: Campaign, consultation: Consultation) -> None:
    counted = {
        count.proposal.external_reference: count.supports
        for count in db.session.scalars(counts_of(campaign))
    }
    final = consultation.final_counts()
    supported = {s.number for s in consultation.statements if s.stands or final[s.number]}
    expected = {f"polis:{number}": n for number, n in final.items() if number in supported}
    if not campaign.is_imported or counted != expected:
        raise Conflict(
            f"There is a campaign {campaign.slug!r} already, and not from these files: "
            "give this one another address. Nothing was imported."
        )


def _new_campaign(consultation: Consultation, slug: str) -> Campaign:
    title = consultation.topic or slug
    began, ended = consultation.began_at, consultation.ended_at
    if ended > clock.now():
        raise Invalid({"timestamp": "The consultation ends in the future. Nothing was imported."})
    campaign = Campaign(
        slug=slug,
        reference_prefix=_free_prefix(slug),
        title=LocalizedText.of(LANGUAGE, en=title),
        summary=LocalizedText.of(LANGUAGE, en=f"Imported from Polis: {title}"),
        text=LocalizedText.of(
            LANGUAGE,
            en="A consultation that was held on Polis, replayed from its published files.",
        ),
        contact_organisation=LocalizedText.of(LANGUAGE, en="Polis"),
        contact_email=config.settings().mail_from,
        created_at=clock.now(),
        announced_at=began,
        pacing=Pacing.SIDE_BY_SIDE,
        submission_opens_at=began,
        submission_closes_at=ended,
        voting_opens_at=began,
        voting_closes_at=ended,
        review_closes_at=ended + REVIEW,
        answers_due_at=ended + ANSWERS,
        shortlist_rule=SHORTLIST,
        is_imported=True,
        last_number=len(consultation.statements),
    )
    db.session.add(campaign)
    db.session.flush()
    _nobody_is_told_of_its_stages(campaign)
    return campaign


def _nobody_is_told_of_its_stages(campaign: Campaign) -> None:
    """They lie in the past of somewhere else."""
    at = clock.now()
    stages = [Stage.ANNOUNCED, *(stage for stage, _ in beginnings(campaign))]
    db.session.add_all(
        StageAnnouncement(campaign_id=campaign.id, stage=stage, announced_at=at) for stage in stages
    )


def _free_prefix(slug: str) -> str:
    """References count from a prefix made of the address: ``nz-nature`` gives ``NZNATURE``."""
    wanted = re.sub(r"[^A-Z0-9]", "", slug.upper())[:12]
    taken = set(db.session.scalars(select(Campaign.reference_prefix)))
    numbered = (f"{wanted[:10]}{number}" for number in range(2, 10_000))
    return next(prefix for prefix in (wanted, *numbered) if prefix not in taken)


def _insert(table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    for at in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(table), rows[at : at + AT_ONCE])


def _insert_numbered(table: Any, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows and return the numbers that the database gave them, in the same order."""
    numbers: list[int] = []
    for at in range(0, len(rows), AT_ONCE):
        statement = insert(table).returning(table.id, sort_by_parameter_order=True)
        numbers += db.session.scalars(statement, rows[at : at + AT_ONCE])
    return numbers


def _new_accounts(campaign: Campaign, consultation: Consultation) -> dict[int, int]:
    """An account for everybody who took part, by their number in the files."""
    rows = [
        {
            "display_name": f"{campaign.slug} {person}",
            "language": LANGUAGE,
            "can_sign_in": False,
            "created_at": campaign.submission_opens_at,
        }
        for person in consultation.agreements
    ]
    numbers = _insert_numbered(Account, rows)
    return dict(zip(consultation.agreements, numbers, strict=True))


def _new_proposals(
    campaign: Campaign, consultation: Consultation, accounts: dict[int, int]
) -> dict[int, str]:
    """A proposal for every statement; the reference of each by its number in the files."""
    statements = consultation.statements
    references = {
        statement.number: f"{campaign.reference_prefix}-{place:04}"
        for place, statement in enumerate(statements, 1)
    }
    threads = _insert_numbered(Thread, [{} for _ in statements])
    proposals = _insert_numbered(
        Proposal,
        [
            _proposal(campaign, statement, references[statement.number], thread, accounts)
            for statement, thread in zip(statements, threads, strict=True)
        ],
    )
    _insert(
        Revision,
        [
            {
                "proposal_id": proposal,
                "number": 1,
                "title": statement.text,
                "situation": "",
                "solution": "",
                "values": [],
                "written_by_id": accounts[statement.author],
                "written_at": statement.at,
            }
            for statement, proposal in zip(statements, proposals, strict=True)
        ],
    )
    _insert(
        Step,
        [
            step
            for statement, proposal in zip(statements, proposals, strict=True)
            for step in _steps(statement, proposal, accounts[statement.author])
        ],
    )
    return references


def _proposal(
    campaign: Campaign,
    statement: Statement,
    reference: str,
    thread: int,
    accounts: dict[int, int],
) -> dict[str, Any]:
    return {
        "campaign_id": campaign.id,
        "reference": reference,
        "external_reference": f"polis:{statement.number}",
        "author_id": accounts[statement.author],
        "language": LANGUAGE,
        "title": statement.text,
        "values": [],
        "state": State.PUBLISHED if statement.stands else State.HIDDEN,
        "state_reason": None if statement.stands else REASON,
        "current_revision": 1,
        "thread_id": thread,
        "created_at": statement.at,
        "saved_at": statement.at,
        "submitted_at": statement.at,
        "published_at": statement.at,
        "votable_from": statement.at,
    }


def _steps(statement: Statement, proposal: int, author: int) -> list[dict[str, Any]]:
    def step(
        was: State, became: State, *, reason: str | None = None, by: int | None = None
    ) -> dict[str, Any]:
        return {
            "proposal_id": proposal,
            "was": was,
            "became": became,
            "reason": reason,
            "taken_at": statement.at,
            "taken_by_id": by,
        }

    steps = [
        step(State.DRAFT, State.SUBMITTED, by=author),
        step(State.SUBMITTED, State.PUBLISHED),
    ]
    if not statement.stands:
        steps.append(step(State.PUBLISHED, State.HIDDEN, reason=REASON))
    return steps


def _cast(
    campaign: Campaign,
    consultation: Consultation,
    accounts: dict[int, int],
    references: dict[int, str],
) -> None:
    """Put every final agreement into a box, as if it had been given here."""
    register = open_register(campaign, by=SYSTEM)
    key = key_with_check(campaign.slug, register.key_check)
    _insert(
        Participation,
        [
            {
                "campaign_id": campaign.id,
                "account_id": accounts[person],
                "n": len(agreed),
                "most": register.most,
            }
            for person, agreed in consultation.agreements.items()
            if agreed
        ],
    )
    rows: list[dict[str, Any]] = []
    for person, agreed in consultation.agreements.items():
        rows += [
            _ballot(campaign, key, accounts[person], references[number], person)
            for number in agreed
        ]
        if len(rows) >= AT_ONCE:
            _insert(Ballot, rows)
            rows = []
    if rows:
        _insert(Ballot, rows)


def _ballot(
    campaign: Campaign, key: RegisterKey, account: int, reference: str, person: int
) -> dict[str, Any]:
    tag = boxes.tag_of(key.tag, account, reference)
    choice = boxes.new_choice(account, reference, to=f"polis:{person}")
    return {
        "campaign_id": campaign.id,
        "tag": tag,
        "box": boxes.seal(key.box, tag, choice),
        "state": BallotState.WAITING,
    }
