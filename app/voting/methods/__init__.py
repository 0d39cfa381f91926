"""The ways of voting that a campaign can choose from."""

from app.voting.methods.base import VotingMethod
from app.voting.methods.support import Support

METHODS: dict[str, VotingMethod] = {method.name: method for method in (Support(),)}
"""Every method by the word that a campaign stores."""
