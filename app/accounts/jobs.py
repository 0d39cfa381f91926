"""What happens to accounts without anybody waiting: the mail with the link, and forgetting."""

import secrets
from datetime import timedelta
from functools import partial

from sqlalchemy import delete

from app import config
from app.accounts import addresses, proofs, queries
from app.accounts.models import Account, Session, SignInRequest
from app.foundation import clock, mail, queue
from app.foundation.db import db
from app.foundation.transactions import after_commit, transaction

TRY_AGAIN_AFTER = timedelta(minutes=1)
"""When a mail that did not go out is tried anew; long enough for one try to end."""

FORGOTTEN_AFTER = timedelta(days=1)
SESSIONS_FORGOTTEN_AFTER = timedelta(days=30)


def send_sign_in_mail(*, request_id: int) -> None:
    """Make a link and a code, keep their hashes, and send them.

    The secrets exist here and in the mail only: never in the queue, nor in an event. The mail
    server is spoken to between two transactions, so that nobody waits for it with the database.
    When it cannot take the mail, ``send_waiting_mail`` tries again with fresh secrets.
    """
    with transaction():
        message = _written(request_id)
    if message is None:
        return
    try:
        mail.send(message)
    except mail.TryLater:
        return
    except mail.Undeliverable:
        pass  # The page says what to do when no mail comes; the address is not for a log.
    with transaction():
        request = db.session.get(SignInRequest, request_id)
        if request is not None:
            request.mailed_at = clock.now()


def _written(request_id: int) -> mail.Message | None:
    """The mail, with its hashes stored; None if it went out, or somebody else is sending it."""
    at = clock.now()
    request = db.session.get(SignInRequest, request_id, with_for_update=True)
    if request is None or request.mailed_at is not None or not request.is_open(at):
        return None
    if request.tried_at is not None and request.tried_at > at - TRY_AGAIN_AFTER:
        return None
    link, code = proofs.new_token(), proofs.new_code()
    request.link_hash = proofs.hash_of(link)
    request.code_hash = proofs.code_hash(request.public_id, code)
    request.tried_at = at
    known = queries.by_canonical_email(addresses.canonical(request.email))
    return _worded(request, link, code, known)


def _worded(request: SignInRequest, link: str, code: str, known: Account | None) -> mail.Message:
    settings = config.settings()
    language = known.language if known else request.language
    return mail.write(
        "mail/sign_in",
        to=request.email,
        language=language,
        message_id=mail.message_id(f"sign-in.{secrets.token_hex(12)}"),
        link=f"{settings.site_address}/{language}/sign-in/link/{link}",
        code=code,
        minutes=int(proofs.LASTS.total_seconds() // 60),
    )


@queue.job
def send_waiting_mail() -> None:
    """Put again the mails that a missing Redis, worker or mail server left behind. Each minute."""
    at = clock.now()
    for request in queries.unsent_requests(at=at, begun_before=at - TRY_AGAIN_AFTER):
        after_commit(
            partial(
                queue.put, "app.accounts.jobs.send_sign_in_mail", lane="mail", request_id=request.id
            )
        )


@queue.job
def forget_old_sign_ins() -> None:
    """Delete requests and sessions that serve nobody any more. Each hour; harmless twice."""
    at = clock.now()
    db.session.execute(delete(SignInRequest).where(SignInRequest.expires_at < at - FORGOTTEN_AFTER))
    over = at - SESSIONS_FORGOTTEN_AFTER
    db.session.execute(
        delete(Session).where((Session.expires_at < over) | (Session.ended_at < over))
    )
