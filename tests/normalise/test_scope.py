"""Where a remote job may be done: from the source's field, beside "remote", or from sentences."""

import pytest

from alerts.model.raw import RawPlace
from alerts.normalise import reach, scope
from alerts.normalise.areas import area

PLACES = {
    "Remote (EU)": ("EU",),
    "Remote - US": ("US",),
    "Remote (US/Canada)": ("US", "CA"),
    "Remote in UK or Ireland": ("GB", "IE"),
    "Canada - Remote": ("CA",),
    "Oslo ; Remote in Norway": ("NO",),
    "Oslo or Remote": (),
    "REMOTE (Europe, LatAm, India)": ("EUROPE", "LATAM", "IN"),
    "Remote (US only) or Oslo, Norway": ("US",),
    "Remote (CET ± 2h)": ("TZ:CET",),
    "Remote, California, USA": ("US-CA",),
    "Worldwide": ("WORLD",),
    "Remote DACH": ("AT", "CH", "DE"),
    "Remote": (),
    "Singapore": (),
}


@pytest.mark.parametrize(("words", "wanted"), PLACES.items())
def test_the_areas_beside_remote_are_its_scope(words: str, wanted: tuple[str, ...]) -> None:
    assert scope.from_places(words) == wanted


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("You must be located in the United States.", ("US",)),
        ("Candidates must be authorized to work in Canada.", ("CA",)),
        ("You can work remotely from anywhere in Europe.", ("EUROPE",)),
        ("Open to candidates based in Germany, Austria or Switzerland.", ("DE", "AT", "CH")),
        ("US only, please.", ("US",)),
        ("We sell to customers in France.", ()),
        ("We are based in Oslo.", ()),
        ("We welcome applications from anywhere in the world.", ("WORLD",)),
        ("Work from anywhere, worldwide.", ("WORLD",)),
        ("We work with customers worldwide.", ()),
        ("Freedom to work from anywhere in the world for one month a year.", ()),
        ("Join our 100% remote, globally distributed team.", ()),
        ("We are unable to hire candidates in Canada.", ()),
    ],
)
def test_a_sentence_says_where_one_may_live(sentence: str, wanted: tuple[str, ...]) -> None:
    assert scope.read((), (), (), "", f"A good job. {sentence} Apply now.", ("remote",))[0] == wanted


def test_what_is_excluded_is_kept_apart() -> None:
    text = "This role is remote within the United States, excluding California and Colorado."
    found, out, why = scope.read((), (RawPlace("Remote"),), (), "Nurse", text, ("remote",))
    assert found == ("US",)
    assert out == ("US-CA", "US-CO")
    assert why is not None


def test_a_job_that_is_not_remote_has_no_scope() -> None:
    assert scope.read(("Worldwide",), (), (), "Nurse", "", ("onsite",)) == ((), (), None)


def test_the_field_of_the_source_goes_first() -> None:
    found, _, why = scope.read(("USA", "Canada"), (RawPlace("Remote (EU)"),), (), "", "", ("remote",))
    assert found == ("US", "CA")
    assert why is not None
    assert why.basis == "stated"


@pytest.mark.parametrize(
    ("said", "where", "wanted"),
    [
        (("US", "CA", "TZ:US"), "Brazil", False),
        (("US", "CA", "TZ:US"), "Canada", True),
        (("US-MN", "TZ:CST"), "Brazil", False),
        (("TZ:US",), "Brazil", True),
        (("US", "TZ:CET"), "Germany", True),
    ],
)
def test_hours_beside_named_areas_let_nobody_else_in(said: tuple[str, ...], where: str, wanted: bool) -> None:
    assert reach.scope_allows(said, (), area(where)) is wanted
