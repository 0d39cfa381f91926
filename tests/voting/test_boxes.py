import dataclasses
import hashlib
import json

import pytest

from app.voting import boxes
from app.voting.boxes import Choice, Receipt

KEY, OTHER = bytes(range(32)), bytes(32)
CHOICE = Choice(17, "OGP5-0042", "ab" * 32, "ilze@people.example")


def test_canonical_json_is_as_rfc_8785_writes_it() -> None:
    assert boxes.canonical({"b": 1, "a": 'ā"\\\n', "c": ["x"]}) == (
        '{"a":"ā\\"\\\\\\n","b":1,"c":["x"]}'.encode()
    )


def test_what_is_sealed_can_be_opened_with_the_same_key_and_tag_only() -> None:
    tag = boxes.tag_of(KEY, 17, "OGP5-0042")
    box = boxes.seal(KEY, tag, CHOICE)
    assert boxes.unseal(KEY, tag, box) == CHOICE
    for key, name, content in (
        (OTHER, tag, box),
        (KEY, boxes.tag_of(KEY, 17, "OGP5-0043"), box),
        (KEY, tag, box[:-1] + bytes([box[-1] ^ 1])),
        (KEY, tag, b""),
    ):
        with pytest.raises(boxes.BoxBroken):
            boxes.unseal(key, name, content)


def test_no_two_boxes_of_the_same_choice_are_alike() -> None:
    tag = boxes.tag_of(KEY, 17, "OGP5-0042")
    assert boxes.seal(KEY, tag, CHOICE) != boxes.seal(KEY, tag, CHOICE)


def test_a_box_is_as_long_for_every_proposal() -> None:
    """Otherwise its size would say something of what lies in it."""
    lengths = {
        len(boxes.seal(KEY, b"", dataclasses.replace(CHOICE, proposal=reference)))
        for reference in ("T1-0001", "OGP5-0042", "OGP5-12345", "X" * 32)
    }
    assert len(lengths) == 1


def test_a_tag_tells_people_and_proposals_apart() -> None:
    pairs = [(person, f"T-{number:04}") for person in range(30) for number in range(30)]
    assert len({boxes.tag_of(KEY, *pair) for pair in pairs}) == 900


def test_the_commitment_can_be_reckoned_from_the_receipt_by_anyone() -> None:
    receipt = Receipt("ogp5", CHOICE, is_new=True)
    kept = json.loads(receipt.as_file())
    opening = json.dumps({"salt": kept["salt"], "to": kept["to"]}, separators=(",", ":"))
    nonce = hashlib.sha256(opening.encode()).hexdigest()
    slip = f'{{"campaign":"ogp5","nonce":"{nonce}","proposal":"OGP5-0042","v":1}}'
    assert kept["nonce"] == nonce
    assert kept["commitment"] == hashlib.sha256(slip.encode()).hexdigest() == receipt.commitment
    assert receipt.code == kept["commitment"][:12]


def test_salts_are_never_the_same() -> None:
    salts = {boxes.new_choice(1, "T-0001", to="a@b.example").salt for _ in range(1000)}
    assert len(salts) == 1000
    assert {len(salt) for salt in salts} == {64}
