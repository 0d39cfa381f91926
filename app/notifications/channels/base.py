"""What every channel can say: whom it reaches, and how it hands something over."""

from typing import Protocol

from sqlalchemy import ColumnElement

from app.foundation.mail import Message


class Channel(Protocol):
    """One way by which people are told."""

    name: str

    def reaches(self) -> ColumnElement[bool]:
        """The condition on ``Account`` that somebody can be told in this way at all."""

    def send(self, message: Message) -> None:
        """Hand it over, outside of any transaction; raises what ``foundation.mail`` raises."""
