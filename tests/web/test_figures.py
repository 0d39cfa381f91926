"""Numbers as each language writes them."""

import pytest

from app.web import figures


@pytest.mark.parametrize(
    ("language", "four", "five", "fraction", "share"),
    [
        ("lv", "1204", "41\u00a0873", "6,7", "71\u00a0%"),
        ("lt", "1\u00a0204", "41\u00a0873", "6,7", "71\u00a0%"),
        ("en", "1,204", "41,873", "6.7", "71%"),
    ],
)
def test_numbers_follow_the_language(
    language: str, four: str, five: str, fraction: str, share: str
) -> None:
    assert figures.number(1204, language=language) == four
    assert figures.number(41_873, language=language) == five
    assert figures.decimal(6.71, language=language) == fraction
    assert figures.percent(0.713, language=language) == share


def test_a_column_of_measures_keeps_its_zeros() -> None:
    assert figures.decimal(4, language="lv") == "4,0"
    assert figures.decimal(4, language="lv", places=0) == "4"
