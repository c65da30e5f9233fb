"""Currency: which one a sign, code or word means, settled by the place where it is ambiguous."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from alerts.normalise import tables
from alerts.normalise.alternatives import grouped

_AMBIGUOUS = ("$", "＄", "kr", "kr.", "krs", ":-", "¥", "￥", "Rs", "Rs.", "rs", "rs.", "Fr", "dollar", "dollars", "bucks",
              "pesos", "peso", "francs", "franc", "kronor", "kroner", "krónur", "U", "u", "元", "圆", "圓", "块", "塊",
              "ريال", "درهم", "دينار", "جنيه")  # fmt: skip
_DOLLARS = frozenset(["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU"])
_CROWNS = frozenset(["SEK", "NOK", "DKK", "ISK"])
_RUPEES = frozenset(["INR", "PKR", "LKR", "NPR"])
_PESOS = frozenset(["MXN", "ARS", "CLP", "COP", "UYU", "PHP"])
#: Words that several countries share and that mean the first of these elsewhere.
_SHARED = (
    (("元", "圆", "圓", "块", "塊"), ("CNY", "TWD", "HKD", "SGD", "MYR")),
    (("ريال",), ("SAR", "QAR", "OMR", "IRR")),
    (("درهم",), ("AED", "MAD")),
    (("دينار",), ("KWD", "BHD")),
    (("جنيه",), ("EGP",)),
)
#: Words and signs that several currencies share.
_FAMILIES = (
    (("$", "＄", "dollar", "dollars", "bucks"), _DOLLARS),
    (("kr", "krs", ":-", "kronor", "kroner", "krónur"), _CROWNS),
    (("¥", "￥"), frozenset(["JPY", "CNY"])),
    (("rs",), _RUPEES),
    (("pesos", "peso"), _PESOS),
    *((words, frozenset(codes)) for words, codes in _SHARED),
)
_BY_LANGUAGE = {"sv": "SEK", "no": "NOK", "nb": "NOK", "nn": "NOK", "da": "DKK", "is": "ISK"}
_CODE_LIKE = re.compile(r"[A-Z]{3}$")


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency and the sizes by which an unsaid period is told."""

    code: str
    countries: tuple[str, ...]
    signs: tuple[str, ...]
    words: str
    #: Below these a figure is paid by the hour, the day, the month; above the last by the year.
    hour: float
    day: float
    month: float
    lower: bool


@cache
def table() -> dict[str, Currency]:
    """Code → currency."""
    found = {}
    lines = tables.rows("currency.tsv")
    for row in lines:
        code, countries, signs, words, sizes, lower = (row.split("\t") + [""] * 6)[:6]
        hour, day, month = (float(size) for size in sizes.split())
        found[code] = Currency(code, tuple(countries.split()), tuple(signs.split()), words, hour, day, month, lower == "yes")
    return found


@cache
def of_country(country: str | None) -> str | None:
    """The currency that is paid in a country (ISO2)."""
    return _countries().get((country or "").upper())


@cache
def _countries() -> dict[str, str]:
    return {country: currency.code for currency in table().values() for country in currency.countries}


@cache
def _by_token() -> dict[str, str]:
    tokens: dict[str, str] = {}
    for currency in table().values():
        tokens[currency.code] = currency.code
        if currency.lower:
            tokens[currency.code.lower()] = tokens[currency.code.capitalize()] = currency.code
        for sign in currency.signs:
            tokens[sign] = currency.code
    return tokens


@cache
def _word_rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"(?:{currency.words})$", re.I), currency.code) for currency in table().values() if currency.words)


@cache
def spellings() -> frozenset[str]:
    """All signs, codes and short words that mean a currency."""
    return frozenset({*_by_token(), *_AMBIGUOUS})


@cache
def sign_pattern(*, before: bool) -> str:
    """A regular expression for one currency as it stands before (``before``) or after a number."""
    longest = sorted(spellings() - ({"U", "u"} if before else {"R", "P"}), key=lambda word: (-len(word), word))
    single = [re.escape(word) for word in longest if not word[0].isalnum() or not word[0].isascii()]
    worded = [re.escape(word) for word in longest if word[0].isascii() and word[0].isalnum()]
    words = grouped(currency.words for currency in table().values() if currency.words)
    if before:
        return rf"(?:(?<![A-Za-z])(?:{grouped(worded)})|{grouped(single)})"
    return rf"(?:{grouped(single)}|(?:{grouped(worded)})(?![A-Za-z])|(?i:{words})(?!\w))"


def resolve(token: str, *, country: str | None = None, language: str | None = None, size: float = 0.0) -> tuple[str | None, bool]:
    """``(code, was it concluded)`` of a sign, code or word. ``size`` is the amount, which tells yen from yuan."""
    token = token.strip()
    if found := _by_token().get(token):
        return found, False
    local = of_country(country)
    word = token.lower().strip(".")
    if word in ("$", "＄", "dollar", "dollars", "bucks"):
        return (local, True) if local in _DOLLARS else ("USD", True)
    if word in ("kr", "krs", ":-", "kronor", "kroner", "krónur"):
        return (local, True) if local in _CROWNS else (_BY_LANGUAGE.get(language or "", "SEK"), True)
    if word in ("¥", "￥"):
        return _yen_or_yuan(local, language, size), True
    if word in ("rs",):
        return (local, True) if local in _RUPEES else ("INR", True)
    if word in ("pesos", "peso"):
        return (local, True) if local in _PESOS else ("MXN", True)
    for words, codes in _SHARED:
        if word in words:
            return (local if local in codes else codes[0]), True
    if word in ("fr", "francs", "franc"):
        return "CHF", True
    if word == "u":
        return "USD", True
    return next((code for rule, code in _word_rules() if rule.match(token)), None), False


def sharing(token: str, countries: tuple[str, ...]) -> str | None:
    """Of several countries, the one whose money an ambiguous sign or word means; None where none or several may be meant.

    The United States go first for dollars, and else the country that is named first.
    """
    word = token.strip().lower().strip(".")
    family = next((codes for words, codes in _FAMILIES if word in words), frozenset())
    found = [country for country in countries if of_country(country) in family]
    if family is _DOLLARS:
        return found[0] if found and "US" not in countries else None
    return found[0] if len({of_country(country) for country in found}) == 1 else None


def _yen_or_yuan(local: str | None, language: str | None, size: float) -> str:
    if local in ("JPY", "CNY"):
        return local
    if language in ("ja", "zh"):
        return "JPY" if language == "ja" else "CNY"
    return "JPY" if size >= 500_000 or 900 <= size < 3000 else "CNY"


def is_code(text: str) -> bool:
    """Is this a currency code that we know?"""
    return bool(_CODE_LIKE.match(text)) and text in table()
