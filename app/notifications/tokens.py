"""Letting somebody stop their mail by the address in a letter, without signing in (RFC 8058)."""

from itsdangerous import BadSignature, URLSafeSerializer

from app import config


def unsubscribing_token(account_id: int) -> str:
    """Worth one thing only: no more mail to this account. It does not expire, as letters do not."""
    return str(_signer().dumps(account_id))


def account_of(token: str) -> int | None:
    """Whose mail a token stops, or None if it is not one of ours."""
    try:
        account_id = _signer().loads(token)
    except BadSignature:
        return None
    return account_id if isinstance(account_id, int) else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(config.settings().secret_key, salt="no more mail")
