"""What a list's address says about which proposals are wanted, and in what order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy import Select, select

from app.campaigns import stages
from app.campaigns.models import Campaign, Theme
from app.foundation import clock
from app.foundation.language import NAMES
from app.foundation.text import clean_line
from app.proposals.models import State
from app.proposals.queries import Order, Selection
from app.search.queries import found_proposals

LONGEST_QUESTION = 200

STATES = {
    "": State.PUBLISHED,
    "merged": State.MERGED,
    "withdrawn": State.WITHDRAWN,
    "hidden": State.HIDDEN,
    "all": None,
}


@dataclass(frozen=True)
class Wish:
    """What the address asks for; nonsense in it is as if it were not there."""

    selection: Selection
    order: Order
    orders: Sequence[Order]
    """Those on offer now."""
    question: str
    theme: str
    state: str
    language: str

    def arguments(self) -> dict[str, Any]:
        """The same wish as an address says it, without what goes without saying."""
        order = "" if self.order is self.orders[0] else self.order.value
        words = {
            "q": self.question,
            "theme": self.theme,
            "state": self.state,
            "written_in": self.language,
            "order": order,
        }
        return {name: word for name, word in words.items() if word}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.question or self.theme or self.state or self.language)


def wish(campaign: Campaign, themes: Sequence[Theme]) -> Wish:
    """Read the address of a list of this campaign's proposals."""
    by_key = {theme.key: theme for theme in themes}
    theme = request.args.get("theme", "")
    state = request.args.get("state", "")
    language = request.args.get("written_in", "")
    question = clean_line(request.args.get("q", ""))[:LONGEST_QUESTION]
    orders = orders_of(campaign)
    asked = request.args.get("order", "")
    return Wish(
        selection=Selection(
            theme_id=by_key[theme].id if theme in by_key else None,
            state=STATES.get(state, State.PUBLISHED),
            language=language if language in NAMES else None,
            words=question,
            ids=_found(question),
        ),
        order=next((order for order in orders if order.value == asked), orders[0]),
        orders=orders,
        question=question,
        theme=theme if theme in by_key else "",
        state=state if state in STATES else "",
        language=language if language in NAMES else "",
    )


def orders_of(campaign: Campaign) -> list[Order]:
    """While people vote, the fair order comes first; there is nothing to shuffle otherwise."""
    orders = [Order.NEWEST, Order.MOST_COMMENTED]
    if stages.takes_votes(campaign, clock.now()):
        return [Order.SHUFFLED, *orders]
    return orders


def _found(question: str) -> Select[Any] | None:
    """The ids of what the search finds in whole texts, for any of the languages."""
    found = found_proposals(question) if question else None
    return None if found is None else select(found.subquery().c.number)
