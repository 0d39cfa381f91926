"""Who may make a group and say who sits in it."""

from app.accounts.roles import ADMINISTRATOR
from app.foundation.language import _
from app.foundation.permissions import Permission, Role

FOUNDERS: list[Role] = [ADMINISTRATOR]
"""Who may make a group. Wiring adds the organisers, whom this room cannot know."""

KEEPERS: list[Role] = [ADMINISTRATOR]
"""Who may change one. Wiring adds the organisers of the campaigns that the group works for."""

CREATE_GROUP = Permission(
    "groups.create",
    granted_to=FOUNDERS,
    otherwise=_("Only an organiser or an administrator can make a working group."),
)
CHANGE_GROUP = Permission(
    "groups.change",
    granted_to=KEEPERS,
    otherwise=_(
        "Only an organiser of a campaign that this group works for, or an administrator, "
        "can change it."
    ),
)
VACATE_SEATS = Permission(
    "groups.vacate_seats",
    granted_to=[],
    otherwise=_("Seats are vacated when a person leaves; nobody does it by hand."),
)
