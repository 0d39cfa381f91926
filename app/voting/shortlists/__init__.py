"""The rules that make a shortlist out of counts. A campaign fixes one before voting opens."""

from typing import Any

from app.voting.shortlists.at_least import AtLeast
from app.voting.shortlists.base import Candidate, Profiles, ShortlistRule
from app.voting.shortlists.fair_share import FairShare
from app.voting.shortlists.top import Top, TopPerTheme

RULES: dict[str, ShortlistRule] = {
    rule.name: rule for rule in (Top(), TopPerTheme(), AtLeast(), FairShare())
}
"""Every rule by the word that a campaign stores."""

__all__ = ["RULES", "Candidate", "Profiles", "ShortlistRule", "rule_of"]


def rule_of(stored: dict[str, Any]) -> ShortlistRule:
    """The rule that a campaign's ``shortlist_rule`` names."""
    return RULES[stored["rule"]]
