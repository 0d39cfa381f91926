"""Every marked sentence has been worded in every language, by a person and to the end."""

import io
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

LANGUAGES = ("lv", "lt", "en")

KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "_n": (1, 2),
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@cache
def marked() -> frozenset[str]:
    """Every sentence that the sources mark for translation."""
    mapping = io.StringIO(Path("babel.cfg").read_text())
    methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = extract_from_dir(
        ".", method_map=methods, options_map=options, keywords=KEYWORDS, comment_tags=()
    )
    return frozenset(text if isinstance(text, str) else text[0] for _, _, text, _, _ in found)


def catalogue(language: str) -> Catalog:
    with Path(f"translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language)


def faults(message: Message, language: str) -> list[str]:
    """What is wrong with one wording. English is the source: it needs wordings for plurals."""
    words = message.string if isinstance(message.string, list | tuple) else (message.string,)
    found = ["is a guess (fuzzy)"] if message.fuzzy else []
    if not all(words) and (language != "en" or message.pluralizable):
        found.append("is not worded")
    return found + [str(error) for error in message.check()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marked_sentence_is_worded(language: str) -> None:
    sentences = marked()
    assert sentences, "no sentence was found: does babel.cfg still fit?"
    known = catalogue(language)
    assert sorted(sentence for sentence in sentences if known.get(sentence) is None) == []
    wrong = {
        str(message.id): problems
        for message in known
        if message.id and (problems := faults(message, language))
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_wording_outlives_its_sentence(language: str) -> None:
    ids = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue(language) if m.id}
    assert sorted(ids - marked()) == []


def test_an_unworded_and_a_guessed_sentence_are_found() -> None:
    assert faults(Message("Vote", ""), "lv") == ["is not worded"]
    assert faults(Message("Vote", "Balso", flags=("fuzzy",)), "lv") == ["is a guess (fuzzy)"]
    assert faults(Message("Vote", "Balso"), "lv") == []
    assert faults(Message("%(n)s votes", "%(m)s balsis", flags=("python-format",)), "lv") != []
