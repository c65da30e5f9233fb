"""Figures in fields: the separators of every country, currencies beside them, and what is no figure at all."""

from __future__ import annotations

import pytest

from alerts.parse import figures
from alerts.parse.build import pay


@pytest.mark.parametrize(
    ("said", "currency", "period", "value"),
    [
        ("45000", "EUR", "YEAR", 45000),
        ("45000.50", "USD", "YEAR", 45000.5),
        ("45000,50", "EUR", "YEAR", 45000.5),
        ("45.000", "EUR", "YEAR", 45000),
        ("45.000", None, None, 45000),
        ("45.000", "USD", "YEAR", 45000),
        ("45,000", "EUR", "YEAR", 45000),
        ("45,000.00", "USD", "YEAR", 45000),
        ("45.000,00", "EUR", "YEAR", 45000),
        ("45 000", "EUR", "YEAR", 45000),
        ("45\u00a0000", "SEK", "YEAR", 45000),
        ("45\u202f000,00", "EUR", "YEAR", 45000),
        ("45'000", "CHF", "YEAR", 45000),
        ("45’000.50", "CHF", "YEAR", 45000.5),
        ("3.200", "EUR", "MONTH", 3200),
        ("15,50", "EUR", "HOUR", 15.5),
        ("15.50", "USD", "HOUR", 15.5),
        ("15.500", "EUR", "HOUR", 15.5),
        ("15.5", "USD", "HOUR", 15.5),
        ("1.500", "JPY", "HOUR", 1500),
        ("1,200", "JPY", "per hour", 1200),
        ("1.250.000", "CLP", "MONTH", 1250000),
        ("12,00,000", "INR", "YEAR", 1200000),
        ("1,20,000", "INR", "YEAR", 120000),
        ("1.234.567,89", "BRL", "YEAR", 1234567.89),
        ("12,00,000.50", "INR", "YEAR", 1200000.5),
        ("€45.000", "EUR", "YEAR", 45000),
        ("€ 45.000", None, "YEAR", 45000),
        ("45.000 €", "EUR", "YEAR", 45000),
        ("45.000,- €", "EUR", "YEAR", 45000),
        ("EUR 45.000", "EUR", "YEAR", 45000),
        ("45.000 EUR", "EUR", "YEAR", 45000),
        ("$45,000.00", "USD", "YEAR", 45000),
        ("£31,049", "GBP", "YEAR", 31049),
        ("R$ 4.500,00", "BRL", "MONTH", 4500),
        ("12 000 zł", "PLN", "MONTH", 12000),
        ("35 000 kr", "SEK", "MONTH", 35000),
        ("45k", "USD", "YEAR", 45000),
        ("45K", "EUR", "YEAR", 45000),
        ("45.5k", "EUR", "YEAR", 45500),
        ("45,5k €", "EUR", "YEAR", 45500),
        ("65 T€", "EUR", "YEAR", 65000),
        ("12 LPA", "INR", "YEAR", 1200000),
        ("٤٥٠٠٠", "SAR", "YEAR", 45000),
        ("４５，０００", "JPY", "MONTH", 45000),
        ("0.75", "USD", "HOUR", 0.75),
        (45000, "EUR", "YEAR", 45000),
        (45.5, "USD", "HOUR", 45.5),
    ],
)
def test_a_figure_is_read_as_its_publisher_means_it(said: object, currency: str | None, period: str | None, value: float) -> None:
    assert figures.amount(said, currency, period) == value


@pytest.mark.parametrize(
    "said",
    ["", "negotiable", "ab 45.000", "45-55", "2026-11-20", "1.2.3", "45 50", "1,2,3", True, None, [], {}, "45000 plus", "9" * 40],
)
def test_what_is_no_single_figure_is_none(said: object) -> None:
    assert figures.amount(said) is None


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("45.000 - 55.000", (45000, 55000)),
        ("€45.000–€55.000", (45000, 55000)),
        ("45-55k", (45000, 55000)),
        ("15,50 bis 17,00", (15.5, 17)),
        ("45 000 à 55 000", (45000, 55000)),
        ("45.000", (45000, 45000)),
        ("55.000 - 45.000", None),
        ("ab 45.000", None),
    ],
)
def test_both_ends_of_a_range_are_read(said: str, ends: tuple[float, float] | None) -> None:
    assert figures.span(said) == ends


def test_what_is_no_figure_goes_to_the_reader_of_texts() -> None:
    found = pay("ab 45.000 €", None, "EUR", "YEAR")
    assert found is not None
    assert (found.min, found.max, found.text) == (None, None, "ab 45.000 €")
    assert pay("negotiable", "") is None
    assert pay("0", "0.00", "EUR") is None
