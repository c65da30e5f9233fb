"""Pay fields: what a source states of pay in fields of its own, with its own words for the period."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from alerts.model.posting import Basis, Pay
from alerts.model.raw import RawPay
from alerts.normalise import currency, pay_period, pay_said, pay_text
from alerts.parse import figures

_PERIODS = (
    ("hour", re.compile(r"hour|stunde|heure|\bhora|uur|timm|godz|^p?h(?:r|rs)?$", re.I)),
    ("day", re.compile(r"\bda(?:y|ily)|diem|\btag|jour|\bdia\b|\bdag\b|^p?d$", re.I)),
    ("week", re.compile(r"week|woche|semaine|semana|^p?w(?:k)?$", re.I)),
    ("month", re.compile(r"month|monat|mois|\bmes\b|mensu|mensal|maand|mån|mies|^p?m(?:o|th)?$", re.I)),
    ("year", re.compile(r"year|annu|jahr|jähr|\ban\b|\baño|anual|jaar|\bår|\brok|^p\.?a\.?$|^y(?:r)?$", re.I)),
)
#: Codes for paid every two weeks or twice a month; told by the year, for which there is a word.
_TWICE = {"bw": 26, "sm": 24}


def period(word: str | None) -> str | None:
    """ "per-year-salary", "YEAR", "PH", "1 MONTH" … → hour | day | week | month | year; None where it is none of them."""
    return next((name for name, rule in _PERIODS if word and rule.search(word.strip().replace("_", "-"))), None)


def read(field: RawPay, country: str | None, countries: tuple[str, ...] = ()) -> Iterator[Pay]:
    """The pay that one field says; nothing where its figures are empty, zero or nonsense."""
    low, high = _amount(field.min), _amount(field.max)
    if low is None and high is None:
        yield from _from_words(field, country, countries)
        return
    if low is not None and high is not None and low > high:
        low, high = high, low
    code, concluded = _code(field.currency, country or currency.sharing(field.currency or "", countries))
    word = (field.period or "").strip()
    said = period(word)
    if times := pay_period.times_a_year(word) or _TWICE.get(word.lower()):
        low, high, said = (low and low * times), (high and high * times), "year"
    top = high if high is not None else low
    assert top is not None  # noqa: S101 - one of the two is there
    if said not in (None, "hour") and top < pay_period.least(code):
        return  # "1 a year" fills a field that had to be filled
    if (
        said
        and not pay_period.plausible(top, said, code)
        and pay_period.plausible(top, guess := pay_period.infer(top, code), code)
    ):
        said, stated = guess, False
    else:
        stated = said is not None
    basis: Basis = "inferred" if field.predicted else "stated"
    words = field.text or _words(field)
    yield Pay(low, high, code, said or pay_period.infer(top, code), basis, field.kind, words[:160], None, stated, concluded)


def _amount(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) and 0 < value < 1e12 else None


def _code(word: str | None, country: str | None) -> tuple[str | None, bool]:
    if not word or not word.strip():
        local = currency.of_country(country)
        return local, local is not None
    token = word.strip()
    if re.fullmatch(r"[A-Za-z]{3}", token) and token.upper() not in ("RMB", "NTD", "USDT"):
        return token.upper(), False
    return currency.resolve(token, country=country)


def _words(field: RawPay) -> str:
    figures = "–".join(f"{value:,.2f}".removesuffix(".00") for value in (field.min, field.max) if value is not None)
    return " ".join(part for part in (figures, field.currency, field.period) if part)


def _from_words(field: RawPay, country: str | None, countries: tuple[str, ...]) -> Iterator[Pay]:
    if not field.text:
        return
    # Nothing but figures, whose currency or period stands in a field beside them.
    ends = figures.span(field.text, field.currency, field.period) if field.currency or field.period else None
    if ends:
        yield from read(replace(field, min=ends[0], max=ends[1]), country, countries)
        return
    found = pay_text.from_text(field.text, country=country, countries=countries)
    if not found and (single := pay_said.read_field(field.text, country=country)):
        found = (single,)
    for pay in found:
        yield _beside(pay if field.kind == "base" else replace(pay, kind=field.kind), field)


def _beside(pay: Pay, field: RawPay) -> Pay:
    """The pay with the currency and the period of the fields beside its words, where the words say none."""
    code, _ = _code(field.currency, None) if field.currency else (None, False)
    if code and (pay.currency is None or pay.currency_inferred):
        pay = replace(pay, currency=code, currency_inferred=False)
    said, top = period(field.period), pay.max if pay.max is not None else pay.min
    if said and top is not None and not pay.period_stated and pay_period.plausible(top, said, pay.currency):
        pay = replace(pay, period=said, period_stated=True)
    return pay
