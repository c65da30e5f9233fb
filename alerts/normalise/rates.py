"""Exchange rates with their date, and pay as a yearly amount in another currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from alerts.model.posting import Pay

#: How many of a period are worked and paid in a year.
PER_YEAR = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}
_WORDS = {"hour": "hours", "day": "days", "week": "weeks", "month": "months"}
#: Currencies that are held to another by law, which the bank does not list.
_PEGS = {
    "AED": ("USD", 3.6725),
    "SAR": ("USD", 3.75),
    "QAR": ("USD", 3.64),
    "OMR": ("USD", 0.3845),
    "BHD": ("USD", 0.376),
    "BGN": ("EUR", 1.95583),
}


@dataclass(frozen=True, slots=True)
class Rates:
    """Units of a currency for one euro, on one day."""

    day: date
    per_euro: Mapping[str, float] = field(repr=False)

    @classmethod
    def load(cls) -> Rates:
        """The rates of the European Central Bank that are shipped: one day's row of its file (``data/rates.csv``)."""
        return _shipped()

    @classmethod
    def from_ecb_csv(cls, data: bytes) -> Rates:
        """From the bank's file, daily (``eurofxref.csv``) or historic, as CSV or zipped; ValueError where it is neither."""
        return _read(data)

    def between(self, source: str, target: str) -> float | None:
        """How much of ``target`` one unit of ``source`` is; None where either is unknown."""
        one, two = self._euro(source), self._euro(target)
        return two / one if one and two else None

    def _euro(self, code: str) -> float | None:
        if code == "EUR":
            return 1.0
        if code in self.per_euro:
            return self.per_euro[code]
        anchor, rate = _PEGS.get(code, ("", 0.0))
        base = 1.0 if anchor == "EUR" else self.per_euro.get(anchor)
        return base * rate if base else None


def annual(pay: Pay, currency: str, rates: Rates) -> tuple[float | None, float | None, str] | None:
    """``(low, high, basis in words)`` a year in ``currency``; None where amounts, period, currency or a rate are unknown.

    A year has 2080 hours, 260 days, 52 weeks, 12 months. The words say what was concluded: "$60 × 2080 hours, 1 USD =
    0.8951 EUR (ECB, 2026-10-30)".
    """
    if (pay.min is None and pay.max is None) or not pay.currency or pay.period not in PER_YEAR:
        return None
    rate = rates.between(pay.currency, currency)
    if rate is None:
        return None
    times = PER_YEAR[pay.period]
    low, high = (None if value is None else value * times * rate for value in (pay.min, pay.max))
    basis = []
    if times != 1:
        basis.append(f"{times} {_WORDS[pay.period]} a year")
    if pay.currency != currency:
        basis.append(f"1 {pay.currency} = {rate:.4g} {currency} (ECB, {rates.day.isoformat()})")
    return low, high, ", ".join(basis)


@cache
def _shipped() -> Rates:
    from importlib.resources import files

    return _read((files("alerts.normalise") / "data" / "rates.csv").read_bytes())


def _read(data: bytes) -> Rates:
    """The first row alone is unpacked: it is the newest."""
    import csv
    import io

    try:
        if data[:2] == b"PK":
            import zipfile

            with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(archive.namelist()[0]) as packed:
                text = packed.read(4096).decode("utf-8")
        else:
            text = data[:4096].decode("utf-8-sig")
        header, row = list(csv.reader(io.StringIO(text), skipinitialspace=True))[:2]
        day = _day(row[0])
        found = {code.strip(): float(value) for code, value in zip(header[1:], row[1:], strict=False) if _number(value)}
    except Exception as error:
        raise ValueError(f"not a file of the European Central Bank's reference rates: {error}") from error
    if "USD" not in found:
        raise ValueError("not a file of the European Central Bank's reference rates: no USD in it")
    return Rates(day, found)


def _day(text: str) -> date:
    text = text.strip()
    return date.fromisoformat(text) if text[:4].isdigit() else datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone


def _number(text: str) -> bool:
    try:
        return float(text) > 0
    except ValueError:
        return False
