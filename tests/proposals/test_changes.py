"""The difference between two wordings can be read, and leads from one to the other."""

import time

import pytest

from app.proposals.changes import between, pieces
from app.proposals.texts import Text


def test_words_are_added_and_removed_where_they_stand() -> None:
    assert pieces("Katram ir adrese", "Katram projektam ir pastāvīga adrese") == [
        ("same", "Katram "),
        ("added", "projektam "),
        ("same", "ir "),
        ("added", "pastāvīga "),
        ("same", "adrese"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "viss jauns"),
        ("viss vecs", ""),
        ("viens divi\n\ntrīs", "divi trīs\n\nčetri"),
        ("v" * 5000, "v" * 4999),
        ("vārds " * 3000, "vārds " * 2990 + "cits"),
        ("<b>1</b>", "<i>1</i>"),
        ("שלום עולם", "עולם שלום"),
    ],
)
def test_both_texts_can_be_read_out_of_the_pieces(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(text for kind, text in found if kind != "added") == before
    assert "".join(text for kind, text in found if kind != "removed") == after


def test_values_are_compared_too() -> None:
    changes = between(
        Text("T", "s", "r", ("transparency",)), Text("T", "s", "r", ("accountability",))
    )
    assert changes.values_added == ("accountability",)
    assert changes.values_removed == ("transparency",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 2490, "b " + "a " * 2480),
        ("a b " * 1240, "b a " * 1240),
        ("a\n" * 2490, "b\n" + "a\n" * 2480 + "c\nd"),
    ],
)
def test_a_text_made_to_be_slow_is_not(before: str, after: str) -> None:
    began = time.process_time()
    found = pieces(before, after)
    assert time.process_time() - began < 0.5
    assert "".join(text for kind, text in found if kind != "removed") == after
