"""One message, worded and handed to a real server, which may be in a bad mood."""

from dataclasses import replace

import pytest
from flask import Flask

from app import config
from app.foundation import mail
from tests.postbox import Postbox, free_port


def written(code: str = "123456") -> mail.Message:
    return mail.write(
        "mail/sign_in",
        to="ilze@people.example",
        language="lt",
        message_id=mail.message_id("test.1"),
        link="https://talka.example/x",
        code=code,
        minutes=15,
    )


def test_a_mail_arrives_whole(app: Flask, smtp_server: Postbox) -> None:
    mail.send(written())
    [message] = smtp_server.messages
    assert message["To"] == "ilze@people.example"
    assert message["Message-ID"] == "<test.1@localhost>"
    assert message["Content-Language"] == "lt"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_a_line_end_in_a_value_adds_no_header(app: Flask, smtp_server: Postbox) -> None:
    mail.send(written(code="1\r\nBcc: all@people.example\n"))
    [message] = smtp_server.messages
    assert message["Bcc"] is None
    assert "\n" not in message["Subject"]


def test_a_line_end_in_a_header_is_refused_altogether(app: Flask, smtp_server: Postbox) -> None:
    for bad in (
        replace(written(), to="a@people.example\r\nBcc: b@people.example"),
        replace(written(), headers={"List-Unsubscribe": "<x>\r\nBcc: b@people.example"}),
        replace(written(), message_id="<x>\r\nBcc: b@people.example"),
    ):
        with pytest.raises(ValueError, match=r"header|Header"):
            mail.send(bad)
    assert smtp_server.messages == []


def test_what_is_written_is_only_text_in_html(app: Flask) -> None:
    message = written(code="<b>&")
    assert "&lt;b&gt;&amp;" in message.html
    assert "<b>&" in message.text


@pytest.mark.parametrize(
    ("answer", "problem"),
    [("451 later", mail.TryLater), ("452 full", mail.TryLater), ("554 no", mail.Undeliverable)],
)
def test_a_refusal_says_whether_to_try_again(
    app: Flask, smtp_server: Postbox, answer: str, problem: type[Exception]
) -> None:
    smtp_server.answer = answer
    try:
        with pytest.raises(problem):
            mail.send(written())
    finally:
        smtp_server.answer = "250 OK"


def test_a_server_that_is_away_is_tried_later(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for server in (f"127.0.0.1:{free_port()}", ""):
        lost = replace(config.settings(), mail_server=server)
        monkeypatch.setattr(config, "_current", [lost])
        with pytest.raises(mail.TryLater):
            mail.send(written())
