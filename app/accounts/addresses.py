"""Addresses of mailboxes: which we take, and which belong to the same person."""

from disposable_email_domains import blocklist
from email_validator import EmailNotValidError, validate_email

from app import config
from app.foundation.language import _
from app.foundation.refusals import Invalid

LONGEST = 254
"""Characters (RFC 5321, 4.5.3.1.3)."""

_DOTLESS = {"gmail.com", "googlemail.com"}
"""Where ``a.b@`` and ``ab@`` are one mailbox."""


def checked(address: str) -> str:
    """The address as mail is sent to it, or raise Invalid with what to do.

    Only its form is looked at; nobody else's servers are asked. ``.test`` and ``.example`` are
    names that nobody can own, so a real installation refuses them.
    """
    if not address.strip():
        raise Invalid({"email": _("Write your e-mail address.")})
    settings = config.settings()
    for_trial = settings.testing or settings.demo
    try:
        valid = validate_email(
            address.strip(),
            check_deliverability=False,
            allow_smtputf8=False,
            strict=True,
            test_environment=for_trial,
        )
    except EmailNotValidError as problem:
        raise Invalid(
            {"email": _("This is not a complete e-mail address. It looks like name@place.lv.")}
        ) from problem
    domain = valid.ascii_domain.lower()
    if domain.endswith(".example") and not for_trial:
        raise Invalid({"email": _("No mail can be sent to this address. Check how it ends.")})
    if _is_disposable(domain):
        raise Invalid(
            {
                "email": _(
                    "This address belongs to a service of throw-away mailboxes. "
                    "Use one that will still be yours when the answer comes."
                )
            }
        )
    return valid.ascii_email or valid.normalized


def canonical(address: str) -> str:
    """The one address that stands for a mailbox, whatever way of writing it somebody uses.

    Small letters, no ``+tag``, and where the provider ignores dots, no dots: one person counts
    once as far as this reaches (DOMAIN.md, rule 3).
    """
    name, _at, domain = address.strip().lower().rpartition("@")
    name = name.partition("+")[0] or name
    if domain in _DOTLESS:
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{_ascii(domain)}"


def _ascii(domain: str) -> str:
    """As the name system writes it; what cannot be written so belongs to nobody anyway."""
    try:
        return domain if domain.isascii() else domain.encode("idna").decode()
    except UnicodeError:
        return domain


def veiled(address: str) -> str:
    """Enough of an address to recognise one's own: ``i…e@people.example``."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…{name[-1:] if len(name) > 2 else ''}@{domain}"


def _is_disposable(domain: str) -> bool:
    parts = domain.split(".")
    return any(".".join(parts[start:]) in blocklist for start in range(len(parts) - 1))
