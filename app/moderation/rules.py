"""The rules that a report names and a decision rests on, and each act, in words."""

from datetime import timedelta
from enum import StrEnum

from app.foundation.language import Sentence, _
from app.moderation.models import DecisionAct


class Rule(StrEnum):
    PERSONAL = "personal"
    INSULT = "insult"
    HATE = "hate"
    UNLAWFUL = "unlawful"
    ADVERTISING = "advertising"
    FALSE_NAME = "false_name"
    OUTSIDE = "outside"
    UNCLEAR = "unclear"
    SEVERAL = "several"
    REPEATED = "repeated"
    OTHER = "other"


WORDS: dict[Rule, Sentence] = {
    Rule.PERSONAL: _("Personal data of somebody else"),
    Rule.INSULT: _("Insults or threatens somebody"),
    Rule.HATE: _("Incites hatred or violence"),
    Rule.UNLAWFUL: _("Breaks the law in another way"),
    Rule.ADVERTISING: _("Advertising, or the same text many times"),
    Rule.FALSE_NAME: _("Speaks in somebody else's name"),
    Rule.OUTSIDE: _("Has nothing to do with the campaign"),
    Rule.UNCLEAR: _("Cannot be understood: the situation or the solution is missing"),
    Rule.SEVERAL: _("Several proposals in one"),
    Rule.REPEATED: _("Already proposed by the same person"),
    Rule.OTHER: _("Another rule of participation"),
}

MENDABLE = (Rule.UNCLEAR, Rule.SEVERAL, Rule.REPEATED)
"""For these a proposal is returned; nothing public is hidden for them."""

REPORTABLE = tuple(rule for rule in Rule if rule not in MENDABLE)
"""What anybody may report, and what content is hidden for."""

RULES_OF: dict[DecisionAct, tuple[Rule, ...]] = {
    DecisionAct.RETURN: tuple(Rule),
    DecisionAct.HIDE: REPORTABLE,
    DecisionAct.KEEP: REPORTABLE,
    DecisionAct.RESTORE: REPORTABLE,
    DecisionAct.WITHHOLD: REPORTABLE,
    DecisionAct.SUSPEND: REPORTABLE,
    DecisionAct.LIFT: REPORTABLE,
}

DONE: dict[str, Sentence] = {
    "hide": _("hidden"),
    "keep": _("kept as it is"),
    "return": _("returned for correction"),
    "restore": _("shown again"),
    "withhold": _("a passage withheld"),
    "suspend": _("account suspended"),
    "lift": _("suspension lifted"),
    # What a proposal became, where no decision was needed.
    "draft": _("taken back as a draft"),
    "submitted": _("put back to be checked"),
    "published": _("published"),
    "returned": _("returned for correction"),
    "merged": _("merged"),
    "withdrawn": _("withdrawn by its author"),
    "hidden": _("hidden"),
    # What an appeal led to.
    "upheld": _("appeal upheld"),
    "rejected": _("appeal rejected"),
}
"""What was done, in a word or two, for a sentence such as "Ilze decided this: hidden"."""

LEFT_OPEN = "…"
"""Stands in a saved phrase where the specific must be said."""

UNDO_WITHIN = timedelta(minutes=10)
"""How long whoever did something at the desk may take it back without a reason."""

APPEALABLE = frozenset(
    {DecisionAct.HIDE, DecisionAct.RETURN, DecisionAct.WITHHOLD, DecisionAct.SUSPEND}
)
"""What takes something from somebody."""

LONGEST_FACTS = 2000
LONGEST_REPORT = 2000
LONGEST_APPEAL = 5000
LONGEST_NAME = 80
