"""One job told twice though its text is equal to the letter, and two jobs whose texts differ."""

from datetime import UTC, datetime

import pytest

from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.dedupe.judge import judge
from alerts.dedupe.title import fold, parts
from alerts.model.identity import Fingerprint
from alerts.model.posting import Place, Posting

TEXT = (
    "You keep the pumps of our waterworks running, plan their repair with the crew, order the parts that are needed and write"
    " down what was done. You know hydraulics, have a driving licence, work in shifts and help those who are new to find out."
)
OTHER = (
    "We look for somebody who prepares the yearly accounts of three small companies, talks to the tax office, checks the invoices"
    " of suppliers each month and brings some order into our archive, which has grown for twenty years and confuses everybody."
)


def told(source: str, title: str, company: str = "Acme", text: str = TEXT, city: str = "Leeds") -> Fingerprint:
    place = Place("", city, None, "GB")
    day = datetime(2026, 11, 20, tzinfo=UTC)
    posting = Posting(
        source=source,
        source_id="1",
        url=f"https://{source}.example/1",
        title=title,
        company=company,
        places=(place,),
        posted=day,
        text=text,
    )
    return fingerprint(posting, with_text=True)


WRAPPED = """
Sr. Pump Technician
Pump Technician | Leeds
Pump Technician - Remote
Pump Technician - JR20419
Pump Technician (R-10419)
Pump Technician (100%)
Pump Technician 80-100%
Pump Technician (3 positions)
2x openings: Pump Technician
Pump Technician (x2)
Pump Technician (m/w/d)
Pump Technician*in
Pump Technician/in (w/m/x)
Pump Technician H/F
Pump Technician k|m
[Hiring] Pump Technician @ Acme
Acme: Pump Technician
URGENT! Pump Technician
Pump Technician, Leeds, United Kingdom
Pump Technician | Remote | Full-time
Pump Technician – 12 month contract
★ Pump Technician ★
Technician, Pump
""".strip().splitlines()


@pytest.mark.parametrize("title", WRAPPED)
@pytest.mark.parametrize("text", [TEXT, ""], ids=["with text", "without text"])
def test_a_title_wrapped_by_another_board_is_the_same_job(title: str, text: str) -> None:
    plain = "Senior Pump Technician" if title.startswith("Sr") else "Pump Technician"
    a, b = told("one", title, text=text), told("two", plain, text=text)
    assert judge(a, b).relation in (("same",) if text else ("same", "likely")), judge(a, b)
    assert set(blocks(a)) & set(blocks(b)), "they are never compared"


@pytest.mark.parametrize(
    ("one", "two"),
    [("Hays", "Acme"), ("Recutify", "I8IS"), ("Confidential", "Acme"), ("Acme", "Acme Dental"), ("Acme", "Acme Farm Schools")],
)
def test_a_copy_by_another_name_is_likely_and_never_certain(one: str, two: str) -> None:
    a, b = told("one", "Pump Technician", one), told("two", "Pump Technician", two)
    assert judge(a, b).relation == "likely"
    assert set(blocks(a)) & set(blocks(b)), "they are never compared"


def test_a_marketplace_that_names_the_employer_in_the_title() -> None:
    assert (
        judge(told("one", "Pump Technician at Obvio", "Jack & Jill"), told("two", "Pump Technician", "Obvio")).relation
        == "likely"
    )


def test_a_title_in_another_language_over_the_same_text_is_likely() -> None:
    assert judge(told("one", "Pumpentechniker (m/w/d)"), told("two", "Pump Technician")).relation == "likely"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Pump Technician I", "Pump Technician II"),
        ("Pump Technician", "Senior Director"),
        ("Intern, Summer 2026", "Intern, Summer 2027"),
    ],
)
def test_equal_text_does_not_outweigh_another_step_or_season(one: str, two: str) -> None:
    assert judge(told("one", one), told("two", two)).relation != "same"


def test_equal_text_in_another_city_is_not_certain() -> None:
    assert judge(told("one", "Pump Technician"), told("two", "Pump Technician", city="Bristol")).relation != "same"


@pytest.mark.parametrize("two", ["Acme Dental", "Acme 471", "Acme Farm Schools", "New Acme"])
@pytest.mark.parametrize("text", ["", OTHER])
def test_a_name_that_holds_the_other_is_never_certain(two: str, text: str) -> None:
    assert judge(told("one", "Accountant", "Acme"), told("two", "Accountant", two, text=text)).relation != "same"


def test_two_openings_of_one_title_with_unlike_texts_are_not_certain() -> None:
    assert judge(told("one", "Accountant"), told("two", "Accountant", text=OTHER)).relation != "same"


@pytest.mark.parametrize(
    ("title", "steps"),
    [
        ("Cook | Leeds", set()),
        ("Cook |", set()),
        ("Cook || Leeds", set()),
        ("Cook ||", {"2"}),
        ("Cook |||, Night", {"3"}),
        ("Cook II", {"2"}),
        ("Cook (20 hours)", set()),
        ("Cook, 6-12 months", set()),
    ],
)  # fmt: skip
def test_a_bar_parts_a_title_and_is_no_step(title: str, steps: set[str]) -> None:
    assert parts(fold(title)).steps == steps


def test_two_workloads_are_two_jobs() -> None:
    assert judge(told("one", "Nurse 100%", text=""), told("two", "Nurse 50%", text="")).relation != "same"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Infirmier / Infirmière", "Infirmier(ère) H/F"),
        ("Koch / Köchin", "Koch (m/w/d)"),
        ("Verkäuferin/Verkäufer", "Verkäufer:in"),
        ("Vendeur(se)", "Vendeur / Vendeuse"),
        ("Pflegefachmann / Pflegefachfrau", "Pflegefachmann/-frau"),
        ("Profesora / Profesor", "Profesor/a"),
        ("Registered Nurse (RN)", "Registered Nurse"),
        ("Chief Technology Officer (CTO)", "Chief Technology Officer"),
    ],
)
def test_both_genders_or_initials_in_a_title_make_no_other_job(one: str, two: str) -> None:
    """Red before: without text each of these was another job."""
    assert fold(one) == fold(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Nurse / Carer", "Nurse"),
        ("Java / JavaScript", "Java"),
        ("Sales Manager (EMEA)", "Sales Manager"),
        ("Data Engineer (DE)", "Data Engineer"),
    ],
)
def test_two_trades_or_a_region_stay_in_the_title(one: str, two: str) -> None:
    assert fold(one) != fold(two)
