"""What people do with accounts: signing in and out, saying who they are, leaving; offices."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from app import config
from app.accounts import addresses, proofs, queries
from app.accounts.events import (
    AccountErased,
    AccountOpened,
    AccountSuspended,
    HouseOfficeEnded,
    HouseOfficeGiven,
    SuspensionLifted,
)
from app.accounts.identity.base import ProvenIdentity
from app.accounts.identity.email_link import NO_LONGER, EmailLink
from app.accounts.models import (
    Account,
    HouseAppointment,
    HouseOffice,
    Identity,
    Preference,
    Session,
    SignInRequest,
)
from app.accounts.permissions import (
    APPOINT,
    CHANGE_PROFILE,
    ERASE,
    INVITE,
    SIGN_IN,
    SIGN_OUT,
    SUSPEND,
)
from app.foundation import clock, queue
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import Sentence, _
from app.foundation.permissions import authorise
from app.foundation.rate_limits import Limit, spend
from app.foundation.refusals import Conflict, Invalid, NotAllowed, NotFound
from app.foundation.text import clean, clean_line
from app.foundation.transactions import after_commit

SESSION_LASTS = timedelta(days=30)
"""How long a browser stays signed in that nobody signs out; each day of use begins it anew."""

SHORTEST_NAME, LONGEST_NAME = 2, 60
LONGEST_ORGANISATION = 120
LONGEST_REASON = 1000

_OFTEN = _("A mail was sent to this address several times already. Wait a quarter of an hour.")
PER_ADDRESS = Limit("accounts.codes_per_address", "5 per 15 minute", otherwise=_OFTEN)
PER_ADDRESS_AND_DAY = Limit("accounts.codes_per_address_and_day", "20 per day", otherwise=_OFTEN)
PER_NETWORK = Limit(
    "accounts.codes_per_network",
    "60 per hour",
    otherwise=_("Very many people are signing in from your network just now. Try again later."),
)


@dataclass(frozen=True)
class Entrance:
    """What opens when somebody has shown that a mailbox is theirs."""

    return_to: str
    account: Account | None
    """None: nobody has an account for this mailbox yet; ``open_account`` makes it."""
    token: str = ""
    """The secret of the new session. It goes into the browser's cookie, and nowhere else."""


# ── Signing in and out ───────────────────────────────────────────────────────────────────────


def ask_to_sign_in(
    email: str, *, language: str, return_to: str, network: str = "", by: Actor
) -> SignInRequest:
    """Have a link and a code sent there. The answer is the same whether or not we know them.

    ``network`` is a keyed hash of where the request comes from; "" counts towards no network.
    Raises Invalid for an address that we do not take, TooOften.
    """
    authorise(by, SIGN_IN, None)
    address = addresses.checked(email)
    if network:
        spend(PER_NETWORK, network)
    mailbox = proofs.keyed_hash(f"mailbox|{addresses.canonical(address)}")
    spend(PER_ADDRESS, mailbox)
    spend(PER_ADDRESS_AND_DAY, mailbox)
    at = clock.now()
    request = SignInRequest(
        public_id=secrets.token_urlsafe(16),
        email=address,
        language=language,
        tries_left=proofs.TRIES,
        return_to=proofs.local_path(return_to),
        asked_at=at,
        expires_at=at + proofs.LASTS,
    )
    db.session.add(request)
    db.session.flush()
    after_commit(
        partial(
            queue.put, "app.accounts.jobs.send_sign_in_mail", lane="mail", request_id=request.id
        )
    )
    return request


def sign_in_with_code(
    public_id: str, code: str, *, browser: str, replaces: Session | None = None, by: Actor
) -> Entrance | None:
    """Sign in with the six digits; None if they are wrong, which costs one of five tries.

    Keep what was counted also when the answer is None. Raises Conflict when the code is past.
    """
    authorise(by, SIGN_IN, None)
    proven = EmailLink().complete({"request": public_id, "code": code})
    return _enter(proven, browser, replaces) if proven else None


def sign_in_with_link(
    token: str, *, browser: str, replaces: Session | None = None, by: Actor
) -> Entrance:
    """Sign in with the link, in whatever browser it was opened. Raises Conflict when it is past."""
    authorise(by, SIGN_IN, None)
    proven = EmailLink().complete({"link": token})
    if proven is None:
        raise Conflict(NO_LONGER)
    return _enter(proven, browser, replaces)


def _enter(proven: ProvenIdentity, browser: str, replaces: Session | None) -> Entrance:
    assert proven.email is not None  # noqa: S101  the mail provider always knows it
    account = queries.by_canonical_email(addresses.canonical(proven.email))
    if account is None:
        return Entrance(proven.return_to, None)
    if not account.can_sign_in:
        raise NotAllowed(
            _(
                "This account was brought over from an earlier consultation. "
                "Nobody can sign in to it."
            )
        )
    account.email_confirmed_at = account.email_confirmed_at or clock.now()
    return Entrance(proven.return_to, account, _begin_session(account, browser, replaces))


def _begin_session(account: Account, browser: str, replaces: Session | None) -> str:
    """A fresh secret each time, so that one known beforehand is worth nothing."""
    at = clock.now()
    if replaces is not None:
        replaces.ended_at = at
    token = proofs.new_token()
    db.session.add(
        Session(
            token_hash=proofs.hash_of(token),
            account_id=account.id,
            began_at=at,
            last_seen_at=at.replace(hour=0, minute=0, second=0, microsecond=0),
            expires_at=at + SESSION_LASTS,
            browser=clean_line(browser)[:80],
        )
    )
    return token


def open_account(
    public_id: str,
    *,
    display_name: str,
    organisation: str,
    language: str,
    is_old_enough: bool,
    browser: str,
    by: Actor,
) -> Entrance:
    """Make the account of somebody new, whose mailbox this request has proven, and sign in.

    In a second tab it signs in to the account that the first one made. The edge must have kept
    ``public_id`` where only we can write. Raises Invalid, Conflict when it took over an hour.
    """
    authorise(by, SIGN_IN, None)
    request = queries.request_by_public_id(public_id)
    at = clock.now()
    if request is None or request.used_at is None or at >= request.used_at + proofs.WELCOME_LASTS:
        raise Conflict(NO_LONGER)
    mailbox = addresses.canonical(request.email)
    if known := queries.by_canonical_email(mailbox):
        return Entrance(request.return_to, known, _begin_session(known, browser, None))
    faults = _faults_of_profile(display_name, organisation, language)
    if not is_old_enough:
        faults["is_old_enough"] = _("You can take part from the age of 16. Confirm that you are.")
    if faults:
        raise Invalid(faults)
    account = Account(
        display_name=clean_line(display_name),
        organisation=clean_line(organisation) or None,
        language=language,
        email=request.email,
        canonical_email=mailbox,
        email_confirmed_at=at,
        created_at=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError as problem:
        raise Conflict(
            _("Your account was made in another window just now. Sign in once more.")
        ) from problem
    publish(AccountOpened(account.id), by=account)
    return Entrance(request.return_to, account, _begin_session(account, browser, None))


def invite_account(email: str, *, display_name: str, by: Actor) -> Account:
    """Make an account for somebody who then signs in by mail. Raises Invalid, Conflict."""
    authorise(by, INVITE, None)
    address = addresses.checked(email)
    language = config.settings().default_language
    if faults := _faults_of_profile(display_name, "", language):
        raise Invalid(faults)
    if queries.by_canonical_email(addresses.canonical(address)):
        raise Conflict(_("There is an account with this address already."))
    account = Account(
        display_name=clean_line(display_name),
        language=language,
        email=address,
        canonical_email=addresses.canonical(address),
        created_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    publish(AccountOpened(account.id), by=by)
    return account


def sign_out(session: Session, *, by: Actor) -> None:
    """End the session of this browser. Twice is once."""
    authorise(by, SIGN_OUT, session.account)
    session.ended_at = session.ended_at or clock.now()


def end_session(session: Session, *, by: Actor) -> None:
    """Sign one browser out from another. Twice is once."""
    authorise(by, SIGN_OUT, session.account)
    session.ended_at = session.ended_at or clock.now()


def end_all_sessions(person: Account, *, by: Actor) -> None:
    """Sign this person out everywhere, here too."""
    authorise(by, SIGN_OUT, person)
    _end_sessions_of(person)


def _end_sessions_of(person: Account) -> None:
    db.session.execute(
        update(Session)
        .where(Session.account_id == person.id, Session.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


# ── Who one is here, and leaving ─────────────────────────────────────────────────────────────


def change_profile(
    person: Account, *, display_name: str, organisation: str, language: str, by: Actor
) -> None:
    """What is shown of somebody, and in which language we write to them."""
    authorise(by, CHANGE_PROFILE, person)
    if faults := _faults_of_profile(display_name, organisation, language):
        raise Invalid(faults)
    person.display_name = clean_line(display_name)
    person.organisation = clean_line(organisation) or None
    person.language = language


def _faults_of_profile(name: str, organisation: str, language: str) -> dict[str, Sentence]:
    name, organisation = clean_line(name), clean_line(organisation)
    faults: dict[str, Sentence] = {}
    if not name:
        faults["display_name"] = _("Write the name that others will see.")
    elif len(name) < SHORTEST_NAME or not any(sign.isalpha() for sign in name):
        faults["display_name"] = _("A name has at least two characters, one of them a letter.")
    elif len(name) > LONGEST_NAME:
        faults["display_name"] = _(
            "This name is too long: at most %(most)s characters.", most=LONGEST_NAME
        )
    elif "@" in name:
        faults["display_name"] = _("Everybody sees this name, so do not put an address there.")
    if len(organisation) > LONGEST_ORGANISATION:
        faults["organisation"] = _(
            "This is too long: at most %(most)s characters.", most=LONGEST_ORGANISATION
        )
    if language not in config.settings().languages:
        faults["language"] = _("Choose one of these languages.")
    return faults


def erase_account(person: Account, *, confirmation: str, by: Actor) -> None:
    """Leave: what we hold about the person goes now; what they published keeps no name.

    ``confirmation`` is their own mail address, typed. The row stays, empty, because published
    texts and decisions point to it (DOMAIN.md, rule 7). Raises Invalid.
    """
    authorise(by, ERASE, person)
    if person.erased_at is not None:
        return
    if addresses.canonical(confirmation) != person.canonical_email:
        raise Invalid(
            {"confirmation": _("This is not the address of your account. Nothing was deleted.")}
        )
    publish(AccountErased(person.id), by=by)
    for appointment in queries.house_appointments_of(person.id):
        _end(appointment, reason="", by=by)
    _forget_private_rows_of(person)
    person.display_name = ""
    person.organisation = None
    person.email = person.canonical_email = None
    person.email_confirmed_at = person.verified_at = None
    person.suspension_reason = None
    person.can_sign_in = False
    person.erased_at = clock.now()


def _forget_private_rows_of(person: Account) -> None:
    for table in (Session, Identity, Preference):
        db.session.execute(delete(table).where(table.account_id == person.id))
    asked = [request.id for request in queries.requests_of(person.email or "")]
    db.session.execute(delete(SignInRequest).where(SignInRequest.id.in_(asked)))


# ── Offices of the house, suspension ─────────────────────────────────────────────────────────


def appoint_to_house(
    person: Account, office: HouseOffice, *, reason: str, by: Actor
) -> HouseAppointment:
    """Give somebody an office of the whole house. Raises Conflict if they hold it already."""
    authorise(by, APPOINT, person)
    reason = _reason(reason)
    if person.erased_at is not None or not person.can_sign_in:
        raise Conflict(_("This person cannot sign in, so they cannot hold an office."))
    if any(held.office is office for held in queries.house_appointments_of(person.id)):
        raise Conflict(_("This person holds this office already."))
    appointment = HouseAppointment(
        account_id=person.id,
        office=office,
        reason=reason,
        given_at=clock.now(),
        given_by_id=by.actor_id,
    )
    db.session.add(appointment)
    db.session.flush()
    publish(HouseOfficeGiven(person.id, appointment.id), by=by)
    return appointment


def end_house_appointment(appointment: HouseAppointment, *, reason: str, by: Actor) -> None:
    """Take an office back. The last administrator stays. Twice is once."""
    authorise(by, APPOINT, appointment)
    reason = _reason(reason)
    if appointment.ended_at is not None:
        return
    if appointment.office is HouseOffice.ADMINISTRATOR and queries.count_administrators() < 2:
        raise Conflict(_("This is the last administrator. Appoint another one first."))
    _end(appointment, reason=reason, by=by)


def _end(appointment: HouseAppointment, *, reason: str, by: Actor) -> None:
    appointment.ended_at = clock.now()
    appointment.ended_by_id = by.actor_id
    appointment.end_reason = reason
    publish(HouseOfficeEnded(appointment.account_id, appointment.id), by=by)


def suspend_account(person: Account, *, reason: str, by: Actor) -> None:
    """Keep somebody from acting until it is lifted. They may still read, appeal and leave."""
    authorise(by, SUSPEND, person)
    reason = _reason(reason)
    if person.id == by.actor_id:
        raise Conflict(_("You cannot suspend your own account."))
    if person.erased_at is not None:
        raise NotFound
    if queries.house_appointments_of(person.id):
        raise Conflict(_("This person holds an office of the house. End it first."))
    if person.is_suspended:
        raise Conflict(_("This account is suspended already."))
    person.suspended_at = clock.now()
    person.suspension_reason = reason
    publish(AccountSuspended(person.id), by=by)


def lift_suspension(person: Account, *, by: Actor) -> None:
    """Let somebody act again. Twice is once."""
    authorise(by, SUSPEND, person)
    if not person.is_suspended:
        return
    person.suspended_at = None
    person.suspension_reason = None
    publish(SuspensionLifted(person.id), by=by)


def _reason(reason: str) -> str:
    reason = clean(reason)
    if not reason:
        raise Invalid({"reason": _("Give a reason. It is kept with the decision.")})
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            {"reason": _("This is too long: at most %(most)s characters.", most=LONGEST_REASON)}
        )
    return reason
