"""What voting does by the clock. Each campaign is a transaction of its own."""

import logging
from functools import partial

from app.campaigns.models import Campaign
from app.foundation import clock, queue
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.foundation.transactions import after_commit
from app.voting import queries
from app.voting.actions import close_voting, open_register
from app.voting.keys import KeyMissing, key_with_check

log = logging.getLogger(__name__)


@queue.job
def close_votings_that_are_due() -> None:
    """Each minute: begin and close whatever is due. The clock decided already who may vote."""
    at = clock.now()
    for campaign_id in queries.due_to_open(at):
        _soon("app.voting.jobs.open_one", campaign_id)
    for campaign_id in queries.due_to_close(at):
        _soon("app.voting.jobs.close_one", campaign_id)


def _soon(path: str, campaign_id: int) -> None:
    after_commit(partial(queue.put, path, lane="slow", campaign_id=campaign_id))


@queue.job
def open_one(*, campaign_id: int) -> None:
    open_register(db.session.get_one(Campaign, campaign_id), by=SYSTEM)


@queue.job
def close_one(*, campaign_id: int) -> None:
    close_voting(db.session.get_one(Campaign, campaign_id), by=SYSTEM)


@queue.job
def check_keys() -> None:
    """Each minute: say loudly when the key of a running register is not where it should be."""
    for campaign, register in queries.running_registers():
        try:
            key_with_check(campaign.slug, register.key_check)
        except KeyMissing as problem:
            log.critical("no vote can be taken nor counted: %s", problem)
