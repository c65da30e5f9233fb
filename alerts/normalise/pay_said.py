"""Pay said: a short string of a person read as pay, and pay printed so that reading it gives the same value."""

from __future__ import annotations

import re
from dataclasses import replace

from alerts.model.posting import Pay
from alerts.normalise import currency

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$", "SGD": "S$", "HKD": "HK$", "BRL": "R$", "MXN": "MX$", "JPY": "JP¥", "CNY": "CN¥", "KRW": "₩", "ILS": "₪"}  # fmt: skip  # noqa: E501
_PERIODS = {"hour": "an hour", "day": "a day", "week": "a week", "month": "a month", "year": "a year"}
#: A field that is nothing but pay is no longer than this, and has no more letters ("12000-15000 / month").
_FIELD = 60
_LETTERS = 12
#: What comes beside the pay: "excluding casual allowance".
_BESIDE = re.compile(r"(?<=\s)(?:excl|incl|plus\b|with\b|not incl|zzgl|inkl|hors\b|avec\b|\+\s)", re.IGNORECASE)
_PER = re.compile(r"\d\s?(?:p/|/|per\b|an?\b|p\.?h\b)", re.IGNORECASE)
_UNSAID = "(period not said)"
_CODES = {sign: code for code, sign in _SIGNS.items() if sign != "$"}
_OWN = re.compile(
    r"(?P<end>up to |from )?(?P<sign>[A-Z]{0,2}[$€£₹¥₩₪]|[A-Z]{3} |)(?P<low>[\d,]+(?:\.\d\d)?)(?:–(?P<high>[\d,]+(?:\.\d\d)?))? "
    rf"(?P<period>{'|'.join(_PERIODS.values())}|{re.escape(_UNSAID)})(?: (?P<tax>gross|net))?"
    r"(?: (?P<kind>OTE|bonus|equity|stipend))?$",
    re.ASCII,
)


def parse(text: str, *, country: str | None = None) -> Pay | None:
    """A short string of a user: "180k CAD", "60 EUR/hour", "120000". None where no amount is in it.

    A bare figure is both least and most; the period is the year unless said.
    """
    if printed := _printed(text, country):
        return printed
    found = _read(text, country)
    if found is None:
        return None
    return found if found.period_stated else replace(found, period="year")


def _printed(text: str, country: str | None) -> Pay | None:
    """What ``say`` has printed, to the letter."""
    found = _OWN.match(text.strip())
    if found is None:
        return None
    code, concluded = _code(found["sign"].strip(), country)
    if found["sign"] and code is None:
        return None
    low = float(found["low"].replace(",", ""))
    high = float(found["high"].replace(",", "")) if found["high"] else low
    period = next((name for name, words in _PERIODS.items() if words == found["period"]), None)
    return Pay(
        None if found["end"] == "up to " else low,
        None if found["end"] == "from " else high,
        code,
        period,
        "parsed",
        {"OTE": "ote"}.get(found["kind"] or "", found["kind"] or "base"),
        text.strip()[:160],
        period_stated=period is not None,
        currency_inferred=concluded,
        tax=found["tax"],
    )


def _code(sign: str, country: str | None) -> tuple[str | None, bool]:
    if not sign:
        local = currency.of_country(country)
        return local, local is not None
    return (_CODES[sign], False) if sign in _CODES else currency.resolve(sign, country=country)


def read_field(text: str, *, country: str | None = None) -> Pay | None:
    """The same for a field that should hold pay: a period that is not said is told by the size.

    None where the field holds more than a few letters beside its figures, or its figure is small and names neither money nor
    the time that it is paid for.
    """
    from alerts.normalise import pay_words
    from alerts.parse import digits

    text = digits.plain(text)
    text = _BESIDE.split(text, maxsplit=1)[0]
    if len(text) > _FIELD or sum(letter.isalpha() for letter in text) > _LETTERS or pay_words.other_than_pay(text.lower()):
        return None
    found = _read(text, country)
    if found is None:
        return None
    top = found.max if found.max is not None else found.min or 0.0
    named = (found.currency and not found.currency_inferred) or (found.period_stated and _PER.search(text))
    return found if top >= 1000 or named else None


def _read(text: str, country: str | None) -> Pay | None:
    from alerts.normalise import pay_context, pay_judge
    from alerts.parse import digits

    text = digits.plain(text[:300])
    low = text.lower()
    if len(low) != len(text):
        return None
    spans = pay_context.spans(text)
    if not spans:
        return None
    around = (None, spans[0], spans[1] if len(spans) > 1 else None)
    return pay_judge.granted(pay_context.context(text, low, around, country, None))


def say(pay: Pay) -> str:
    """The pay in words for a person, which ``parse`` reads back: "CA$180,000–220,000 a year"."""
    code = pay.currency
    sign = _SIGNS.get(code, f"{code} ") if code else ""
    low, high = (None if value is None else figure(value) for value in (pay.min, pay.max))
    if low is None and high is None:
        return "not said"
    if low is None:
        amount = f"up to {sign}{high}"
    elif high is None:
        amount = f"from {sign}{low}"
    else:
        amount = f"{sign}{low}" if low == high else f"{sign}{low}–{high}"
    words = [amount, _PERIODS.get(pay.period or "", _UNSAID)]
    if pay.tax:
        words.append(pay.tax)
    if pay.kind != "base":
        words.append({"ote": "OTE"}.get(pay.kind, pay.kind))
    return " ".join(words)


def figure(value: float) -> str:
    """ "1,234" or "1,234.50": at most two decimals."""
    return f"{value:,.2f}".removesuffix(".00")
