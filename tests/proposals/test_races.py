"""Many at once: real threads, each with its own transaction."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation.db import db
from app.foundation.refusals import Conflict
from app.foundation.transactions import transaction
from app.proposals import actions, queries
from app.proposals.models import Proposal, State
from tests.make import accounts, campaigns
from tests.make import proposals as make

MANY = 12


def at_once(app: Flask, acts: list[Callable[[], None]]) -> list[str]:
    """Do all of these at the same time; how each ended."""

    def run(act: Callable[[], None]) -> str:
        with app.app_context():
            try:
                with transaction():
                    act()
            except Conflict:
                return "refused"
            finally:
                db.session.remove()
            return "done"

    db.session.commit()
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_parallel_submissions_get_every_number_once_and_leave_no_gap(app: Flask) -> None:
    campaign = campaigns.campaign()
    pairs = [
        (make.proposal(campaign, author=(who := accounts.account()), state=State.DRAFT).id, who.id)
        for _ in range(MANY)
    ]
    campaign.last_number = 0

    def submit(proposal_id: int, account_id: int) -> None:
        proposal = db.session.get_one(Proposal, proposal_id)
        actions.submit_proposal(proposal, by=db.session.get_one(Account, account_id))

    ended = at_once(app, [lambda pair=pair: submit(*pair) for pair in pairs])  # type: ignore[misc]
    assert ended == ["done"] * MANY
    db.session.expire_all()
    references = sorted(p.reference or "" for p in db.session.query(Proposal))
    prefix = db.session.get_one(Campaign, campaign.id).reference_prefix
    assert references == [f"{prefix}-{n:04}" for n in range(1, MANY + 1)]


def test_one_draft_submitted_from_many_tabs_is_submitted_once(app: Flask) -> None:
    campaign, author = campaigns.campaign(), accounts.account()
    proposal_id = make.proposal(campaign, author=author, state=State.DRAFT).id
    author_id = author.id

    def submit() -> None:
        proposal = db.session.get_one(Proposal, proposal_id)
        actions.submit_proposal(proposal, by=db.session.get_one(Account, author_id))

    assert Counter(at_once(app, [submit] * MANY)) == {"done": 1, "refused": MANY - 1}


def test_two_moderators_who_merge_each_into_the_other_make_no_circle(app: Flask) -> None:
    campaign = campaigns.campaign(Stage.SORTING)
    moderator_id = campaigns.moderator(campaign).id
    a, b = make.proposal(campaign).id, make.proposal(campaign).id

    def merge(source: int, target: int) -> None:
        actions.merge_proposals(
            [db.session.get_one(Proposal, source)],
            into=db.session.get_one(Proposal, target),
            reason="Tas pats.",
            by=db.session.get_one(Account, moderator_id),
        )

    ended = at_once(app, [lambda: merge(a, b), lambda: merge(b, a)] * 3)
    assert Counter(ended) == {"done": 1, "refused": 5}


def test_parallel_comments_are_all_counted(app: Flask) -> None:
    proposal = make.proposal(campaigns.campaign())
    people = [accounts.account().id for _ in range(MANY)]
    proposal_id = proposal.id

    def say(account_id: int) -> None:
        actions.comment_on_proposal(
            db.session.get_one(Proposal, proposal_id),
            text="Jā!",
            position="for",
            language="lv",
            by=db.session.get_one(Account, account_id),
        )

    at_once(app, [lambda who=who: say(who) for who in people])  # type: ignore[misc]
    db.session.expire_all()
    found = queries.proposal(proposal_id)
    assert found is not None and found.thread.comment_count == MANY


@pytest.mark.parametrize("act", ["publish", "return"])
def test_two_moderators_who_decide_at_once_decide_once(app: Flask, act: str) -> None:
    campaign = campaigns.campaign()
    moderator_id = campaigns.moderator(campaign).id
    proposal_id = make.proposal(campaign, state=State.SUBMITTED).id

    def decide() -> None:
        proposal = db.session.get_one(Proposal, proposal_id)
        by = db.session.get_one(Account, moderator_id)
        if act == "publish":
            actions.publish_proposal(proposal, by=by)
        else:
            actions.return_proposal(proposal, reason="Precizējiet.", by=by)

    assert Counter(at_once(app, [decide] * 6)) == {"done": 1, "refused": 5}
