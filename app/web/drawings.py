"""Pictures that are too intricate for a macro, as numbers; templates draw them."""

from collections.abc import Sequence

MOST_THREADS = 120
PITCH = 1.9
"""How far threads that belong together lie apart."""
ROW = 100.0


def weave(counts: Sequence[int]) -> str:
    """The path of many threads that come in from the left and go out as one cord per count.

    It is 600 wide and as high as there are cords, 100 each. The threads begin in an order that
    is shuffled by arithmetic alone, so that the same counts always give the same picture.
    """
    drawn = _at_most(counts, MOST_THREADS)
    total, height = sum(drawn), ROW * len(drawn)
    begins = [height * (0.02 + 0.96 * (thread + 0.5) / max(total, 1)) for thread in range(total)]
    ends = [
        (cord + 0.5) * ROW + (thread - (count - 1) / 2) * PITCH
        for cord, count in enumerate(drawn)
        for thread in range(count)
    ]
    path = []
    for thread, end in enumerate(ends):
        start = begins[_shuffled(thread, total)]
        bend = 210 + (thread * 37) % 100 - 40
        path.append(f"M0 {start:.0f}C{bend} {start:.0f} 260 {end:.1f} 560 {end:.1f}H600")
    return "".join(path)


def _at_most(counts: Sequence[int], most: int) -> list[int]:
    """The same proportions with fewer threads where there are very many; none disappears."""
    total = sum(counts)
    if total <= most:
        return list(counts)
    return [max(1, round(count * most / total)) if count else 0 for count in counts]


def _shuffled(place: int, total: int) -> int:
    """Another place for each place; a step that has no divisor in common with all of them."""
    step = next(prime for prime in (7, 11, 13, 17, 19) if total % prime)
    return place * step % total
