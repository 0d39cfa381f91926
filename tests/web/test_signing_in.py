"""Signing in and out, as people do it: with mail that a real server was handed."""

import re
import threading
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts import jobs, proofs
from app.accounts.models import Account, Session, SignInRequest
from app.foundation import clock, queue, rate_limits
from app.foundation.db import db
from app.foundation.events import EventRecord
from tests.live import LiveServer
from tests.make.accounts import account
from tests.make.browsing import csrf_token, post, signed_in_client
from tests.postbox import Postbox, free_port

ILZE = "ilze@people.example"


def ask(client: FlaskClient, email: str = ILZE, **more: str) -> str:
    """Ask for a mail; the address of the page where the code is typed."""
    answer = post(client, "/en/sign-in", {"email": email, **more})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def part(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def link_in(message: EmailMessage) -> str:
    found = re.search(r"http://localhost:8000(/\w\w/sign-in/link/\S+)", part(message))
    assert found
    return found[1]


def code_in(message: EmailMessage) -> str:
    found = re.search(r"^(\d{6})\r?$", part(message), re.MULTILINE)
    assert found
    return found[1]


def another_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def is_signed_in(client: FlaskClient) -> bool:
    return "/sign-out" in client.get("/en/sign-in").get_data(as_text=True)


def body(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def signed_in_rows() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Session)) or 0


# ── The mail ─────────────────────────────────────────────────────────────────────────────────


def test_the_mail_holds_a_link_and_a_code_twice_over(
    client: FlaskClient, smtp_server: Postbox
) -> None:
    post(client, "/lv/sign-in", {"email": ILZE})
    [message] = smtp_server.to(ILZE)
    assert message["Message-ID"].endswith("@localhost>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert code_in(message) in message["Subject"]
    html = part(message, "html")
    assert code_in(message) in html
    assert link_in(message) in html
    assert '<html lang="lv">' in html


def test_the_mail_speaks_the_language_of_whoever_reads_it(
    client: FlaskClient, smtp_server: Postbox
) -> None:
    account(email=ILZE, language="lt")
    ask(client)
    [message] = smtp_server.to(ILZE)
    assert message["Content-Language"] == "lt"
    assert link_in(message).startswith("/lt/")


def test_only_hashes_of_link_and_code_are_stored(client: FlaskClient, smtp_server: Postbox) -> None:
    ask(client)
    [message] = smtp_server.to(ILZE)
    token = link_in(message).rpartition("/")[2]
    kept = db.session.execute(select(SignInRequest.__table__)).one()
    assert token not in str(kept)
    assert code_in(message) not in {str(value) for value in kept}
    assert db.session.scalar(select(func.count()).select_from(EventRecord)) == 0


def test_the_queue_never_holds_a_secret(
    client: FlaskClient, smtp_server: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    put: list[dict[str, object]] = []

    class Noting(queue.InlineQueue):
        def put(self, path: str, arguments: dict[str, object], *, lane: str) -> None:
            put.append({"path": path, "lane": lane, **arguments})
            super().put(path, arguments, lane=lane)

    monkeypatch.setattr(queue, "_queue", Noting())
    ask(client)
    assert [set(each) for each in put] == [{"path", "lane", "request_id"}]
    assert put[0]["lane"] == "mail"
    assert len(smtp_server.messages) == 1


def test_the_answer_does_not_tell_whether_somebody_is_known(
    app: Flask, smtp_server: Postbox
) -> None:
    account(email="known@people.example")
    pages = []
    for address in ("known@people.example", "other@people.example"):
        visitor = app.test_client()
        page = body(visitor.get(ask(visitor, address))).replace(address, "…")
        pages.append(re.sub(r'value="[^"]+"|code/[^"/]+', "", page))
    assert pages[0] == pages[1]
    assert len(smtp_server.messages) == 2


def test_a_mail_that_the_server_refuses_for_now_is_sent_later_and_once(
    client: FlaskClient, smtp_server: Postbox
) -> None:
    smtp_server.answer = "451 later"
    try:
        page = ask(client)
        assert smtp_server.messages == []
        jobs.send_waiting_mail()
        assert smtp_server.messages == []
    finally:
        smtp_server.answer = "250 OK"
    clock.set_offset(timedelta(minutes=2))
    jobs.send_waiting_mail()
    jobs.send_waiting_mail()
    [message] = smtp_server.to(ILZE)
    assert post(client, page, {"code": code_in(message)}).status_code == 303


def test_another_mail_can_be_asked_for(client: FlaskClient, smtp_server: Postbox) -> None:
    account(email=ILZE, language="en")
    page = ask(client, return_to="/en/about")
    answer = post(client, f"{page}/again")
    first, second = smtp_server.to(ILZE)
    assert link_in(first) != link_in(second)
    assert first["Message-ID"] != second["Message-ID"]
    assert post(client, answer.location, {"code": code_in(second)}).location == "/en/about"
    # The first may arrive late; it still works, in another browser too.
    assert "Confirm that it is you" in body(client.get(link_in(first)))


# ── What addresses are taken ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ilze",
        "ilze@",
        "ilze@localhost",
        "a@b@people.example",
        "ilze@people.example\r\nBcc: all@people.example",
        f"{'a' * 70}@people.example",
        "ilze@people.example, juris@people.example",
    ],
)
def test_what_is_no_address_is_refused_where_it_was_typed(
    client: FlaskClient, smtp_server: Postbox, address: str
) -> None:
    answer = post(client, "/en/sign-in", {"email": address})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in body(answer)
    assert 'href="#email"' in body(answer)
    assert smtp_server.messages == []


@pytest.mark.parametrize("domain", ["mailinator.com", "a.mailinator.com"])
def test_throw_away_mailboxes_are_refused_with_a_sentence(
    client: FlaskClient, smtp_server: Postbox, domain: str
) -> None:
    answer = post(client, "/en/sign-in", {"email": f"x@{domain}"})
    assert answer.status_code == 422
    assert "throw-away" in body(answer)
    assert smtp_server.messages == []


def test_the_sixth_mail_within_a_quarter_of_an_hour_is_refused(
    client: FlaskClient, smtp_server: Postbox
) -> None:
    for tag in "abcde":
        ask(client, f"ilze+{tag}@people.example")
    answer = post(client, "/en/sign-in", {"email": ILZE})
    assert answer.status_code == 429
    assert "quarter of an hour" in body(answer)
    assert f'value="{ILZE}"' in body(answer)
    assert len(smtp_server.messages) == 5
    ask(client, "juris@people.example")


# ── Code and link ────────────────────────────────────────────────────────────────────────────


def test_a_code_signs_in_and_leads_back(client: FlaskClient, smtp_server: Postbox) -> None:
    account("Ilze Ozola", email=ILZE)
    page = ask(client, return_to="/en/help?a=b")
    [message] = smtp_server.to(ILZE)
    code = code_in(message)
    answer = post(client, page, {"code": f" {code[:3]} {code[3:]} "})
    assert (answer.status_code, answer.location) == (303, "/en/help?a=b")
    assert is_signed_in(client)


def test_a_mailbox_written_differently_is_the_same_person(
    client: FlaskClient, smtp_server: Postbox
) -> None:
    person = account(email=ILZE)
    page = ask(client, "Ilze+talka@People.Example")
    [message] = smtp_server.messages
    post(client, page, {"code": code_in(message)})
    assert is_signed_in(client)
    assert db.session.scalars(select(Account.id)).all() == [person.id]


def test_five_wrong_codes_use_a_code_up_but_not_the_link(
    client: FlaskClient, smtp_server: Postbox
) -> None:
    account(email=ILZE)
    page = ask(client)
    [message] = smtp_server.to(ILZE)
    for left in (4, 3, 2, 1):
        answer = post(client, page, {"code": another_than(code_in(message))}, follow=True)
        assert f"{left} more time" in body(answer)
        assert 'role="alert"' in body(answer)
    answer = post(client, page, {"code": another_than(code_in(message))}, follow=True)
    assert "five times" in body(answer)
    answer = post(client, page, {"code": code_in(message)}, follow=True)
    assert "five times" in body(answer)
    assert not is_signed_in(client)
    post(client, link_in(message))
    assert is_signed_in(client)


@pytest.mark.parametrize("typed", ["", "abcdef", "1" * 5000, "١٢٣٤٥٦", "\x00"])
def test_nonsense_as_a_code_is_a_wrong_code(
    client: FlaskClient, smtp_server: Postbox, typed: str
) -> None:
    page = ask(client)
    assert "4 more times" in body(post(client, page, {"code": typed}, follow=True))


def test_a_code_and_a_link_are_too_old_after_a_quarter_of_an_hour(
    client: FlaskClient, smtp_server: Postbox
) -> None:
    account(email=ILZE)
    page = ask(client)
    [message] = smtp_server.to(ILZE)
    clock.set_offset(timedelta(minutes=15, seconds=1))
    assert "too old" in body(client.get(page))
    assert post(client, page, {"code": code_in(message)}).status_code == 409
    assert client.get(link_in(message)).status_code == 410
    assert post(client, link_in(message)).status_code == 409
    assert not is_signed_in(client)


def test_looking_at_the_link_does_not_spend_it(client: FlaskClient, smtp_server: Postbox) -> None:
    account(email=ILZE)
    ask(client)
    [message] = smtp_server.to(ILZE)
    for _scanner in range(3):
        client.get(link_in(message))
        client.head(link_in(message))
    assert not is_signed_in(client)
    assert post(client, link_in(message)).status_code == 303
    assert is_signed_in(client)


def test_the_link_works_in_another_browser(app: Flask, smtp_server: Postbox) -> None:
    account(email=ILZE)
    asking, telephone = app.test_client(), app.test_client()
    ask(asking)
    [message] = smtp_server.to(ILZE)
    shown = body(telephone.get(link_in(message)))
    assert "i…e@people.example" in shown
    assert ILZE not in shown
    post(telephone, link_in(message))
    assert is_signed_in(telephone)
    assert not is_signed_in(asking)


def test_a_link_works_once(app: Flask, smtp_server: Postbox) -> None:
    account(email=ILZE, language="en")
    first, second = app.test_client(), app.test_client()
    page = ask(first)
    [message] = smtp_server.to(ILZE)
    post(first, link_in(message))
    assert second.get(link_in(message)).status_code == 410
    answer = post(second, link_in(message))
    assert answer.status_code == 409
    assert "no longer works" in body(answer)
    assert post(second, page, {"code": code_in(message)}).status_code == 409
    assert "has been used" in body(second.get(page))
    assert not is_signed_in(second)
    # Whoever it signed in meets no refusal when they press or look again.
    assert post(first, link_in(message)).status_code == 303
    assert "You are signed in" in body(first.get(link_in(message)))


def test_a_link_that_nobody_made_is_refused(client: FlaskClient) -> None:
    for token in ("x", "a" * 5000, "ā"):
        assert client.get(f"/en/sign-in/link/{token}").status_code == 410
        assert post(client, f"/en/sign-in/link/{token}").status_code == 409
    assert client.get("/en/sign-in/code/nobody").status_code == 404


def test_two_presses_at_the_same_moment_make_one_session(app: Flask, smtp_server: Postbox) -> None:
    account(email=ILZE)
    clients = [app.test_client() for _browser in range(6)]
    ask(clients[0])
    [message] = smtp_server.to(ILZE)
    tokens = [csrf_token(each) for each in clients]
    db.session.remove()
    barrier, answers = threading.Barrier(len(clients)), []

    def press(number: int) -> None:
        with app.app_context():
            barrier.wait()
            answer = clients[number].post(link_in(message), data={"csrf_token": tokens[number]})
            answers.append(answer.status_code)

    presses = [threading.Thread(target=press, args=(number,)) for number in range(len(clients))]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert sorted(answers) == [303, 409, 409, 409, 409, 409]
    assert signed_in_rows() == 1


def test_parallel_guesses_get_no_more_than_five_tries(app: Flask, smtp_server: Postbox) -> None:
    account(email=ILZE)
    clients = [app.test_client() for _browser in range(10)]
    page = ask(clients[0])
    [message] = smtp_server.to(ILZE)
    tokens = [csrf_token(each) for each in clients]
    db.session.remove()
    barrier = threading.Barrier(len(clients))

    def guess(number: int) -> None:
        with app.app_context():
            wrong = {"csrf_token": tokens[number], "code": another_than(code_in(message))}
            barrier.wait()
            clients[number].post(page, data=wrong)

    guesses = [threading.Thread(target=guess, args=(number,)) for number in range(len(clients))]
    for each in guesses:
        each.start()
    for each in guesses:
        each.join()
    assert db.session.scalar(select(SignInRequest.tries_left)) == 0


def test_two_tabs_with_two_requests_both_work(client: FlaskClient, smtp_server: Postbox) -> None:
    account(email=ILZE)
    first, second = ask(client), ask(client, return_to="/en/about")
    one, two = smtp_server.to(ILZE)
    assert post(client, second, {"code": code_in(two)}).location == "/en/about"
    assert post(client, first, {"code": code_in(one)}).status_code == 303
    assert is_signed_in(client)


# ── Sessions ─────────────────────────────────────────────────────────────────────────────────


def test_signing_in_makes_a_fresh_session_and_ends_the_one_before(
    app: Flask, smtp_server: Postbox
) -> None:
    account(email=ILZE)
    planted = account("Cits")
    client = signed_in_client(app, planted)
    with client.session_transaction() as session:
        before = session["token"]
        session["left by somebody else"] = "x"
    page = ask(client)
    [message] = smtp_server.to(ILZE)
    post(client, page, {"code": code_in(message)})
    with client.session_transaction() as session:
        assert session["token"] != before
        assert "left by somebody else" not in session
        assert session.permanent
        stolen = session["token"]
    old = app.test_client()
    with old.session_transaction() as session:
        session["token"] = before
    assert not is_signed_in(old)
    kept = db.session.scalars(select(Session.token_hash)).all()
    assert stolen not in kept
    assert proofs.hash_of(stolen) in kept


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_others(
    client: FlaskClient, smtp_server: Postbox
) -> None:
    account(email=ILZE)
    page = ask(client)
    [message] = smtp_server.to(ILZE)
    answer = post(client, page, {"code": code_in(message)})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires=" in cookie


def test_signing_out_ends_the_session_and_twice_is_once(app: Flask) -> None:
    client = signed_in_client(app, account())
    with client.session_transaction() as session:
        token = session["token"]
    assert post(client, "/en/sign-out").status_code == 303
    assert post(client, "/en/sign-out").status_code == 303
    assert not is_signed_in(client)
    thief = app.test_client()
    with thief.session_transaction() as session:
        session["token"] = token
    assert not is_signed_in(thief)


def test_a_session_is_over_after_thirty_days_without_use(app: Flask) -> None:
    client = signed_in_client(app, account())
    clock.set_offset(timedelta(days=29))
    assert post(client, "/en/my/follows/stop", {"subject": "x"}).status_code == 303  # any act
    assert is_signed_in(client)
    clock.set_offset(timedelta(days=29 + 29))
    assert is_signed_in(client)
    clock.set_offset(timedelta(days=29 + 31))
    assert not is_signed_in(client)


def test_when_somebody_acted_is_kept_to_the_day_only(app: Flask) -> None:
    client = signed_in_client(app, account())
    clock.set_offset(timedelta(days=2))
    post(client, "/en/sign-in", {"email": "x@people.example"})
    seen = db.session.scalars(select(Session.last_seen_at)).one()
    assert (seen.hour, seen.minute, seen.second) == (0, 0, 0)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example",
        "/%0d%0aSet-Cookie:x\r\nx",
        "javascript:alert(1)",
        "http:evil.example",
        "/en/sign-in?return_to=/en/sign-in",
        "/" + "a" * 600,
        "//[x",
    ],
)
def test_nobody_is_sent_elsewhere(
    client: FlaskClient, smtp_server: Postbox, elsewhere: str
) -> None:
    account(email=ILZE)
    page = ask(client, return_to=elsewhere)
    [message] = smtp_server.to(ILZE)
    assert post(client, page, {"code": code_in(message)}).location == "/en/my/"


# ── Somebody new ─────────────────────────────────────────────────────────────────────────────

NEW = {
    "display_name": "Ilze Ozola",
    "organisation": "",
    "language": "lt",
    "is_old_enough": "y",
}


def arrive(client: FlaskClient, smtp_server: Postbox, **more: str) -> str:
    """Prove a mailbox that has no account yet; the address of the welcome page."""
    page = ask(client, **more)
    answer = post(client, page, {"code": code_in(smtp_server.to(ILZE)[-1])})
    assert answer.status_code == 303
    return answer.location


def test_somebody_new_says_who_they_are_and_is_signed_in(
    client: FlaskClient, smtp_server: Postbox
) -> None:
    page = arrive(client, smtp_server, return_to="/en/about")
    assert not is_signed_in(client)
    assert db.session.scalar(select(func.count()).select_from(Account)) == 0
    answer = post(client, page, NEW)
    assert (answer.status_code, answer.location) == (303, "/en/about")
    assert is_signed_in(client)
    made = db.session.scalars(select(Account)).one()
    assert (made.display_name, made.organisation, made.language) == ("Ilze Ozola", None, "lt")
    assert (made.email, made.canonical_email) == (ILZE, ILZE)
    assert db.session.scalars(select(EventRecord.name)).all() == ["account.opened"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"display_name": " "}, "Write the name"),
        ({"display_name": "\u200b\u202e"}, "Write the name"),
        ({"display_name": "7"}, "at least two characters"),
        ({"display_name": "x" * 61}, "too long"),
        ({"display_name": "ilze@people.example"}, "do not put an address"),
        ({"organisation": "x" * 10_000}, "too long"),
        ({"language": "ru"}, "Choose one of these"),
        ({"is_old_enough": ""}, "from the age of 16"),
    ],
)
def test_what_somebody_new_wrote_wrongly_is_said_beside_it(
    client: FlaskClient, smtp_server: Postbox, change: dict[str, str], sentence: str
) -> None:
    page = arrive(client, smtp_server)
    answer = post(client, page, {key: word for key, word in {**NEW, **change}.items() if word})
    assert answer.status_code == 422
    assert sentence in body(answer)
    assert db.session.scalar(select(func.count()).select_from(Account)) == 0


def test_a_name_can_break_neither_page_nor_mail(client: FlaskClient, smtp_server: Postbox) -> None:
    name = '"><svg onload=alert(1)>\r\nBcc: all'
    page = arrive(client, smtp_server)
    assert post(client, page, {**NEW, "display_name": name}).status_code == 303
    assert "<svg onload" not in body(client.get("/en/my/"))
    made = db.session.scalars(select(Account)).one()
    assert made.display_name == '"><svg onload=alert(1)> Bcc: all'
    post(client, "/en/sign-out")
    ask(client)
    assert smtp_server.to(ILZE)[-1]["Bcc"] is None


def test_the_welcome_page_in_two_tabs_makes_one_account(
    client: FlaskClient, smtp_server: Postbox
) -> None:
    page = arrive(client, smtp_server)
    first = post(client, page, NEW)
    second = post(client, page, {**NEW, "display_name": "Cita"})
    assert (first.status_code, second.status_code) == (303, 303)
    assert db.session.scalars(select(Account.display_name)).all() == ["Ilze Ozola"]


def test_nobody_is_welcomed_without_having_shown_a_mailbox(client: FlaskClient) -> None:
    assert post(client, "/en/sign-in/welcome", NEW).location == "/en/sign-in"
    assert db.session.scalar(select(func.count()).select_from(Account)) == 0


def test_whoever_takes_over_an_hour_asks_again(client: FlaskClient, smtp_server: Postbox) -> None:
    page = arrive(client, smtp_server)
    clock.set_offset(timedelta(minutes=70))
    answer = post(client, page, NEW)
    assert answer.status_code == 409
    assert "Ilze Ozola" in body(answer)
    assert db.session.scalar(select(func.count()).select_from(Account)) == 0


# ── Who may not ──────────────────────────────────────────────────────────────────────────────


def test_somebody_suspended_may_come_in_and_is_told(
    client: FlaskClient, smtp_server: Postbox
) -> None:
    person = account(email=ILZE)
    person.suspended_at, person.suspension_reason = clock.now(), "Atkārtoti aizskaroši komentāri"
    page = ask(client)
    answer = post(client, page, {"code": code_in(smtp_server.messages[0])})
    assert answer.location == "/en/my/account"
    assert "your account is suspended" in body(client.get("/en/"))


def test_an_imported_account_is_told_that_nobody_can_sign_in_to_it(
    client: FlaskClient, smtp_server: Postbox
) -> None:
    account(email=ILZE).can_sign_in = False
    page = ask(client)
    answer = post(client, page, {"code": code_in(smtp_server.messages[0])})
    assert answer.status_code == 403
    assert "earlier consultation" in body(answer)


def test_what_serves_nobody_is_forgotten(client: FlaskClient, smtp_server: Postbox) -> None:
    account(email=ILZE)
    page = ask(client)
    post(client, page, {"code": code_in(smtp_server.messages[0])})
    clock.set_offset(timedelta(days=2))
    jobs.forget_old_sign_ins()
    assert db.session.scalar(select(func.count()).select_from(SignInRequest)) == 0
    assert signed_in_rows() == 1
    clock.set_offset(timedelta(days=90))
    jobs.forget_old_sign_ins()
    assert signed_in_rows() == 0


def test_somebody_signed_in_is_named_on_the_page(app: Flask) -> None:
    client = signed_in_client(app, account("Ilze Ozola"))
    assert "Ilze Ozola" in client.get("/en/").get_data(as_text=True)


def test_a_form_without_our_token_does_nothing(client: FlaskClient, smtp_server: Postbox) -> None:
    answer = client.post("/en/sign-in", data={"email": ILZE})
    assert answer.status_code == 422
    assert f'value="{ILZE}"' in body(answer)
    assert smtp_server.messages == []


# ── When something is away ───────────────────────────────────────────────────────────────────


def test_without_redis_the_limit_holds_and_the_mail_goes_out_later(
    client: FlaskClient, smtp_server: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = f"redis://127.0.0.1:{free_port()}/0"
    with monkeypatch.context() as without:
        without.setattr(queue, "_queue", queue.RedisQueue(Redis.from_url(nowhere)))
        without.setattr(rate_limits, "_shared", None)
        rate_limits.use(nowhere)
        page = ask(client)
        for _time in range(4):
            ask(client)
        assert post(client, "/en/sign-in", {"email": ILZE}).status_code == 429
    rate_limits.use(None)
    assert smtp_server.messages == []
    clock.set_offset(timedelta(minutes=1, seconds=1))
    jobs.send_waiting_mail()
    assert len(smtp_server.to(ILZE)) == 5
    codes = {code_in(message) for message in smtp_server.to(ILZE)}
    answers = [post(client, page, {"code": code}).location for code in codes]
    assert any("welcome" in answer for answer in answers)


def test_web_and_worker_as_they_are_run_send_one_mail(
    live_server: LiveServer, smtp_server: Postbox
) -> None:
    browser = build_opener(HTTPCookieProcessor())
    form = browser.open(f"{live_server.url}/lt/sign-in").read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token
    fields = urlencode({"csrf_token": token[1], "email": "live@people.example"}).encode()
    shown = browser.open(f"{live_server.url}/lt/sign-in", fields)
    assert "/lt/sign-in/code/" in shown.url
    live_server.settle()
    [message] = smtp_server.to("live@people.example")
    assert f"{live_server.url}/lt/sign-in/link/" in part(message)
