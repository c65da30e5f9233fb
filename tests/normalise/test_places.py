"""Location strings are read as a person reads them: city, region and country, ambiguity settled by context."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.model.raw import RawPlace
from alerts.normalise import areas, places

CASES = {
    # one place, in the many ways of writing it
    "Lyon, France": [("Lyon", "FR")],
    "Austin, TX": [("Austin", "US")],
    "USA-OH-Dayton": [("Dayton", "US")],
    "US WA Tacoma": [("Tacoma", "US")],
    "Deutschland, Leipzig": [("Leipzig", "DE")],
    "OAKLAND CA": [("Oakland", "US")],
    "CAN | AB | Calgary 220 4th Street": [("Calgary", "CA")],
    "Erie ; PA ; US": [("Erie", "US")],
    "In-Nagpur": [("Nagpur", "IN")],
    "Warsaw Office": [("Warsaw", "PL")],
    "Reno, NV, US, 89501": [("Reno", "US")],
    "Halifax, NS, B3J 2K9": [("Halifax", "CA")],
    "USA.TX.Plano": [("Plano", "US")],
    "Tacoma, Pierce, United States": [("Tacoma", "US")],
    "Versailles, Yvelines, France": [("Versailles", "FR")],
    # names in several languages and scripts
    "Wien": [("Vienna", "AT")],
    "Praha": [("Prague", "CZ")],
    "Köln": [("Cologne", "DE")],
    "北京": [("Beijing", "CN")],
    "上海/深圳": [("Shanghai", "CN"), ("Shenzhen", "CN")],
    "Genève, Suisse": [("Geneva", "CH")],
    "St. Gallen": [("St. Gallen", "CH")],
    # short names
    "NYC; SF": [("New York City", "US"), ("San Francisco", "US")],
    "LA": [("Los Angeles", "US")],
    "Washington, D.C.": [("Washington", "US")],
    # ambiguity
    "Cambridge, UK": [("Cambridge", "GB")],
    "Cambridge, MA": [("Cambridge", "US")],
    "London, ON": [("London", "CA")],
    "Paris, TX": [("Paris", "US")],
    "Birmingham, AL": [("Birmingham", "US")],
    "Ontario, CA": [("Ontario", "US")],
    "Ontario, Canada": [(None, "CA")],
    "Tbilisi, Georgia": [("Tbilisi", "GE")],
    "Savannah, Georgia": [("Savannah", "US")],
    "Bremen, DE": [("Bremen", "DE")],
    "Dover, DE": [("Dover", "US")],
    "Toronto, CA": [("Toronto", "CA")],
    "Ohio; Texas; New York": [(None, "US")],
    "Singapore": [("Singapore", "SG")],
    # several places
    "Tampa, FL, Boise, ID": [("Tampa", "US"), ("Boise", "US")],
    "Lisbon, Madrid or Rome": [("Lisbon", "PT"), ("Madrid", "ES"), ("Rome", "IT")],
    "Sarajevo, Bosnia and Herzegovina": [("Sarajevo", "BA")],
    "US/CA/UK": [(None, "US"), (None, "CA"), (None, "GB")],
    "Krakow, Poland +3 more locations": [("Kraków", "PL")],
    # a company's code before a place, and a country that the town is not in
    "CH - Suzhou, China": [("Suzhou", "CN")],
    "IN - Leeds, UK; PT-Lyon, France": [("Leeds", "GB"), ("Lyon", "FR")],
    "DE - Leipzig, Germany": [("Leipzig", "DE")],
    "CA - Fresno, USA": [("Fresno", "US")],
    "Chicago, Canada": [(None, "CA")],
    "El Segundo, Canada": [("El Segundo", "US")],
    "Long Beach, Canada": [("Long Beach", "US")],
    "Bridgewater Township, NJ": [("Bridgewater", "US")],
    "Phoenix, Canada (Remote)": [(None, "CA")],
    "Seattle, Chicago, Canada": [("Seattle", "US"), ("Chicago", "US"), (None, "CA")],
    "Windsor, Canada": [("Windsor", "CA")],
    # a state, or the city of its name
    "Oklahoma, United States": [(None, "US")],
    "Remote US, Toronto": [(None, "US"), ("Toronto", "CA")],
    "US Remote, Austin": [("Austin", "US")],
    # a city, not a country
    "Columbia": [("Columbia", "US")],
    "Columbia, MD": [("Columbia", "US")],
    "Medellín, Colombia": [("Medellín", "CO")],
    "Tampa, FL, United States of America": [("Tampa", "US")],
    # a place named for a town
    "Annapolis Junction, MD": [("Annapolis Junction", "US")],
    "Oakland Mills, Maryland, USA": [("Oakland Mills", "US")],
    # towns that the gazetteer does not have
    "Nowhereville, KS": [("Nowhereville", "US")],
    "Kleinstdorf, Germany": [("Kleinstdorf", "DE")],
    "Aosta, AO, Italy": [("Aosta", "IT")],
    "Brest, Finistère, France": [("Brest", "FR")],
    "Rome, NY": [("Rome", "US")],
    "Newtown, QC, Canada": [("Newtown", "CA")],
    "Salem, OR, US": [("Salem", "US")],
    "Holland, MI, US": [("Holland", "US")],
    "US-Texas-Smallville": [("Smallville", "US")],
    "SF, NY, SEA": [("San Francisco", "US"), ("New York City", "US"), ("Seattle", "US")],
    "Mexico, Canada": [(None, "MX"), (None, "CA")],
    "Oslo (Hybrid), Norway": [("Oslo", "NO")],
    "Leeds / REMOTE (US)": [("Leeds", "GB"), (None, "US")],
    # no places
    "Remote - US": [(None, "US")],
    "3 Locations": [],
    "NA": [],
    "Remote": [],
    "": [],
}


@pytest.mark.parametrize(("text", "wanted"), CASES.items())
def test_a_location_string_names_its_places(text: str, wanted: list[tuple[str | None, str]]) -> None:
    found = [(place.city, place.country) for place in places.parse(text)]
    assert found == wanted or (wanted == [(None, "US")] and set(found) == {(None, "US")})


def test_a_region_is_the_short_name_people_use() -> None:
    assert [place.region for place in places.parse("Boston; Munich; Vancouver, BC; Perth, WA, Australia")] == [
        "MA",
        "Bavaria",
        "BC",
        "WA",
    ]


def test_fields_of_a_source_go_before_its_free_text() -> None:
    (place,) = places.read((RawPlace(text="HQ", city="Graz", country="Austria"),))
    assert (place.raw, place.city, place.country) == ("HQ", "Graz", "AT")


def test_a_code_in_a_country_field_is_a_country() -> None:
    found = places.read((RawPlace(country="IL"), RawPlace(city="Springfield", region="IL", country="USA")))
    assert [(place.city, place.region, place.country) for place in found] == [(None, None, "IL"), ("Springfield", "IL", "US")]


def test_a_title_is_asked_where_the_source_names_no_place() -> None:
    assert [place.city for place in places.read((), title="Nurse (m/f/d) - Hamburg")] == ["Hamburg"]
    assert [place.city for place in places.read((), title="Acme | Rust Engineer | Oslo or REMOTE (EU) | Full-time")] == ["Oslo"]
    assert places.read((), title="Reading Tutor, Mobile Unit") == ()


def test_a_word_that_names_nothing_is_kept_as_written() -> None:
    (place,) = places.read((RawPlace("Zone 7 depot"),))
    assert (place.raw, place.city, place.country) == ("Zone 7 depot", None, None)


@pytest.mark.parametrize("filler", ["N/A", "n/a", "na", "None", "TBD", "-", "LOCATION"])
def test_a_filler_in_the_field_is_no_place(filler: str) -> None:
    assert places.read((RawPlace(filler),)) == ()
    assert [place.city for place in places.read((RawPlace(filler),), title="Nurse - Hamburg")] == ["Hamburg"]


def test_a_country_field_may_still_say_namibia() -> None:
    assert [place.country for place in places.read((RawPlace(country="NA"),))] == ["NA"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nevada, USA; Texas, USA; New York, New York, USA", [(None, "NV"), (None, "TX"), ("New York City", "NY")]),
        ("Nevada, USA, Remote; New York, USA, Remote", [(None, "NV"), (None, "NY")]),
        ("Boston, MA; New York, USA", [("Boston", "MA"), ("New York City", "NY")]),
        ("New York, New York", [("New York City", "NY")]),
    ],
)
def test_among_states_new_york_is_one_unless_written_twice(text: str, wanted: list[tuple[str | None, str]]) -> None:
    assert [(place.city, place.region) for place in places.parse(text)] == wanted


def test_colombia_is_the_country() -> None:
    assert [(place.city, place.country) for place in places.parse("Colombia")] == [(None, "CO")]


def test_distance_is_along_the_earth() -> None:
    toronto, hamilton, oslo = places.parse("Toronto, ON; Hamilton, ON; Oslo")
    near, far = areas.distance_km(toronto, hamilton), areas.distance_km(toronto, oslo)
    assert near is not None
    assert far is not None
    assert 50 < near < 75
    assert 5800 < far < 6100


@pytest.mark.parametrize("text", [text for text, wanted in CASES.items() if wanted])
def test_a_printed_place_is_read_back_as_itself(text: str) -> None:
    for place in places.parse(text):
        printed = ", ".join(part for part in (place.city, place.region, place.country) if part)
        again = places.parse(printed)
        assert [(known.city, known.country) for known in again] == [(place.city, place.country)], printed


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(
                ["Berlin", "DE", ",", ";", "/", "|", "-", "(", ")", "Remote", "US", "CA", "New", "York", "深圳", "or", "10115"]
            ),
            max_size=9,
        ).map(" ".join),
    )
)
def test_no_text_breaks_the_reading(text: str) -> None:
    for place in places.parse(text):
        assert place.country is None or len(place.country) == 2
