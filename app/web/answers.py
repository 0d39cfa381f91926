"""How many have been answered, how long it takes, which still wait."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.answers import queries
from app.answers.models import Answer, Outcome
from app.answers.permissions import ANSWER_PROPOSAL
from app.answers.vocabulary import OUTCOMES
from app.campaigns import queries as campaigns
from app.campaigns.models import Theme
from app.campaigns.permissions import SEE_CAMPAIGN
from app.foundation.db import db
from app.foundation.paging import page_of
from app.http.caching import cacheable
from app.http.requests import actor, may_see, open_to_everyone, page_number, viewer
from app.proposals.models import Proposal, State

bp = Blueprint("answers", __name__)

WAITING = "waiting"
"""The word in the address for those who have no answer yet."""


@bp.get("/campaigns/<slug>/answers/")
@open_to_everyone
@cacheable
def answers(slug: str) -> ResponseReturnValue:
    """Coverage from the first day, the answers, and who still waits."""
    campaign = may_see(SEE_CAMPAIGN, campaigns.by_slug(slug))
    themes = campaigns.themes_of(campaign)
    wanted = request.args.get("outcome", "")
    outcome = Outcome(wanted) if wanted in set(Outcome) else None
    theme = next((each for each in themes if each.key == request.args.get("theme")), None)
    is_waiting = wanted == WAITING

    def address(number: int = 1, **changes: str | None) -> str:
        wishes = {
            "outcome": wanted if outcome or is_waiting else None,
            "theme": theme.key if theme else None,
            "page": str(number) if number > 1 else None,
            **changes,
        }
        return url_for(".answers", slug=slug, **_given(wishes))

    query = (
        _waiting_in(queries.unanswered(campaign), theme)
        if is_waiting
        else queries.in_force(campaign, outcome=outcome, theme=theme)
    )
    return render_template(
        "answers/answers.html",
        here="campaigns",
        campaign=campaign,
        coverage=queries.coverage(campaign),
        outcomes=queries.outcomes_of(campaign),
        states=queries.states_of(campaign),
        State=State,
        names=OUTCOMES,
        themes=themes,
        theme=theme,
        outcome=outcome,
        is_waiting=is_waiting,
        shown=page_of(query, page_number()),
        address=address,
    )


def _given(wishes: dict[str, str | None]) -> dict[str, Any]:
    return {name: word for name, word in wishes.items() if word}


def _waiting_in(query: Any, theme: Theme | None) -> Any:
    return query if theme is None else query.where(Proposal.theme_id == theme.id)


@dataclass(frozen=True)
class Facts:
    """What a proposal's page says about its answer."""

    answer: Answer | None
    earlier: list[Answer]
    is_inherited: bool
    """It is the answer of the proposal that this one went into."""


def answer_facts(proposal: Proposal) -> Facts | None:
    """None where there is nothing to say: it is no published or merged proposal.

    One SELECT for each page, however many parts of the page ask.
    """
    if proposal.state not in {State.PUBLISHED, State.MERGED}:
        return None
    known: dict[int, Facts] = db.session.info.setdefault("answer facts", {})
    if proposal.id not in known:
        every = list(queries.answers_to(proposal))
        known[proposal.id] = Facts(
            every[0] if every else None, every[1:], is_inherited=proposal.state is State.MERGED
        )
    return known[proposal.id]


def may_be_answered_here(proposal: Proposal) -> bool:
    """Whether a moderator who looks at a proposal's page is shown the way to answer it."""
    return viewer() is not None and ANSWER_PROPOSAL.allows(actor(), proposal)


bp.add_app_template_global(answer_facts, "answer_facts")
bp.add_app_template_global(may_be_answered_here, "may_be_answered_here")
bp.add_app_template_global(OUTCOMES.__getitem__, "outcome_name")
