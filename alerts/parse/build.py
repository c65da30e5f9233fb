"""Loose fields made into raw postings: the unusable dropped, repeated ids united."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from alerts.model.page import Request
from alerts.model.raw import RawPay, RawPlace, RawPosting, Reading
from alerts.parse import figures
from alerts.parse.addresses import link
from alerts.parse.values import line, number, text, texts, when

_LINES = ("company", "language", "group", "requisition")
_LISTS = ("work", "remote_areas", "employment", "level", "category", "industry", "tags")
_DATES = ("posted", "updated", "expires")
_TEXTS = ("html", "text")
#: An id longer than this is kept as its digest; a title is cut.
_ID_LIMIT = 300
_MEMBERS = 200
_PROBLEMS = 50


class Postings:
    """Collects the postings of one page. ``base`` is the page's address, against which links are resolved."""

    def __init__(self, base: str = "") -> None:
        self._base = base
        self._found: dict[str, RawPosting] = {}
        self._problems: list[str] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, source_id: object, url: object, title: object, **said: Any) -> RawPosting | None:
        """Add one posting; all fields may be of any type, what is not usable is left out.

        Lines: company, language, group, requisition, apply_url. Lists (a string is a list of one): work, remote_areas,
        employment, level, category, industry, tags. ``places``: RawPlace or text, one or many. ``pay``: RawPay, one or many.
        Dates as said: posted, updated, expires. Bodies: html, text. ``facts``: name → words. ``detailed``: bool.
        Without id, http(s) address or title the row becomes a problem and None is returned.
        """
        identity, address, name = line(source_id, 100_000), link(url, self._base), line(title)
        if identity is None or address is None or name is None:
            lacking = "id" if identity is None else "address" if address is None else "title"
            self.problem(f"a row without {lacking} was left out ({name or identity or 'no title'})"[:200])
            return None
        if len(identity) > _ID_LIMIT:
            identity = f"sha256:{hashlib.sha256(identity.encode()).hexdigest()}"
        posting = RawPosting(identity, address, name, **self._clean(said))
        before = self._found.get(identity)
        self._found[identity] = _united(before, posting) if before else posting
        return self._found[identity]

    def problem(self, words: str) -> None:
        """Note a row that could not be read, in a few words."""
        if len(self._problems) < _PROBLEMS:
            self._problems.append(words)

    def reading(
        self,
        next: Request | None = None,  # noqa: A002 - the field's own name
        *,
        complete: bool = False,
        total: object = None,
        name: object = None,
        ttl_minutes: int | None = None,
        cut: str | None = None,
    ) -> Reading:
        """What the page said."""
        count = number(total)
        return Reading(
            postings=tuple(self._found.values()),
            next=next,
            complete=complete and not cut,
            total=int(count) if count is not None and count >= 0 else None,
            name=line(name),
            problems=tuple(self._problems),
            cut=cut,
            ttl_minutes=ttl_minutes,
        )

    def _clean(self, said: dict[str, Any]) -> dict[str, Any]:
        clean: dict[str, Any] = {key: line(said.pop(key)) for key in _LINES if key in said}
        clean |= {key: texts(_listed(said.pop(key)))[:_MEMBERS] for key in _LISTS if key in said}
        clean |= {key: when(said.pop(key)) for key in _DATES if key in said}
        clean |= {key: text(said.pop(key)) for key in _TEXTS if key in said}
        if "apply_url" in said:
            clean["apply_url"] = link(said.pop("apply_url"), self._base)
        if "places" in said:
            clean["places"] = places(said.pop("places"))
        if "pay" in said:
            given = _listed(said.pop("pay"))
            clean["pay"] = tuple(each for each in given if isinstance(each, RawPay))[:_MEMBERS]
        if "facts" in said:
            facts = {key: line(value) for key, value in said.pop("facts").items()}
            clean["facts"] = {key: value for key, value in facts.items() if value}
        return clean | said  # what is left is a plain field (detailed) or a mistake of the kind, which must be heard


def place(said: object = None, city: object = None, region: object = None, country: object = None) -> RawPlace | None:
    """A place from loose parts, or None where all are missing."""
    found = RawPlace(line(said), line(city), line(region), line(country))
    return found if found.text or found.city or found.region or found.country else None


def places(said: object) -> tuple[RawPlace, ...]:
    """Places from one or many of RawPlace, text and None, each once."""
    found = (each if isinstance(each, RawPlace) else place(each) for each in _listed(said))
    return tuple(dict.fromkeys(each for each in found if each))[:_MEMBERS]


def pay(
    low: object = None,
    high: object = None,
    currency: object = None,
    period: object = None,
    *,
    said: object = None,
    kind: str = "base",
    predicted: bool = False,
) -> RawPay | None:
    """Pay from loose parts, or None where no figure and no words are left; zero means *not stated*.

    Where neither figure can be read as one, what they say is words for the reader of texts.
    """
    least, most = figures.amount(low, currency, period) or None, figures.amount(high, currency, period) or None
    words = line(said)
    if least is None and most is None and words is None:
        words = _spoken(low, high)
    if least is None and most is None and words is None:
        return None
    return RawPay(least, most, line(currency), line(period), words, kind, predicted)


def _spoken(low: object, high: object) -> str | None:
    """Figures that are none ("ab 45.000 €", "45-55k"), as words."""
    said = [words for words in dict.fromkeys((line(low), line(high))) if words and any(map(str.isdigit, words))]
    return " - ".join(said) if any(figures.amount(each) is None for each in said) else None


def _listed(value: Any) -> list[Any]:
    """Many values as a list; one value, or None, as a list of one or none."""
    if value is None:
        return []
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes, dict)):
        return list(value)
    return [value]


def _united(first: RawPosting, again: RawPosting) -> RawPosting:
    """One posting of two rows with one id: the first, with the places and words of the second added."""
    return replace(
        first,
        places=tuple(dict.fromkeys(first.places + again.places)),
        work=tuple(dict.fromkeys(first.work + again.work)),
        remote_areas=tuple(dict.fromkeys(first.remote_areas + again.remote_areas)),
        company=first.company or again.company,
        html=first.html or again.html,
        text=first.text or again.text,
        posted=again.posted if first.posted is None else first.posted,
    )
