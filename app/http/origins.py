"""Where a request comes from, as little of it as we need."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import request

from app.accounts.proofs import keyed_hash

BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
]


def network() -> str:
    """A keyed hash of the asking network, for limits; the address itself is not kept.

    For IPv6 it is the /64 that one household usually has.
    """
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        address = ip_network((address, 64), strict=False).network_address
    return keyed_hash(f"network|{address}")


def browser() -> str:
    """The browser in plain words, such as "Firefox, Android"; "" if it does not say."""
    agent = request.user_agent.string
    names = (
        next((word for sign, word in signs if sign in agent), "") for signs in (BROWSERS, SYSTEMS)
    )
    return ", ".join(name for name in names if name)
