"""Letting a story happen: each act at its own moment, in its own transaction, by its own person.

What is told afterwards (notices, the search index, the shortlist) is done at once and at that
moment too, so that a story leaves behind exactly what the same acts of real people would.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from app.foundation import clock, queue, rate_limits
from app.foundation.refusals import Invalid, Refusal
from app.foundation.transactions import transaction

ROUTINE = (
    "app.campaigns.jobs.announce_stages_that_changed",
    "app.proposals.jobs.publish_what_is_undecided",
    "app.proposals.jobs.fix_moments_of_votable",
    "app.voting.jobs.close_votings_that_are_due",
)
"""What the clock does that changes where a campaign stands."""

Act = Callable[[], object]


@dataclass(order=True)
class _Planned:
    at: datetime
    order: int
    act: Act = field(compare=False)
    what: str = field(compare=False)
    is_job: bool = field(compare=False, default=False)
    """A job brings its own transactions."""


class TornStory(Exception):
    """An act of the story was refused; the text says which, and why."""


@dataclass
class Timeline:
    """Acts, in whatever order they are planned; played in the order of their moments."""

    planned: list[_Planned] = field(default_factory=list)

    def plan(self, at: datetime, what: str, act: Act) -> None:
        """Have this happen at this moment; what is planned first for a moment comes first."""
        self.planned.append(_Planned(at, len(self.planned), act, what))

    def plan_routine(self, at: datetime) -> None:
        """Have the clock notice what has changed by this moment, as it does every minute."""
        for path in ROUTINE:
            act = partial(queue.perform, path, {})
            self.planned.append(_Planned(at, len(self.planned), act, path, is_job=True))

    def play(self, *, until: datetime | None = None) -> int:
        """Let everything happen, up to a moment; returns how many acts there were.

        Raises TornStory. What is planned for later is left out: it has not happened yet.
        """
        played = 0
        with _in_its_own_time():
            for each in sorted(self.planned):
                if until is not None and each.at > until:
                    break
                _let_happen(each)
                played += 1
        self.planned.clear()
        return played


def _let_happen(each: _Planned) -> None:
    clock.be_at(each.at)
    rate_limits.forget()
    try:
        with nullcontext() if each.is_job else transaction():
            each.act()
    except Exception as problem:
        raise TornStory(f"{each.what} at {each.at}: {_why(problem)}") from problem


def _why(problem: Exception) -> str:
    if isinstance(problem, Invalid):
        return "; ".join(f"{name}: {fault}" for name, fault in problem.faults.items())
    return str(problem.reason) if isinstance(problem, Refusal) else repr(problem)


@contextmanager
def _in_its_own_time() -> Iterator[None]:
    """While the block lasts, background work is done at once, and no limit is shared."""
    before = queue.in_use()
    queue.use(queue.InlineQueue())
    rate_limits.use(None)
    try:
        yield
    finally:
        queue.use(before)
        clock.set_offset(timedelta())
