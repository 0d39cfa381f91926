"""Reading a consultation that was held on Polis: statements, and who said what to them.

The export format is that of compdemocracy.org/polis: ``comments.csv``, ``votes.csv`` and
``summary.csv``. Whatever cannot be read is named with its file and line.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.foundation.text import clean_line

COMMENTS = ("timestamp", "comment-id", "author-id", "moderated", "comment-body")
VOTES = ("timestamp", "comment-id", "voter-id", "vote")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_YEAR_IN_MILLISECONDS = 4_102_444_800_000
"""1 January 2100: a moment after it is a mistake."""
LONGEST_STATEMENT = 10_000

AGREE, PASS, DISAGREE = 1, 0, -1
HIDDEN, NOT_LOOKED_AT, SHOWN = -1, 0, 1


class CannotBeRead(Exception):
    """The files cannot be taken as they are; the sentence says which line is wrong, and how."""


@dataclass(frozen=True)
class Statement:
    number: int
    author: int
    at: datetime
    text: str
    stands: bool
    """False when it was moderated out."""


@dataclass(frozen=True)
class Consultation:
    """A consultation as it ended."""

    topic: str
    statements: Sequence[Statement]
    agreements: Mapping[int, Sequence[int]]
    """For each participant, the statements they agreed with in the end, lowest first. Whoever
    only wrote, or agreed with nothing, is there too."""
    began_at: datetime
    ended_at: datetime
    """The first moment after everything that was said."""

    def final_counts(self) -> dict[int, int]:
        """How many agreed with each statement in the end."""
        counts = dict.fromkeys((statement.number for statement in self.statements), 0)
        for agreed in self.agreements.values():
            for number in agreed:
                counts[number] += 1
        return counts


def read(folder: Path) -> Consultation:
    """The consultation in this folder. Raises CannotBeRead."""
    statements = _statements(folder / "comments.csv")
    if not statements:
        raise CannotBeRead("comments.csv holds no statement.")
    known = {statement.number for statement in statements}
    final, first, last = _final_votes(folder / "votes.csv", known)
    people = {voter for voter, _ in final} | {statement.author for statement in statements}
    agreements: dict[int, list[int]] = {person: [] for person in sorted(people)}
    for (voter, number), vote in sorted(final.items()):
        if vote == AGREE:
            agreements[voter].append(number)
    moments = [_moment(at) for at in (first, last) if at is not None]
    moments += [statement.at for statement in statements]
    return Consultation(
        topic=_topic(folder / "summary.csv"),
        statements=sorted(statements, key=lambda statement: statement.number),
        agreements=agreements,
        began_at=min(moments),
        ended_at=max(moments) + timedelta(milliseconds=1),
    )


def _statements(path: Path) -> list[Statement]:
    statements: dict[int, Statement] = {}
    for row in _rows(path, COMMENTS):
        number = row.number_from("comment-id")
        if number in statements:
            raise row.fault(f"statement {number} stands here a second time")
        text = clean_line(row["comment-body"])
        if not text:
            raise row.fault("the statement is empty")
        if len(text) > LONGEST_STATEMENT:
            raise row.fault(f"the statement is longer than {LONGEST_STATEMENT} characters")
        moderated = row.number_from("moderated", among=(HIDDEN, NOT_LOOKED_AT, SHOWN))
        statements[number] = Statement(
            number,
            row.number_from("author-id"),
            _moment(row.milliseconds()),
            text,
            stands=moderated != HIDDEN,
        )
    return list(statements.values())


def _final_votes(
    path: Path, statements: set[int]
) -> tuple[dict[tuple[int, int], int], int | None, int | None]:
    """The last vote of each participant on each statement; ties in time fall to the later row.

    Also the first and the last moment, if there was any vote.
    """
    final: dict[tuple[int, int], tuple[int, int]] = {}
    first = last = None
    for row in _rows(path, VOTES):
        at = row.milliseconds()
        number = row.number_from("comment-id")
        if number not in statements:
            raise row.fault(f"there is no statement {number} in comments.csv")
        voter = row.number_from("voter-id")
        vote = row.number_from("vote", among=(AGREE, PASS, DISAGREE))
        earlier = final.get((voter, number))
        if earlier is None or at >= earlier[0]:
            final[voter, number] = (at, vote)
        first = at if first is None else min(first, at)
        last = at if last is None else max(last, at)
    return {key: vote for key, (_, vote) in final.items()}, first, last


def _topic(path: Path) -> str:
    """What it was about, if the export says so."""
    if not path.exists():
        return ""
    for line in csv.reader(io.StringIO(_text(path))):
        if line[:1] == ["topic"] and len(line) > 1:
            return clean_line(line[1])
    return ""


@dataclass(frozen=True)
class _Row:
    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, what: str) -> CannotBeRead:
        return CannotBeRead(f"{self.file}, line {self.line}: {what}. Nothing was imported.")

    def number_from(self, column: str, among: Sequence[int] = ()) -> int:
        word = self.cells[column].strip()
        digits = word.removeprefix("-")
        if not digits.isascii() or not digits.isdecimal() or len(digits) > 15:
            raise self.fault(f"{column} must be a whole number, not {word[:40]!r}")
        number = int(word)
        if among and number not in among:
            choices = ", ".join(str(choice) for choice in among)
            raise self.fault(f"{column} must be one of {choices}, not {number}")
        if not among and number < 0:
            raise self.fault(f"{column} cannot be negative")
        return number

    def milliseconds(self) -> int:
        number = self.number_from("timestamp")
        if number >= LAST_YEAR_IN_MILLISECONDS:
            raise self.fault("timestamp must be in milliseconds since 1970, and before 2100")
        return number


def _rows(path: Path, columns: Sequence[str]) -> Iterator[_Row]:
    """The rows of a file, each with the number of the line that it begins on."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    begins = 1
    try:
        header = next(reader, [])
        for column in columns:
            if column not in header:
                raise CannotBeRead(f"{path.name}, line 1: the column {column} is missing.")
        begins = reader.line_num + 1
        for cells in reader:
            row = _Row(path.name, begins, dict(zip(header, cells, strict=False)))
            if cells and len(cells) != len(header):
                raise row.fault(f"{len(header)} fields are expected, here are {len(cells)}")
            if cells:
                yield row
            begins = reader.line_num + 1
    except csv.Error as problem:
        raise CannotBeRead(
            f"{path.name}, line {begins}: {problem}. Nothing was imported."
        ) from problem


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise CannotBeRead(f"{path.name} cannot be read: {problem.strerror}.") from problem
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise CannotBeRead(
            f"{path.name}, line {line}: this is not UTF-8 text. Nothing was imported."
        ) from problem


def _moment(milliseconds: int) -> datetime:
    return EPOCH + timedelta(milliseconds=milliseconds)
