"""Remote work that is refused, that others do, that lasts a season, or that is a part: what it leaves of the work type."""

from __future__ import annotations

import pytest

from alerts.normalise import work
from alerts.normalise.refusals import refused


@pytest.mark.parametrize(
    "sentence",
    [
        "we are not able to offer remote work",
        "this role is not eligible for telework",
        "remote work is not available for this position",
        "we do not do remote",
        "sorry, no remote candidates",
        "unfortunately this cannot be a remote role",
        "remote is not an option for this role",
        "this is not a work-from-home job",
        "the role is based in our office; working from home is not possible",
        "at present we can't accommodate working from home",
        "telecommuting isn't possible",
    ],
)
def test_a_refusal_is_known_by_its_negation(sentence: str) -> None:
    assert refused(sentence)
    assert work.read((), "Leeds, UK", "Engineer", f"We make lamps. {sentence.capitalize()}.")[0] in ((), ("onsite",))
    assert work.read((), "Remote", "Engineer", f"We make lamps. {sentence.capitalize()}.")[0] == ("onsite",)


@pytest.mark.parametrize(
    "sentence",
    [
        "no need to relocate: this is a remote role",
        "we are not only remote-friendly, we are remote-first",
        "we have no office, everybody works remotely",
        "remote work is not limited to some days",
        "remote experience is not required",
        "you are not required to come to the office, the role is remote",
        "this is a remote role, and it is not a junior one",
    ],
)
def test_a_negation_of_something_else_refuses_nothing(sentence: str) -> None:
    assert not refused(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Our customers work remotely with our app.",
        "The product lets companies hire remote talent.",
        "You will manage vendors who work remotely.",
        "Interviews are held over video; remote candidates are flown in.",
        "Flexible summer: work from anywhere in August.",
        "Work from home during the Christmas holidays.",
    ],
)
def test_what_others_do_and_what_lasts_a_season_is_no_work_type(sentence: str) -> None:
    assert work.from_text(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Remote work is possible for up to 40% of your time.", ("hybrid",)),
        ("You will split your week between the office and home.", ("hybrid",)),
        ("You can do this job from anywhere in the UK.", ("remote",)),
        ("This is a permanent work-from-home position.", ("remote",)),
        ("Work wherever you want.", ("remote",)),
        ("There are some meetings in person, but the role allows for flexibility to work from home.", ("remote",)),
        ("All team members work from our Oslo studio, there is no remote option.", ("onsite",)),
        ("Presence in the Toronto office is required every day.", ("onsite",)),
    ],
)
def test_parts_places_and_presence(sentence: str, wanted: tuple[str, ...]) -> None:
    found = work.from_text(sentence)
    assert found is not None
    assert found[0] == wanted
