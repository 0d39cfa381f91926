"""What people and institutions wrote: kept clean, in one language or several."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Dialect
from sqlalchemy.types import TypeDecorator

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_BLANKS = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r"\n{3,}")


def clean(text: str | None) -> str:
    """A text as it is kept: NFC, no invisible or direction-turning characters, plain blanks.

    U+200D stays: it holds emoji together. Line ends become ``\\n``, at most one line empty.
    """
    text = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n")
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text))
    lines = (line.strip() for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


def clean_line(text: str | None) -> str:
    """A text of one line, cleaned."""
    return " ".join(clean(text).split())


@dataclass(frozen=True)
class Wording:
    """One wording of a text, knowing what it is, so that a page can say so."""

    text: str
    language: str
    is_original: bool

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class LocalizedText:
    """A text in its original language, with wordings in others."""

    original_language: str
    wordings: Mapping[str, str]

    @classmethod
    def of(cls, original_language: str, **wordings: str) -> "LocalizedText":
        """As in ``LocalizedText.of("lv", lv="Tēma", en="Theme")``; empty wordings are left out."""
        return cls(original_language, {code: text for code, text in wordings.items() if text})

    def best_for(self, language: str) -> Wording:
        """The wording in this language, else the original, else whatever there is."""
        for candidate in (language, self.original_language, *self.wordings):
            if text := self.wordings.get(candidate):
                return Wording(text, candidate, candidate == self.original_language)
        return Wording("", self.original_language, True)

    def __bool__(self) -> bool:
        return any(self.wordings.values())


class LocalizedTextType(TypeDecorator[LocalizedText]):
    """Stores a LocalizedText as JSON: {"original": "lv", "lv": "…", "en": "…"}."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: LocalizedText | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return {"original": value.original_language, **value.wordings}

    def process_result_value(self, value: Any, dialect: Dialect) -> LocalizedText | None:
        if value is None:
            return None
        wordings = dict(value)
        return LocalizedText(wordings.pop("original"), wordings)
