"""The ways in which people can prove who they are: a list that ``wiring`` fills."""

from app.accounts.identity.base import Assurance, IdentityProvider

PROVIDERS: list[IdentityProvider] = []


def offers_verification() -> bool:
    """Whether people can become verified here; where they cannot, no page speaks of it."""
    return any(provider.assurance >= Assurance.SUBSTANTIAL for provider in PROVIDERS)
