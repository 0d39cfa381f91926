"""Static files as a browser gets them: small, and kept for long."""

import gzip

import brotli
from flask.testing import FlaskClient

from app.web.assets import STATIC, fingerprint

SHEET = f"/static/css/talka.css?v={fingerprint('css/talka.css')}"


def test_text_goes_out_compressed_and_says_so(client: FlaskClient) -> None:
    sheet = (STATIC / "css/talka.css").read_bytes()
    for way, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        answer = client.get(SHEET, headers={"Accept-Encoding": way})
        assert answer.headers["Content-Encoding"] == way
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert unpack(answer.data) == sheet
        assert len(answer.data) * 4 < len(sheet)


def test_who_cannot_unpack_gets_the_file_itself(client: FlaskClient) -> None:
    with client.get(SHEET, headers={"Accept-Encoding": "br;q=0, identity"}) as answer:
        assert "Content-Encoding" not in answer.headers
        assert answer.data == (STATIC / "css/talka.css").read_bytes()


def test_what_is_still_there_is_not_sent_again(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "br"}
    kept = client.get(SHEET, headers=headers).headers["ETag"]
    with client.get(SHEET, headers={**headers, "If-None-Match": kept}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_what_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/static/css/none.css", headers={"Accept-Encoding": "br"}).status_code == 404
