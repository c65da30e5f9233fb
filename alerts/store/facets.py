"""What can be filtered of a listing, as plain columns beside it."""

from __future__ import annotations

from collections.abc import Iterable

from alerts.model.posting import Pay, Posting

#: How often a period goes into a year of work.
_YEAR = {"hour": 2080, "day": 260, "week": 52, "month": 12}


def row(number: int, posting: Posting) -> dict[str, object]:
    """The row of ``facets`` of a posting."""
    values = {
        "company": [posting.company_key],
        "work": posting.work,
        "employment": posting.employment,
        "industry": [posting.industry],
        "category": [posting.category],
        "level": [posting.level],
        "countries": [*(place.country for place in posting.places), *posting.remote_scope],
        "cities": [place.city for place in posting.places],
    }
    pay = posting.pay
    return {name: _lines(each) for name, each in values.items()} | {
        "posting": number,
        "pay": a_year(pay) if pay else None,
        "currency": (pay.currency or "") if pay else "",
    }


def a_year(pay: Pay) -> float | None:
    """The most that is paid in a year."""
    most = pay.max if pay.max is not None else pay.min
    return None if most is None else most * _YEAR.get(pay.period or "", 1)


def _lines(values: Iterable[str | None]) -> str | None:
    """Several values as lines; a stranger's own line ends make no further ones."""
    return "\n".join(dict.fromkeys(" ".join(value.split()) for value in values if value)) or None
