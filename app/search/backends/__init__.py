"""How each database finds words. Each offers ``matching(groups) -> SELECT of (id, rank)``."""

from app.foundation.db import is_postgresql
from app.search.backends import postgresql, sqlite
from app.search.backends.base import Backend


def in_use() -> Backend:
    """The backend of the database in use."""
    return postgresql if is_postgresql() else sqlite
