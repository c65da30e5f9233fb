"""A user's location words mean an area, and a place lies inside it, outside it, or cannot be told."""

import pytest

from alerts.model.posting import Place
from alerts.normalise.areas import Area, area, within
from alerts.normalise.places import parse
from alerts.normalise.reach import scope_allows


def known(words: str) -> Area:
    found = area(words)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Canada", ("CA",)),
        ("Texas", ("US-TX",)),
        ("Bayern", ("DE-Bavaria",)),
        ("EU", ("EU",)),
        ("LatAm", ("LATAM",)),
        ("weltweit", ("WORLD",)),
    ],
)
def test_countries_regions_and_zones_are_codes(words: str, codes: tuple[str, ...]) -> None:
    assert known(words).codes == codes


@pytest.mark.parametrize(
    ("words", "km"),
    [("50 km of Toronto", 50.0), ("Toronto ± 50km", 50.0), ("within 20 km around Köln", 20.0), ("30 miles from Boston", 48.28)],
)
def test_a_circle_has_a_centre_and_a_size(words: str, km: float) -> None:
    circle = known(words)
    assert circle.centre is not None
    assert circle.km == pytest.approx(km, abs=0.01)


def test_words_that_name_nothing_are_no_area() -> None:
    assert area("xyzzy plugh") is None


@pytest.mark.parametrize(
    ("place", "words", "answer"),
    [
        ("Berlin", "Germany", True),
        ("Berlin", "DACH", True),
        ("Berlin", "EU", True),
        ("London", "EU", False),
        ("London", "Europe", True),
        ("Austin, TX", "Texas", True),
        ("Reno, NV", "Texas", False),
        ("United States", "Texas", None),
        ("Mississauga, ON", "50 km of Toronto", True),
        ("Ottawa", "50 km of Toronto", False),
        ("Canada", "50 km of Toronto", None),
        ("Canada", "Toronto", None),
        ("Toronto", "Toronto", True),
        ("Montreal", "Toronto", False),
        ("Tokyo", "Worldwide", True),
    ],
)
def test_a_place_is_inside_outside_or_unknown(place: str, words: str, answer: bool | None) -> None:
    (found,) = parse(place)
    assert within(found, known(words)) is answer


def test_an_unread_place_cannot_be_told() -> None:
    assert within(Place("Zone 7"), known("Germany")) is None


@pytest.mark.parametrize(
    ("scope", "excluded", "words", "answer"),
    [
        (("WORLD",), (), "Brazil", True),
        (("EU",), (), "Germany", True),
        (("EU",), (), "Switzerland", False),
        (("EMEA",), (), "Lagos", True),
        (("US",), (), "New York", True),
        (("US-CA",), (), "California", True),
        (("US-CA",), (), "Texas", False),
        (("US-CA",), (), "United States", None),
        (("US",), ("US-CO",), "Colorado", False),
        ((), ("US-CO",), "Texas", None),
        ((), (), "Germany", None),
        (("TZ:CET",), (), "Poland", True),
        (("TZ:CET",), (), "Japan", None),
        (("DE", "AT"), (), "DACH", True),
    ],
)
def test_can_i_do_this_remote_job_from_there(
    scope: tuple[str, ...], excluded: tuple[str, ...], words: str, answer: bool | None
) -> None:
    assert scope_allows(scope, excluded, known(words)) is answer
