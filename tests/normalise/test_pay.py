"""Pay: what is stated is read, what is no pay is refused, and what we print is read back."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.model.posting import Pay
from alerts.model.raw import RawPay
from alerts.normalise import currency, pay, pay_fields

HERE = Path(__file__).parent / "pay"


def lines(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def number(word: str) -> float | None:
    return None if word == "-" else float(word)


@pytest.mark.parametrize("row", lines("statements.tsv"))
def test_a_statement_of_pay_is_read_as_a_person_reads_it(row: str) -> None:
    country, low, high, code, period, text = row.split("\t")
    found = pay.headline(pay.from_text(text.replace("\\n", "\n"), country=None if country == "-" else country))
    assert found is not None
    assert (found.min, found.max, found.currency, found.period) == (
        number(low),
        number(high),
        None if code == "?" else code,
        period,
    )
    assert found.words


@pytest.mark.parametrize("text", lines("traps.tsv"))
def test_money_and_numbers_that_are_no_pay_are_refused(text: str) -> None:
    assert pay.headline(pay.from_text(text, country="US")) is None


@pytest.mark.parametrize("filler", ["We build tools for farmers.\n\n", "Acme was founded in 2009 and has 300 employees.\n"])
@pytest.mark.parametrize("row", lines("statements.tsv")[:30])
def test_a_statement_is_found_between_other_paragraphs(filler: str, row: str) -> None:
    country, low, high, code, period, text = row.split("\t")
    found = pay.headline(pay.from_text(f"{filler}{text}\n\n{filler}", country=None if country == "-" else country))
    assert found is not None
    assert (found.min, found.max, found.currency, found.period) == (number(low), number(high), code, period)


def test_kinds_are_kept_apart_and_base_comes_first() -> None:
    text = "OTE: $180,000 - $220,000. Base salary: $120,000 - $140,000. You also get a sign-on bonus of $15,000."
    pays = pay.from_text(text, country="US")
    assert {(found.kind, found.max) for found in pays} == {("ote", 220000), ("base", 140000), ("bonus", 15000)}
    headline = pay.headline(pays)
    assert headline is not None
    assert (headline.kind, headline.min) == ("base", 120000)


def test_a_bonus_alone_is_no_headline() -> None:
    assert pay.headline(pay.from_text("We pay a sign-on bonus of $15,000.")) is None


def test_ranges_by_zone_keep_their_zones() -> None:
    pays = pay.from_text("Pay range\nZone A: $150,000 - $190,000\nZone B: $130,000 - $170,000", country="US")
    assert [(found.scope, found.min) for found in pays] == [("Zone A", 150000), ("Zone B", 130000)]


def test_two_currencies_are_two_statements() -> None:
    pays = pay.from_text("Salary: $120k-150k USD / £80k-100k GBP")
    assert [(found.currency, found.max) for found in pays] == [("USD", 150000), ("GBP", 100000)]


@pytest.mark.parametrize(
    ("country", "code"), [("US", "USD"), ("CA", "CAD"), ("AU", "AUD"), ("SG", "SGD"), ("MX", "MXN"), ("DE", "USD"), (None, "USD")]
)
def test_a_bare_dollar_is_settled_by_the_country(country: str | None, code: str) -> None:
    (found,) = pay.from_text("Salary: $90,000 - $110,000 per year", country=country)
    assert (found.currency, found.currency_inferred) == (code, True)


def test_a_period_that_is_not_said_is_marked_as_concluded() -> None:
    (found,) = pay.from_text("Salary: €50,000 - €60,000")
    assert (found.period, found.period_stated) == ("year", False)


def test_fields_are_read_with_the_words_of_their_source() -> None:
    (found,) = pay.from_fields((RawPay(min=90000, max=120000, currency="usd", period="per-year-salary"),), country=None)
    assert (found.min, found.max, found.currency, found.period, found.basis) == (90000, 120000, "USD", "year", "stated")


def test_fields_turned_round_empty_or_zero_do_no_harm() -> None:
    (found,) = pay.from_fields((RawPay(min=120, max=90, currency="€", period="PH"), RawPay(min=0, max=0), RawPay()), country=None)
    assert (found.min, found.max, found.currency, found.period) == (90, 120, "EUR", "hour")


@pytest.mark.parametrize(
    "text", ["Competitive", "DOE, 20 days off", "401k", "Equity 0.5%", "Competitive + $500 learning budget", "9-5"]
)
def test_a_field_of_pay_without_pay_is_empty(text: str) -> None:
    assert pay.from_fields((RawPay(text=text),), country="US") == ()


def test_a_kind_that_the_source_says_is_kept() -> None:
    (found,) = pay.from_fields((RawPay(text="$10,000 - $20,000", kind="bonus"),), country="US")
    assert (found.kind, found.max) == ("bonus", 20000)


def test_pay_of_the_country_comes_before_pay_elsewhere() -> None:
    text = "Salary for the United States: $150,000 - $180,000. Salary for Germany: €80,000 - €95,000."
    first = pay.headline(pay.from_text(text, country="DE"))
    assert first is not None
    assert (first.currency, first.max) == ("EUR", 95000)


@pytest.mark.parametrize(
    ("word", "period"),
    [
        ("per-year-salary", "year"), ("per-hour-wage", "hour"), ("per-month-salary", "month"), ("per-week", "week"),
        ("one-time", None),
        ("YEAR", "year"), ("HOUR", "hour"), ("MONTH", "month"), ("1 YEAR", "year"), ("1 HOUR", "hour"),
        ("Annually", "year"), ("hourly", "hour"),
        ("PA", "year"), ("PH", "hour"), ("PD", "day"), ("per_month", "month"), ("Monatlich", "month"),
        ("annuel", "year"), ("DAILY", "day"),
        ("WEEKLY", "week"), ("monthly", "month"), ("yearly", "year"), ("p.a.", "year"), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_period_of_a_source_is_known(word: str | None, period: str | None) -> None:
    assert pay_fields.period(word) == period


def test_pay_every_two_weeks_is_made_yearly() -> None:
    (found,) = pay.from_fields((RawPay(min=2000, max=2500, currency="USD", period="BW"),), country=None)
    assert (found.min, found.max, found.period) == (52000, 65000, "year")


def test_a_guess_of_the_source_is_inferred() -> None:
    (found,) = pay.from_fields((RawPay(min=50000, max=50000, predicted=True),), country="GB")
    assert (found.basis, found.currency, found.period) == ("inferred", "GBP", "year")


def test_a_field_of_words_is_read_as_text() -> None:
    (found,) = pay.from_fields((RawPay(text="45,000 - 60,000"),), country="FR")
    assert (found.min, found.max, found.currency, found.period) == (45000, 60000, "EUR", "year")


@pytest.mark.parametrize(
    ("text", "low", "high", "code", "period"),
    [
        ("180k CAD", 180000, 180000, "CAD", "year"),
        ("60 EUR/hour", 60, 60, "EUR", "hour"),
        ("120000", 120000, 120000, None, "year"),
        ("£500 a day", 500, 500, "GBP", "day"),
        ("5000 EUR", 5000, 5000, "EUR", "year"),
        ("CHF 8'500 per month", 8500, 8500, "CHF", "month"),
        ("100-120k USD", 100000, 120000, "USD", "year"),
        ("12 LPA", 1200000, 1200000, "INR", "year"),
        ("80,000", 80000, 80000, None, "year"),
        ("1.5M JPY", 1500000, 1500000, "JPY", "year"),
    ],
)
def test_what_a_user_writes_is_read(text: str, low: float, high: float, code: str | None, period: str) -> None:
    found = pay.parse(text)
    assert found is not None
    assert (found.min, found.max, found.currency, found.period) == (low, high, code, period)


@pytest.mark.parametrize("text", ["", "a lot", "EUR", "per hour"])
def test_what_holds_no_amount_is_none(text: str) -> None:
    assert pay.parse(text) is None


amounts = st.integers(100, 99_999_999_999).map(lambda cents: cents / 100)
pays = st.builds(
    lambda low, high, ends, code, period, kind: Pay(
        None if ends == "upto" else min(low, high) if ends == "both" else low,
        None if ends == "from" else max(low, high) if ends == "both" else low,
        code,
        period,
        kind=kind,
    ),
    amounts,
    amounts,
    st.sampled_from(["both", "one", "from", "upto"]),
    st.sampled_from([*sorted(currency.table()), None]),
    st.sampled_from(["hour", "day", "week", "month", "year", None]),
    st.sampled_from(["base", "ote", "bonus", "equity", "stipend"]),
)


@given(pays)
@settings(max_examples=300, deadline=None)
def test_what_is_printed_is_read_back(said: Pay) -> None:
    found = pay.parse(pay.say(said))
    assert found is not None
    assert (found.min, found.max, found.currency, found.period, found.kind) == (
        said.min,
        said.max,
        said.currency,
        said.period,
        said.kind,
    )


snippets = st.lists(
    st.one_of(
        st.text(max_size=6),
        st.sampled_from(
            [
                "$",
                "€",
                "120k",
                "–",
                "-",
                " to ",
                "150,000",
                "1.234,56",
                "salary ",
                "up to ",
                "/hr",
                "万",
                "월",
                "401k",
                "bonus",
                "\n",
                "|",
                "R",
                "0",
                "1e9",
                "٣",
            ]
        ),
    ),
    max_size=25,
).map("".join)


@given(snippets, st.sampled_from([None, "US", "DE", "JP", "??"]))
@settings(max_examples=400, deadline=None)
def test_no_text_makes_it_raise(text: str, country: str | None) -> None:
    for found in pay.from_text(text, country=country):
        assert found.min is not None or found.max is not None
        assert found.min is None or found.max is None or 0 < found.min <= found.max
    pay.parse(text, country=country)
    pay.from_fields((RawPay(text=text, currency=text, period=text, min=1.0),), country=country)


def test_hostile_text_costs_little() -> None:
    """Half a megabyte of figures, dashes or brackets is read within the time of a page, not of a day."""
    start = time.process_time()
    for text in (
        "1 " * 100_000,
        "$1-" * 60_000,
        "(" * 200_000 + "$5",
        "1,1" * 60_000,
        "9" * 200_000,
        "salary " * 30_000 + "$50k",
    ):
        pay.from_text(text)
    assert time.process_time() - start < 10


@pytest.mark.parametrize("row", lines("running.tsv"))
def test_pay_in_running_text_is_read_whatever_stands_beside_it(row: str) -> None:
    country, low, high, code, period, text = row.split("\t")
    found = pay.headline(pay.from_text(text, country=country))
    assert found is not None
    assert (found.min, found.max, found.currency, found.period) == (number(low), number(high), code, period)


@pytest.mark.parametrize("row", lines("tax.tsv"))
def test_pay_before_tax_is_told_from_pay_after_it(row: str) -> None:
    tax, text = row.split("\t")
    found = pay.headline(pay.from_text(text, country="DE"))
    assert found is not None
    assert found.tax == (None if tax == "-" else tax)
    printed = pay.parse(pay.say(found))
    assert printed is not None
    assert printed.tax == found.tax
