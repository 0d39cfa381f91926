"""A campaign of any size, written straight into the tables: seeding is not what is measured."""

import random
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import func, insert, select

from app.accounts.models import Account, Session
from app.campaigns.models import Campaign, Theme
from app.comments.models import Comment, Position, Thread
from app.foundation import clock
from app.foundation.db import db
from app.foundation.text import LocalizedText
from app.foundation.transactions import transaction
from app.http.sessions import hash_of
from app.proposals.models import Proposal, Revision, State, Step
from app.search.index import words_of
from app.search.models import SearchEntry
from app.voting import boxes, keys
from app.voting.models import Ballot, BallotState, Consent, Participation, Register

AT_ONCE = 2000
BUSY_COMMENTS = 200
"""Comments on the one proposal that is measured."""

_WORDS = [
    "pašvaldība",
    "lēmums",
    "dati",
    "atklāts",
    "sabiedrība",
    "iesniegt",
    "priekšlikums",
    "budžets",
    "karte",
    "ieraksts",
    "sēde",
    "vēstule",
    "valoda",
    "saprotams",
    "iepirkums",
    "līgums",
    "termiņš",
    "atbilde",
    "pamatojums",
    "kalendārs",
    "tikšanās",
    "ministrija",
    "iestāde",
    "skola",
    "ceļš",
    "transports",
    "rinda",
    "pakalpojums",
    "tulkojums",
    "grupa",
]


@dataclass(frozen=True)
class Seeded:
    """What the load needs to know of what was written."""

    slug: str
    references: list[str]
    busy: str
    """The reference of the proposal with 200 comments."""
    tokens: list[str]
    """Of people who are signed in, have consented, and have supported nothing yet."""


def fill(slug: str, *, proposals: int, supports: int, comments: int, voters: int) -> Seeded:
    """A campaign in which voting is open."""
    chance = random.Random(42)
    at = clock.now().replace(microsecond=0)
    with transaction():
        campaign = _campaign(slug, at)
        themes = _themes(campaign)
        people = _people(proposals // 10 + supports // 10, at)
        numbers = _proposals(campaign, themes, people, proposals, chance=chance, at=at)
        _comments(numbers, people, comments, chance, at)
        _votes(campaign, people, supports, chance)
        tokens = _voters(campaign, voters, at)
    references = [f"{campaign.reference_prefix}-{n + 1:04}" for n in range(proposals)]
    return Seeded(slug, references, references[0], tokens)


def _insert(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    stream = iter(rows)
    while batch := list(islice(stream, AT_ONCE)):
        db.session.execute(insert(model), batch)


def _next_id(model: Any) -> int:
    return (db.session.scalar(select(func.max(model.id))) or 0) + 1


def _campaign(slug: str, at: datetime) -> Campaign:
    day = timedelta(days=1)
    campaign = Campaign(
        slug=slug,
        reference_prefix=slug.upper(),
        title=LocalizedText.of("lv", lv="Mērījums", en="Measurement"),
        summary=LocalizedText.of("lv", lv="Cik ātri tas ir?", en="How fast is it?"),
        text=LocalizedText.of("lv", lv="Viss šeit ir izdomāts.", en="All of it is invented."),
        contact_organisation=LocalizedText.of("lv", lv="Talka"),
        contact_email="talka@talka.example",
        created_at=at - 90 * day,
        announced_at=at - 80 * day,
        submission_opens_at=at - 60 * day,
        submission_closes_at=at - 20 * day,
        voting_opens_at=at - 5 * day,
        voting_closes_at=at + 20 * day,
        review_closes_at=at + 60 * day,
        answers_due_at=at + 90 * day,
        shortlist_rule={"rule": "top", "k": 20},
    )
    db.session.add(campaign)
    db.session.flush()
    key = keys.make_key(slug)
    db.session.add(
        Register(campaign_id=campaign.id, key_check=key.check, most=None, opened_at=at - 5 * day)
    )
    return campaign


def _themes(campaign: Campaign) -> list[int]:
    for position, word in enumerate(("dati", "valoda", "lemumi", "pasvaldibas", "lidzdaliba")):
        name = LocalizedText.of("lv", lv=word.title(), en=word.title())
        db.session.add(Theme(campaign_id=campaign.id, key=word, name=name, position=position))
    db.session.flush()
    return list(db.session.scalars(select(Theme.id).where(Theme.campaign_id == campaign.id)))


def _people(count: int, at: datetime) -> list[int]:
    first = _next_id(Account)
    numbers = range(first, first + count)
    _insert(
        Account,
        (
            {
                "id": number,
                "display_name": f"Persona {number}",
                "language": "lv",
                "email": f"p{number}@bench.example",
                "canonical_email": f"p{number}@bench.example",
                "email_confirmed_at": at,
                "can_sign_in": True,
                "created_at": at,
            }
            for number in numbers
        ),
    )
    return list(numbers)


def _sentences(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize() + "."


def _proposals(
    campaign: Campaign,
    themes: list[int],
    people: list[int],
    count: int,
    *,
    chance: random.Random,
    at: datetime,
) -> list[int]:
    """Published ones, each with its thread, first revision, steps and entry in the index."""
    first, thread = _next_id(Proposal), _next_id(Thread)
    rows = [
        {
            "id": first + n,
            "campaign_id": campaign.id,
            "reference": f"{campaign.reference_prefix}-{n + 1:04}",
            "theme_id": chance.choice(themes),
            "author_id": chance.choice(people),
            "language": "lv",
            "title": _sentences(chance, 7)[:140],
            "situation": _sentences(chance, 60),
            "solution": _sentences(chance, 60),
            "values": ["transparency"],
            "state": State.PUBLISHED,
            "current_revision": 1,
            "is_checked": True,
            "was_restored_after_opening": False,
            "thread_id": thread + n,
            "created_at": at - timedelta(days=40),
            "saved_at": at - timedelta(days=40),
            "submitted_at": at - timedelta(days=40),
            "published_at": at - timedelta(days=39),
            "votable_from": campaign.voting_opens_at,
        }
        for n in range(count)
    ]
    campaign.last_number = count
    _insert(Thread, ({"id": thread + n, "comment_count": 0} for n in range(count)))
    _insert(Proposal, rows)
    _insert(Revision, (_revision(row) for row in rows))
    _insert(Step, (step for row in rows for step in _steps(row)))
    _insert(SearchEntry, (_entry(row, at) for row in rows))
    return [int(row["id"]) for row in rows]


def _revision(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "proposal_id": row["id"],
        "number": 1,
        **{name: row[name] for name in ("title", "situation", "solution", "values")},
        "written_by_id": row["author_id"],
        "written_at": row["submitted_at"],
    }


def _steps(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {
        "proposal_id": row["id"],
        "was": State.DRAFT,
        "became": State.SUBMITTED,
        "taken_at": row["submitted_at"],
        "taken_by_id": row["author_id"],
    }
    yield {
        "proposal_id": row["id"],
        "was": State.SUBMITTED,
        "became": State.PUBLISHED,
        "taken_at": row["published_at"],
        "taken_by_id": None,
    }


def _entry(row: dict[str, Any], at: datetime) -> dict[str, Any]:
    return {
        "subject": f"proposal:{row['id']}",
        "campaign_id": row["campaign_id"],
        "title": words_of(row["title"], "lv"),
        "body": words_of(f"{row['situation']} {row['solution']} {row['reference']}", "lv"),
        "indexed_at": at,
    }


def _comments(
    proposals: list[int], people: list[int], count: int, chance: random.Random, at: datetime
) -> None:
    """The first proposal has 200; the others share the rest."""
    thread = db.session.scalar(select(Proposal.thread_id).where(Proposal.id == proposals[0]))
    assert thread is not None
    offset = thread - proposals[0]
    owners = [proposals[0]] * min(BUSY_COMMENTS, count)
    owners += [chance.choice(proposals[1:] or proposals) for _ in range(count - len(owners))]
    _insert(
        Comment,
        (
            {
                "thread_id": owner + offset,
                "author_id": chance.choice(people),
                "position": chance.choice(list(Position)),
                "language": "lv",
                "text": _sentences(chance, 30),
                "written_at": at - timedelta(minutes=n),
                "version": 1,
            }
            for n, owner in enumerate(owners)
        ),
    )
    visible = select(func.count()).where(Comment.thread_id == Thread.id).scalar_subquery()
    first = min(owners) + offset
    db.session.query(Thread).filter(Thread.id >= first).update(
        {Thread.comment_count: visible}, synchronize_session=False
    )


def _votes(campaign: Campaign, people: list[int], supports: int, chance: random.Random) -> None:
    """Real ballots: each in a box that only the register's key opens."""
    key = keys.read_key(campaign.slug)
    voters = people[-max(1, supports // 10) :]
    each = max(1, supports // len(voters))
    last = campaign.last_number
    ballots, participations = [], []
    for voter in voters:
        chosen = chance.sample(range(1, last + 1), min(each, last))
        for number in chosen:
            reference = f"{campaign.reference_prefix}-{number:04}"
            choice = boxes.new_choice(voter, reference, to=f"p{voter}@bench.example")
            tag = boxes.tag_of(key.tag, voter, reference)
            box = boxes.seal(key.box, tag, choice)
            ballots.append(
                {
                    "campaign_id": campaign.id,
                    "tag": tag,
                    "box": box,
                    "state": BallotState.WAITING,
                }
            )
        participations.append(
            {"campaign_id": campaign.id, "account_id": voter, "n": len(chosen), "most": None}
        )
    _insert(Participation, participations)
    _insert(Ballot, ballots)


def _voters(campaign: Campaign, count: int, at: datetime) -> list[str]:
    """People who are signed in and have given their consent, ready to support."""
    people = _people(count, at)
    tokens = [secrets.token_urlsafe(24) for _ in people]
    _insert(
        Session,
        (
            {
                "token_hash": hash_of(token),
                "account_id": person,
                "began_at": at,
                "last_seen_at": at,
                "expires_at": at + timedelta(days=1),
                "browser": "bench",
            }
            for person, token in zip(people, tokens, strict=True)
        ),
    )
    _insert(
        Consent,
        (
            {
                "campaign_id": campaign.id,
                "account_id": person,
                "text_version": "1",
                "given_at": at,
            }
            for person in people
        ),
    )
    return tokens
