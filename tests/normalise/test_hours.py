"""Time zones and lists of states narrow where a remote job may be done."""

import pytest

from alerts.model.raw import RawPlace
from alerts.normalise import reach, scope
from alerts.normalise.areas import area

US = (RawPlace("Remote - US"),)


def scope_of(text: str, raw: tuple[RawPlace, ...] = US) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return scope.read((), raw, (), "Nurse", text, ("remote",))[:2]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Candidates must live in the Mountain time zone.", ("US", "TZ:MST")),
        ("Working hours: within EST or PST.", ("US", "TZ:EST", "TZ:PST")),
        ("You must be within two hours of CET.", ("US", "TZ:CET")),
        ("Time zone: UTC-6 to UTC-5.", ("US", "TZ:CST", "TZ:EST")),
        ("Eligible states: OR, ID and MT.", ("US-OR", "US-ID", "US-MT")),
        ("We hire in the following states: Iowa, Ohio, Maine.", ("US-IA", "US-OH", "US-ME")),
        ("Our teams work across many time zones.", ("US",)),
        ("Applications close at 5 pm EST on the last day of May.", ("US",)),
        ("The pay range for Ohio and Maine residents is $50k.", ("US",)),
        ("Residents of Maine will see a range of $50k to $60k.", ("US",)),
        ("States we hire in: CO, TN, VA.", ("US-CO", "US-TN", "US-VA")),
        ("We are unable to hire in Ohio, Maine or Utah.", ("US",)),
    ],
)
def test_zones_and_states_narrow_the_place(text: str, wanted: tuple[str, ...]) -> None:
    assert scope_of(text)[0] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Excluding residents of Utah.", ("US-UT",)),
        ("Open to all states but Ohio.", ("US-OH",)),
        ("We hire in the US except: Alaska, Hawaii and Maine.", ("US-AK", "US-HI", "US-ME")),
        ("We cannot employ people in Quebec.", ("CA-QC",)),
        ("This role cannot be performed in Colorado, Texas or Nevada.", ("US-CO", "US-TX", "US-NV")),
        ("We are unable to hire in Ohio, Maine or Utah.", ("US-OH", "US-ME", "US-UT")),
    ],
)
def test_states_are_excluded(text: str, wanted: tuple[str, ...]) -> None:
    assert scope_of(text)[1] == wanted


@pytest.mark.parametrize(
    ("codes", "where", "wanted"),
    [
        (("US", "TZ:EST"), "Boston", True),
        (("US", "TZ:EST"), "Seattle", None),
        (("US", "TZ:EST"), "United States", True),
        (("US", "TZ:GMT"), "Seattle", None),
        (("TZ:CET", "TZ:EET"), "Athens", True),
        (("US", "TZ:EST"), "Berlin", False),
    ],
)
def test_who_keeps_other_hours_is_not_certain(codes: tuple[str, ...], where: str, wanted: bool | None) -> None:
    found = area(where)
    assert found
    assert reach.scope_allows(codes, (), found) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Time zones between GMT and GMT+3.", ("TZ:GMT", "TZ:CET", "TZ:EET")),
        ("Must overlap with UTC-8 to UTC-5.", ("TZ:PST", "TZ:MST", "TZ:CST", "TZ:EST")),
        ("Only in UTC+1.", ("TZ:CET",)),
    ],
)
def test_offsets_from_utc_are_a_range(text: str, wanted: tuple[str, ...]) -> None:
    assert scope_of(text, (RawPlace("Remote"),))[0] == wanted
