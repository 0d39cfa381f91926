"""Proving that a mailbox is one's own, with the link or the code that was sent there."""

from collections.abc import Mapping
from urllib.parse import urlencode

from sqlalchemy import update

from app.accounts import addresses, proofs
from app.accounts.identity.base import Assurance, ProvenIdentity
from app.accounts.models import SignInRequest
from app.accounts.queries import request_by_link, request_by_public_id
from app.foundation import clock
from app.foundation.db import db
from app.foundation.language import _, spoken
from app.foundation.refusals import Conflict

NO_LONGER = _("This no longer works: it was used already, or it is too old. Ask for a new one.")


class EmailLink:
    """The provider that every installation has."""

    key = "email"
    assurance = Assurance.MAILBOX

    def begin(self, return_to: str) -> str:
        query = urlencode({"return_to": proofs.local_path(return_to)})
        return f"/{spoken()}/sign-in?{query}"

    def complete(self, reply: Mapping[str, str]) -> ProvenIdentity | None:
        """The reply holds a ``link``, or a ``request`` and its ``code``."""
        request = self._shown_by(reply)
        if request is None:
            return None
        self._spend(request)
        return ProvenIdentity(
            provider=self.key,
            identifiers=frozenset({f"mailbox:{addresses.canonical(request.email)}"}),
            assurance=self.assurance,
            return_to=request.return_to,
            email=request.email,
            language=request.language,
        )

    def _shown_by(self, reply: Mapping[str, str]) -> SignInRequest | None:
        if "link" in reply:
            return request_by_link(proofs.hash_of(reply["link"]))
        request = request_by_public_id(reply.get("request", ""))
        if request is None or not request.is_open(clock.now()):
            raise Conflict(NO_LONGER)
        return request if self._is_right(request, reply.get("code", "")) else None

    def _is_right(self, request: SignInRequest, typed: str) -> bool:
        """Spend one try; the database counts them, so that parallel tries gain nothing."""
        counted = db.session.execute(
            update(SignInRequest)
            .where(SignInRequest.id == request.id, SignInRequest.tries_left > 0)
            .values(tries_left=SignInRequest.tries_left - 1)
        )
        db.session.refresh(request)
        code = "".join(sign for sign in typed if sign.isdecimal())
        return (
            bool(counted.rowcount)  # type: ignore[attr-defined]
            and request.code_hash is not None
            and proofs.same(request.code_hash, proofs.code_hash(request.public_id, code))
        )

    def _spend(self, request: SignInRequest) -> None:
        """Use link and code up; of two presses at the same moment, one comes too late."""
        at = clock.now()
        spent = db.session.execute(
            update(SignInRequest)
            .where(
                SignInRequest.id == request.id,
                SignInRequest.used_at.is_(None),
                SignInRequest.expires_at > at,
            )
            .values(used_at=at)
        )
        if not spent.rowcount:  # type: ignore[attr-defined]
            raise Conflict(NO_LONGER)
        db.session.refresh(request)
