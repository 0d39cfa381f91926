import hashlib
import hmac
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from app import config
from app.voting import keys


@pytest.fixture
def store(app: Flask) -> Path:
    return config.settings().key_store


def test_a_key_is_made_once_and_then_read(store: Path) -> None:
    made = keys.make_key("reiz")
    assert keys.make_key("reiz").secret == made.secret == keys.read_key("reiz").secret
    assert (store / "reiz.key").read_bytes() == made.secret
    assert stat.S_IMODE((store / "reiz.key").stat().st_mode) == 0o600


def test_of_many_who_make_it_at_once_all_get_the_same(store: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(keys.make_key, ["visi"] * 64))
    assert len({key.secret for key in made}) == 1
    assert [name for name in os.listdir(store) if name.startswith(".visi")] == []


def test_the_uses_and_the_campaigns_have_keys_of_their_own(store: Path) -> None:
    key, same_secret = (
        keys.make_key("viens"),
        keys.RegisterKey("divi", keys.make_key("viens").secret),
    )
    derived = {key.tag, key.box, bytes.fromhex(key.check), same_secret.tag, same_secret.box}
    assert len(derived) == 5
    assert all(len(each) == 32 for each in derived)


def test_the_derivation_is_hkdf_sha256_as_rfc_5869_says() -> None:
    """Reckoned here with HMAC alone, so that another program can read our registers."""
    key = keys.RegisterKey("ogp5", bytes(range(32)))
    extracted = hmac.digest(bytes(32), key.secret, hashlib.sha256)
    assert key.tag == hmac.digest(extracted, b"talka register 1|tag|ogp5\x01", hashlib.sha256)


def test_a_missing_a_damaged_and_another_key_are_refused_and_none_is_made(store: Path) -> None:
    with pytest.raises(keys.KeyMissing):
        keys.read_key("nav")
    assert not (store / "nav.key").exists()
    key = keys.make_key("cits")
    with pytest.raises(keys.KeyMissing):
        keys.key_with_check("cits", "00" * 32)
    assert keys.key_with_check("cits", key.check).secret == key.secret
    (store / "cits.key").write_bytes(b"short")
    with pytest.raises(keys.KeyMissing):
        keys.read_key("cits")


@pytest.mark.parametrize("slug", ["../x", "a/b", "", "A", "a.b", "x\0"])
def test_a_slug_cannot_lead_out_of_the_folder(app: Flask, slug: str) -> None:
    with pytest.raises(ValueError, match="cannot name a register"):
        keys.make_key(slug)


def test_a_key_does_not_show_itself_in_a_trace() -> None:
    assert "\\x" not in repr(keys.RegisterKey("a", bytes(32)))
