"""The flow of a campaign as a picture: one thread per proposal, or per so many. Pure geometry.

Threads run from publication through the vote to where each ended. Coordinates are plain
numbers; words are the template's. The same ways are drawn across for wide pages and down for
phones. Nothing is random: the same flow gives the same picture.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.trace.flow import End, EndKind, Flow

MOST_THREADS = 420


@dataclass(frozen=True)
class Style:
    """How closely threads lie, and where the stages stand along the way."""

    pitch: float
    stages: tuple[float, float, float, float, float]
    gap: float
    """Between two ends."""
    cut: float
    """Between what goes on to the group and what does not."""
    stop: tuple[float, float]
    """How far a thread that stops runs on: along, across."""


ACROSS = Style(1.6, (0, 270, 540, 840, 866), 40, 30, (46, 24))
DOWN = Style(0.6, (0, 150, 285, 420, 440), 10, 10, (34, 10))

Point = tuple[float, float]
"""Along the way, and across it."""


@dataclass(frozen=True)
class Mark:
    """Where the threads of one end arrive."""

    end: End
    first: float
    last: float

    @property
    def middle(self) -> float:
        return round((self.first + self.last) / 2, 1)

    @property
    def radius(self) -> float:
        return round(max(7.0, (self.last - self.first) / 2 + 2), 1)


@dataclass(frozen=True)
class Picture:
    width: float
    """Of the bundle, across the way."""
    stages: tuple[float, ...]
    into: str
    """The path of all threads that end in a commitment."""
    rest: str
    stopped: str
    """Withdrawn and hidden."""
    marks: Sequence[Mark]
    stop: Point | None
    """Where the last of the stopped ends."""
    one_stands_for: int
    """So many proposals is one thread."""


@dataclass
class _Lane:
    end: End
    threads: int
    start: float = 0.0
    paths: list[str] = field(default_factory=list)


def drawn(flow: Flow, style: Style, *, downwards: bool) -> Picture:
    """The picture of a flow; a flow of nothing has no threads."""
    per_thread = max(1, -(-flow.total // MOST_THREADS))
    lanes = [_Lane(end, max(1, round(end.total / per_thread))) for end in flow.ends if end.total]
    going = [lane for lane in lanes if lane.end in flow.standing]
    stopping = [lane for lane in lanes if lane.end not in flow.standing]
    width = _lay_out(going, style)
    count = sum(lane.threads for lane in lanes)
    base = max(0.0, (width - count * style.pitch) / 2)
    begin = _spread(count)
    place, stop = 0, None
    for lane in going:
        for thread in range(lane.threads):
            first = base + begin[place] * style.pitch
            middle = base * 0.6 + place * style.pitch
            chosen = thread < round(lane.threads * lane.end.shortlisted / lane.end.total)
            second = base * 0.3 + place * style.pitch + (0 if chosen else style.cut)
            last = lane.start + (thread + 0.5) * style.pitch
            x = style.stages
            points = [
                (x[0], first),
                (x[1], middle),
                (x[2], second),
                (x[3], last),
                (x[4], last),
            ]
            lane.paths.append(_path(points, downwards=downwards))
            place += 1
    for lane in stopping:
        for _thread in range(lane.threads):
            first = base + begin[place] * style.pitch
            middle = base * 0.6 + place * style.pitch + style.stop[1]
            stop = (style.stages[1] + style.stop[0], middle + style.stop[1])
            points = [(style.stages[0], first), (style.stages[1], middle), stop]
            lane.paths.append(_path(points, downwards=downwards))
            place += 1
    return Picture(
        width=round(max(width, (stop[1] if stop else 0.0) + style.gap, style.gap), 1),
        stages=style.stages,
        into="".join(_paths(going, is_adopted=True)),
        rest="".join(_paths(going, is_adopted=False)),
        stopped="".join(path for lane in stopping for path in lane.paths),
        marks=[
            Mark(lane.end, round(lane.start, 1), round(lane.start + lane.threads * style.pitch, 1))
            for lane in going
        ],
        stop=stop,
        one_stands_for=per_thread,
    )


def _lay_out(lanes: Sequence[_Lane], style: Style) -> float:
    """Give each end its place; the width of them all."""
    at = style.gap / 2
    for lane in lanes:
        lane.start = at
        at += lane.threads * style.pitch + style.gap
    return at


def _spread(count: int) -> list[int]:
    """Where the threads begin: mixed, for whoever publishes first ends anywhere."""
    if count < 3:
        return list(range(count))
    step = next(
        step for step in range(int(count * 0.618), 2 * count) if _shares_nothing(step, count)
    )
    return [(place * step) % count for place in range(count)]


def _shares_nothing(one: int, other: int) -> bool:
    while other:
        one, other = other, one % other
    return one == 1


def _paths(lanes: Sequence[_Lane], *, is_adopted: bool) -> Iterator[str]:
    for lane in lanes:
        if (lane.end.kind is EndKind.COMMITMENT) is is_adopted:
            yield from lane.paths


def _path(points: Sequence[Point], *, downwards: bool) -> str:
    """A thread through points as smooth curves, in relative steps: those repeat, so they pack."""

    def pair(along: float, across: float) -> str:
        one, two = (across, along) if downwards else (along, across)
        return f"{_short(one)} {_short(two)}"

    (along, across), *others = points
    path, at = f"M{pair(along, across)}", (along, round(across, 1))
    for point in others:
        further, aside = point[0] - at[0], round(point[1] - at[1], 1)
        if aside:
            path += f"c{pair(further / 2, 0)} {pair(further / 2, aside)} {pair(further, aside)}"
        else:
            path += f"{'v' if downwards else 'h'}{_short(further)}"
        at = (point[0], round(at[1] + aside, 1))
    return path


def _short(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
