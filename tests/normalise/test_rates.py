"""Exchange rates: dated, optional, and shown with what was concluded."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from alerts.model.posting import Pay
from alerts.normalise import rates
from alerts.normalise.rates import Rates

DAILY = b"Date, USD, JPY, GBP, \n13 August 2026, 1.2500, 170.0, 0.8000, \n"
RATES = Rates.from_ecb_csv(DAILY)


def test_the_daily_file_is_read() -> None:
    assert RATES.day == date(2026, 8, 13)
    assert RATES.between("EUR", "USD") == 1.25
    assert RATES.between("GBP", "USD") == pytest.approx(1.5625)


def test_the_history_is_read_by_its_first_row_packed_or_not() -> None:
    history = b"Date,USD,BGN,CYP,\n2026-10-30,1.2,N/A,N/A,\n2026-10-29,9.9,1.95,N/A,\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("eurofxref-hist.csv", history)
    for data in (history, packed.getvalue()):
        found = Rates.from_ecb_csv(data)
        assert (found.day, dict(found.per_euro)) == (date(2026, 10, 30), {"USD": 1.2})


@pytest.mark.parametrize("data", [b"", b"<html>", b"PK\x03\x04broken", b"Date,X\n2026-01-01,1\n", b"\xff\xfe"])
def test_anything_else_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ValueError, match="European Central Bank"):
        Rates.from_ecb_csv(data)


def test_the_shipped_rates_know_the_usual_currencies() -> None:
    shipped = Rates.load()
    assert shipped.day.year >= 2025
    for code in ("USD", "GBP", "CHF", "CAD", "AUD", "INR", "PLN", "SEK", "JPY", "CNY", "BRL"):
        assert shipped.between(code, "EUR")


@pytest.mark.parametrize(
    ("pay", "low", "high", "words"),
    [
        (Pay(60, 70, "EUR", "hour"), 124_800, 145_600, "2080 hours"),
        (Pay(500, None, "EUR", "day"), 130_000, None, "260 days"),
        (Pay(None, 1000, "EUR", "week"), None, 52_000, "52 weeks"),
        (Pay(5000, 5000, "EUR", "month"), 60_000, 60_000, "12 months"),
        (Pay(125_000, 125_000, "USD", "year"), 100_000, 100_000, "1 USD = 0.8 EUR (ECB, 2026-08-13)"),
        (Pay(36_725, 36_725, "AED", "year"), 8000, 8000, "AED"),
    ],
)
def test_pay_is_made_yearly_and_says_how(pay: Pay, low: float | None, high: float | None, words: str) -> None:
    found = rates.annual(pay, "EUR", RATES)
    assert found is not None
    assert found[0] == (None if low is None else pytest.approx(low))
    assert found[1] == (None if high is None else pytest.approx(high))
    assert words in found[2]


@pytest.mark.parametrize(
    "pay", [Pay(1, 2, None, "year"), Pay(1, 2, "EUR", None), Pay(1, 2, "XXX", "year"), Pay(None, None, "EUR", "year")]
)
def test_what_is_unknown_stays_unknown(pay: Pay) -> None:
    assert rates.annual(pay, "USD", RATES) is None


def test_yearly_pay_in_the_same_currency_needs_no_words() -> None:
    assert rates.annual(Pay(1000, 2000, "EUR", "year"), "EUR", RATES) == (1000, 2000, "")
