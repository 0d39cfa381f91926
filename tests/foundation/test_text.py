"""What people wrote, kept clean."""

import pytest

from app.foundation.lemmas import fold, lemmas
from app.foundation.markdown import to_html
from app.foundation.text import LocalizedText, clean, clean_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  divi   vārdi ", "divi vārdi"),
        ("rinda\r\nrinda\rrinda", "rinda\nrinda\nrinda"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("ne\u200bre\u00addz\u202eams", "neredzams"),
        ("a\u0304", "ā"),
        ("\x00null\x07", "null"),
        ("👩\u200d👧", "👩\u200d👧"),
        (None, ""),
    ],
)
def test_a_text_is_cleaned_of_what_nobody_sees(typed: str | None, kept: str) -> None:
    assert clean(typed) == kept


def test_a_line_has_no_line_ends() -> None:
    assert clean_line("viens\n divi\r\n\r\ntrīs") == "viens divi trīs"


def test_a_text_is_worded_in_the_readers_language_else_in_its_own() -> None:
    text = LocalizedText.of("lv", lv="Tēma", en="Theme")
    assert (text.best_for("en").text, text.best_for("en").is_original) == ("Theme", False)
    assert (text.best_for("lt").text, text.best_for("lt").language) == ("Tēma", "lv")


def test_an_empty_text_is_no_error() -> None:
    assert LocalizedText.of("lv").best_for("en").text == ""


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '"><svg onload=alert(1)>',
        "[x](javascript:alert(1))",
        "![x](https://tracker.example/i.png)",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_peoples_markdown_cannot_carry_markup_that_acts(attack: str) -> None:
    html = str(to_html(attack)).lower()
    assert "<script" not in html
    assert "<svg" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_plain_marks_of_writing_survive() -> None:
    html = str(to_html("**svarīgi** un [saite](https://example.org)\n\n- viens\n- divi"))
    assert "<strong>svarīgi</strong>" in html
    assert 'rel="nofollow ugc noopener"' in html
    assert html.count("<li>") == 2


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("atklātības", "atklātība", "lv"),
        ("priekšlikumiem", "priekšlikums", "lv"),
        ("pašvaldībās", "pašvaldība", "lv"),
        ("pasiūlymams", "pasiūlymas", "lt"),
        ("savivaldybėse", "savivaldybė", "lt"),
    ],
)
def test_inflected_words_meet(one: str, other: str, language: str) -> None:
    assert lemmas(one, language) == lemmas(other, language)


def test_diacritics_are_folded() -> None:
    assert fold("Įsipareigojimas SABIEDRĪBA") == "isipareigojimas sabiedriba"
