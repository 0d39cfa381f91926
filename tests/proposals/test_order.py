"""The order of display: exactly fair, stable, and in the address."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from app.proposals.order import Place, hour_of, place_from, shown, somewhere

NOW = datetime(2027, 5, 6, 12, 30, tzinfo=UTC)
IDS = [3, 8, *range(20, 65), 900]


def page(start: int, *, hour: int = 7, first: int = 0, ids: list[int] = IDS) -> list[int]:
    return shown(ids, Place(hour, start), campaign_id=1, first=first, size=20)


def test_every_proposal_is_on_the_first_page_of_exactly_as_many_places() -> None:
    shares = Counter(number for start in range(len(IDS)) for number in page(start))
    assert set(shares) == set(IDS)
    assert set(shares.values()) == {20}


def test_every_proposal_stands_in_each_row_of_the_first_page_equally_often() -> None:
    for row in range(20):
        assert set(Counter(page(start)[row] for start in range(len(IDS))).values()) == {1}


def test_reading_on_shows_every_proposal_once() -> None:
    pages = [number for first in range(0, len(IDS), 20) for number in page(17, first=first)]
    assert sorted(pages) == sorted(IDS)


def test_each_hour_has_its_own_permutation_and_each_campaign_too() -> None:
    assert page(0, hour=7) != page(0, hour=8)
    assert shown(IDS, Place(7, 0), campaign_id=2, first=0, size=48) != shown(
        IDS, Place(7, 0), campaign_id=1, first=0, size=48
    )


def test_when_one_is_hidden_the_others_keep_their_order() -> None:
    whole = shown(IDS, Place(7, 0), campaign_id=1, first=0, size=48)
    fewer = shown([n for n in IDS if n != 30], Place(7, 0), campaign_id=1, first=0, size=48)
    assert fewer == [number for number in whole if number != 30]


def test_a_place_survives_its_address_for_some_hours() -> None:
    place = somewhere(48, NOW)
    assert 0 <= place.start < 48
    assert place_from(str(place), NOW) == place
    assert place_from(str(place), NOW + timedelta(hours=6)) == place
    assert place_from(str(place), NOW + timedelta(hours=7)) is None
    assert place_from(str(Place(hour_of(NOW) + 1, 3)), NOW) is None


@pytest.mark.parametrize("words", [None, "", "x", "-1", "1-", "1-2-3", "9" * 40 + "-1", "1-2\n"])
def test_nonsense_is_no_place(words: str | None) -> None:
    assert place_from(words, NOW) is None


def test_of_nothing_nothing_is_shown() -> None:
    assert page(0, ids=[]) == []
    assert somewhere(0, NOW).start == 0
