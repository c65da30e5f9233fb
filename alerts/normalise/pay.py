"""Pay: from fields and from words, in the stated period and currency, each with the words it was read from."""

from __future__ import annotations

from alerts.model.posting import Pay
from alerts.model.raw import RawPay
from alerts.normalise.pay_said import parse, say
from alerts.normalise.pay_text import distinct, from_text

__all__ = ["country_hint", "from_fields", "from_text", "headline", "parse", "say"]

_KIND_ORDER = {"base": 0, "ote": 1, "stipend": 2}


def from_fields(raw: tuple[RawPay, ...], *, country: str | None, countries: tuple[str, ...] = ()) -> tuple[Pay, ...]:
    """Pay as the source's own fields state it; ``country`` (ISO2), or one of several, settles an ambiguous currency."""
    from alerts.normalise import pay_fields

    return distinct(tuple(pay for field in raw for pay in pay_fields.read(field, country, countries)))


def headline(pays: tuple[Pay, ...]) -> Pay | None:
    """The one to show: base pay before pay on target before a stipend; bonus and equity alone are none."""
    ranked = [pay for pay in pays if pay.kind in _KIND_ORDER]
    return min(ranked, key=lambda pay: _KIND_ORDER[pay.kind], default=None)


def country_hint(place: str) -> str | None:
    """The country (ISO2) that a place in words names, as far as its dollar, crown, yen or rupee would be ambiguous."""
    from alerts.normalise import pay_currency

    return pay_currency.country_in(place.lower())
