"""The work type is what a posting offers, not every "remote" or "hybrid" that stands in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.normalise import work

SENTENCES = {
    # offered
    "This is a fully remote position.": ("remote",),
    "We are a remote-first company.": ("remote",),
    "You can work from anywhere in Spain.": ("remote",),
    "100 % Homeoffice ist bei uns normal.": ("remote",),
    "Poste en télétravail complet.": ("remote",),
    "Trabajo 100% remoto.": ("remote",),
    "This hybrid role is based in Leeds.": ("hybrid",),
    "You spend three days a week in the office.": ("hybrid",),
    "Work from home up to 2 days per week.": ("hybrid",),
    "Bis zu 3 Tage Homeoffice pro Woche.": ("hybrid",),
    "Homeoffice möglich": ("hybrid",),
    "2 jours de télétravail par semaine": ("hybrid",),
    "Modalidad híbrida, dos días en casa.": ("hybrid",),
    "Hybride werken is bij ons normaal.": ("hybrid",),
    "#LI-Hybrid": ("hybrid",),
    "This position is on-site in Denver.": ("onsite",),
    "On-site presence is required.": ("onsite",),
    "5 days a week in office": ("onsite",),
    "Die Stelle ist komplett remote.": ("remote",),
    "Télétravail : 2 jours par semaine": ("hybrid",),
    "Modalidad: presencial": ("onsite",),
    "Arbete på plats i Lund.": ("onsite",),
    "HYBRID (Lyon) or REMOTE (EU)": ("remote", "hybrid"),
    "Remote-first, with one day together each month.": ("remote",),
    # refused
    "We do not offer remote work.": ("onsite",),
    "We don't offer telework.": ("onsite",),
    "Telework eligible: No": ("onsite",),
    "This is not a remote position.": ("onsite",),
    "Remote work is not available for this job.": ("onsite",),
    "Leider kein Homeoffice.": ("onsite",),
    # look-alikes
    "You know hybrid cloud platforms.": None,
    "A degree in remote sensing is a plus.": None,
    "Perks: on-site gym and free lunch.": None,
    "You lead remote teams across three countries.": None,
    "We build hybrid mobile apps.": None,
    "Controls for remotely operated vehicles.": None,
    "Support our customers on-site and by phone.": None,
    "Experience with remote access tools.": None,
    "Hybrid electric drive trains.": None,
    "Comfortable in a fast, remote environment.": None,
    "Benefits: virtual shares.": None,
    "Certain roles may be remote.": None,
}


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES.items())
def test_a_sentence_offers_a_work_type_or_none(sentence: str, wanted: tuple[str, ...] | None) -> None:
    found = work.from_text(f"We make clocks. {sentence} Apply now.")
    assert (found[0] if found else None) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Remote", ("remote",)),
        ("TELECOMMUTE", ("remote",)),
        ("fully_remote", ("remote",)),
        ("On-site", ("onsite",)),
        ("no_remote", ("onsite",)),
        ("Hybrid", ("hybrid",)),
        ("Remote / Hybrid / Onsite", ("remote", "hybrid", "onsite")),
        ("Oslo (hybrid, 2 days onsite)", ("hybrid",)),
        ("Télétravail partiel", ("hybrid",)),
        ("Hybrid Cloud Engineer", ()),
        ("Berlin", ()),
    ],
)
def test_a_field_says_it_in_a_word(words: str, wanted: tuple[str, ...]) -> None:
    assert work.from_words(words) == wanted


def test_a_city_beside_remote_is_a_place_to_work_on_site() -> None:
    assert work.from_places("Oslo or Remote") == ("remote", "onsite")
    assert work.from_places("Remote, Norway") == ("remote",)


def test_fields_are_believed_before_sentences() -> None:
    kinds, why = work.read(("Remote",), "Oslo", "Nurse", "We are a hybrid company.")
    assert kinds == ("remote",)
    assert why is not None
    assert why.basis == "stated"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("This is not a remote position.", ("onsite",)),
        ("The job is on-site only.", ("onsite",)),
        ("While advertised as remote, the position requires on-site work in Ghent.", ("onsite",)),
        ("This is a hybrid role with two office days a week.", ("hybrid",)),
        ("You will come to the office at least twice a week.", ("hybrid",)),
        # no denial: the company's way, a condition, another offer
        ("We operate as a hybrid workplace.", ("remote",)),
        ("If you live near Ghent you may work hybrid, two days a week in the office.", ("remote",)),
        ("This role is remote or hybrid in Ghent.", ("remote",)),
        ("", ("remote",)),
    ],
)
def test_a_text_that_denies_remote_work_is_believed_against_the_place(text: str, wanted: tuple[str, ...]) -> None:
    assert work.read((), "Remote", "Nurse", text)[0] == wanted
    assert work.read(("remote",), "Ghent", "Nurse", text)[0] == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "You may work from anywhere for three weeks a year.",
        "25 days a year of work from home from abroad.",
        "One month of remote work each summer.",
        "The first interview is remote.",
        "We make tools for remote work.",
        "Occasional work from home is possible.",
        "Work from home when your dog is ill.",
        "We are a remote-friendly company.",
        "A work-from-anywhere allowance of ten days.",
    ],
)
def test_a_perk_is_no_work_type(sentence: str) -> None:
    assert work.from_text(sentence) is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    kinds, _ = work.read((text,), text, text, f"{text} remote {text} hybrid {text}")
    assert set(kinds) <= set(work.KINDS)
