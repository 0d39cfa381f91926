"""What voting demands of a campaign's promises before it is announced; ``wiring`` says so there."""

from collections.abc import Mapping

from app.campaigns.rules import Promises
from app.foundation.language import Sentence, _
from app.voting.methods import METHODS
from app.voting.shortlists import RULES

MOST_OF_A_WHOLE_BALLOT = 5
"""A rule that looks at a person's choices together publishes them together; more choices would
make most people's unlike everybody else's (TRUST.md, "Two privacy profiles")."""


def faults_of(promises: Promises) -> Mapping[str, Sentence]:
    """What is wrong with the method, the shortlist rule and its number."""
    faults: dict[str, Sentence] = {}
    if promises.method not in METHODS:
        faults["method"] = _("There is no such way of voting here.")
    rule = RULES.get(str(promises.shortlist_rule.get("rule")))
    if rule is None:
        return faults | {"shortlist_rule": _("Choose how the shortlist is made.")}
    if sentence := rule.check(dict(promises.shortlist_rule)):
        faults["shortlist_number"] = sentence
    if rule.needs_profiles and not 1 <= (promises.vote_limit or 0) <= MOST_OF_A_WHOLE_BALLOT:
        faults["vote_limit"] = _(
            "With this shortlist rule one person can support at most %(most)s proposals, so that "
            "nobody is recognised by their choices.",
            most=MOST_OF_A_WHOLE_BALLOT,
        )
    return faults
