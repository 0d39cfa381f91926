"""Who may do what with accounts."""

from app.accounts.roles import ADMINISTRATOR, EVERYONE, THEMSELVES
from app.foundation.language import _
from app.foundation.permissions import Permission, Role

_ONLY_ADMINISTRATORS = _("Only an administrator may do this.")
_ONLY_YOURS = _("You can do this with your own account only.")

SIGN_IN = Permission("accounts.sign_in", granted_to=[EVERYONE])
SIGN_OUT = Permission("accounts.sign_out", granted_to=[THEMSELVES], otherwise=_ONLY_YOURS)
SEE_OWN = Permission("accounts.see_own", granted_to=[THEMSELVES], otherwise=_ONLY_YOURS)
CHANGE_PROFILE = Permission(
    "accounts.change_profile", granted_to=[THEMSELVES], otherwise=_ONLY_YOURS
)
ERASE = Permission("accounts.erase", granted_to=[THEMSELVES], otherwise=_ONLY_YOURS)

FIND_PEOPLE = Permission(
    "accounts.find_people", granted_to=[ADMINISTRATOR], otherwise=_ONLY_ADMINISTRATORS
)
INVITE = Permission("accounts.invite", granted_to=[ADMINISTRATOR], otherwise=_ONLY_ADMINISTRATORS)
APPOINT = Permission("accounts.appoint", granted_to=[ADMINISTRATOR], otherwise=_ONLY_ADMINISTRATORS)
WATCH_MACHINERY = Permission(
    "accounts.watch_machinery", granted_to=[ADMINISTRATOR], otherwise=_ONLY_ADMINISTRATORS
)
MEND_MACHINERY = Permission(
    "accounts.mend_machinery", granted_to=[ADMINISTRATOR], otherwise=_ONLY_ADMINISTRATORS
)

MAY_SUSPEND: list[Role] = [ADMINISTRATOR]
"""Rooms downstream whose offices may suspend too add their role here; ``wiring`` does it."""

SUSPEND = Permission(
    "accounts.suspend",
    granted_to=MAY_SUSPEND,
    otherwise=_("Only a moderator or an administrator may suspend an account."),
)
