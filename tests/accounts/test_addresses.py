"""Which addresses are taken, and which belong to the same person."""

from dataclasses import replace

import pytest
from flask import Flask

from app import config
from app.accounts import addresses, identity, proofs
from app.accounts.identity.base import Assurance
from app.foundation.refusals import Invalid


@pytest.mark.parametrize(
    ("written", "stands_for"),
    [
        ("Ilze@People.Example", "ilze@people.example"),
        (" ilze@people.example ", "ilze@people.example"),
        ("ilze+talka@people.example", "ilze@people.example"),
        ("ilze+a+b@people.example", "ilze@people.example"),
        ("il.ze@people.example", "il.ze@people.example"),
        ("I.l.z.e+x@gmail.com", "ilze@gmail.com"),
        ("ilze@googlemail.com", "ilze@gmail.com"),
        ("ilze@ēka.lv", "ilze@xn--ka-vma.lv"),
        (f"x@{'ā' * 100}.lv", f"x@{'ā' * 100}.lv"),
        ("no address", "@no address"),
        ("+@people.example", "+@people.example"),
    ],
)
def test_one_mailbox_is_one_person(written: str, stands_for: str) -> None:
    assert addresses.canonical(written) == stands_for


def test_names_that_nobody_can_own_are_taken_for_trial_only(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert addresses.checked("ilze@people.example") == "ilze@people.example"
    assert addresses.checked("ilze@people.test") == "ilze@people.test"
    real = replace(config.settings(), testing=False, demo=False)
    monkeypatch.setattr(config, "_current", [real])
    for address in ("ilze@people.example", "ilze@people.test"):
        with pytest.raises(Invalid):
            addresses.checked(address)
    assert addresses.checked("ilze@pasts.lv") == "ilze@pasts.lv"


def test_an_address_is_veiled_but_recognised() -> None:
    assert addresses.veiled("ilze@people.example") == "i…e@people.example"
    assert addresses.veiled("ab@people.example") == "a…@people.example"


@pytest.mark.parametrize("path", ["/", "/lv/", "/lv/proposals/OGP5-0042/?page=2#c-7", "/lv/%C4%93"])
def test_an_address_of_this_site_is_one_to_go_back_to(path: str) -> None:
    assert proofs.local_path(path) == path


def test_a_code_has_six_digits_and_its_hash_belongs_to_one_request(app: Flask) -> None:
    codes = {proofs.new_code() for _time in range(200)}
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) > 190
    assert proofs.code_hash("a", "123456") != proofs.code_hash("b", "123456")


def test_verification_is_offered_only_where_a_provider_is_configured(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [provider.key for provider in identity.PROVIDERS] == ["email"]
    assert not identity.offers_verification()

    class ElectronicIdentity:
        key, assurance = "eid", Assurance.HIGH

    monkeypatch.setattr(identity, "PROVIDERS", [*identity.PROVIDERS, ElectronicIdentity()])
    assert identity.offers_verification()
    html = app.test_client().get("/en/help").get_data(as_text=True)
    assert "proven identity" in html


def test_the_mail_provider_begins_where_the_address_is_asked(app: Flask) -> None:
    [provider] = identity.PROVIDERS
    with app.test_request_context("/lv/"):
        assert provider.begin("/lv/help") == "/en/sign-in?return_to=%2Flv%2Fhelp"
        assert provider.begin("//evil.example") == "/en/sign-in?return_to="
        assert provider.complete({"link": "nobody made this"}) is None
