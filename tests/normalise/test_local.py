"""A remote job that demands to live near a town is open in the state or country of that town, and the sentence says so."""

from datetime import UTC, datetime

import pytest

from alerts.model.raw import RawPlace, RawPosting
from alerts.normalise.posting import normalise

NOW = datetime(2026, 3, 2, tzinfo=UTC)
DEMANDS = {
    "All applicants must be local to the Twin Cities.": ("US-MN",),
    "You must live within commuting distance of Denver, CO.": ("US-CO",),
    "Candidates must reside in the Austin area.": ("US-TX",),
    "You need to be located in the Greater Boston area.": ("US-MA",),
    "The role requires you to live within 50 miles of St. Louis, MO.": ("US-MO",),
    "Applicants must be within a 30 minute drive of Leeds.": ("GB",),
    "Must be in the Denver metro area.": ("US-CO",),
    "Candidates have to live near Calgary, Alberta.": ("CA-AB",),
    "It is open to candidates within commuting distance of Atlanta.": ("US-GA",),
    "You must be based in Lisbon or Porto.": ("PT",),
    "Candidates must be located near Portland, Oregon or Portland, Maine.": ("US-OR", "US-ME"),
    "You must reside in the Bay Area.": ("US-CA",),
}
OTHERS = [
    "You do not need to live in Boston.",
    "You don't have to be local to Chicago.",
    "You must be local to our office.",
    "We help customers within commuting distance of Boston.",
    "You must be located in Harmony with our values.",
]


def _read(sentence: str, *, place: str = "", remote: str = "This is a fully remote role.") -> tuple[tuple[str, ...], str | None]:
    places = (RawPlace(place),) if place else ()
    raw = RawPosting("1", "https://example.org/1", "Nurse", "Acme", places=places, text=f"{remote} {sentence} Apply now.")
    posting = normalise(raw, source="test", now=NOW)
    why = posting.evidence.get("remote_scope")
    return posting.remote_scope, why.words if why else None


@pytest.mark.parametrize(("sentence", "wanted"), DEMANDS.items())
def test_a_demand_to_live_near_a_town_is_the_scope(sentence: str, wanted: tuple[str, ...]) -> None:
    assert _read(sentence) == (wanted, sentence)


@pytest.mark.parametrize("sentence", OTHERS)
def test_other_words_of_towns_are_no_demand(sentence: str) -> None:
    assert _read(sentence) == ((), None)


def test_a_demand_narrows_the_country_that_the_location_says() -> None:
    sentence = "All applicants must be local to the Twin Cities."
    assert _read(sentence, place="Remote - US") == (("US-MN",), sentence)
    assert _read(sentence, place="Remote (Germany)")[0] == ("DE",)


def test_a_job_on_site_has_no_scope() -> None:
    assert _read("You must live in the Austin area.", remote="This job is on-site in Austin.") == ((), None)
