"""What speaks for and against two postings being one job: named findings, each with words for the reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from alerts.dedupe import companies, places
from alerts.dedupe.signature import similarity
from alerts.dedupe.title import TitleParts, parts
from alerts.model import Fingerprint


class Finding(NamedTuple):
    """One thing found: the name that has a weight, and the words for a person."""

    name: str
    words: str


def findings(a: Fingerprint, b: Fingerprint) -> tuple[Finding, ...]:
    """All that the two fingerprints say of each other, in a fixed order; the same for (b, a)."""
    if (b.title, b.company, b.source, b.source_id) < (a.title, a.company, a.source, a.source_id):
        a, b = b, a
    one, two = parts(a.title), parts(b.title)
    company = companies.compare(a.company, b.company)
    place = places.compare(a.places, b.places)
    title = _title(a, b, one, two)
    found = [
        Finding(f"company {company}", _COMPANY[company].format(a=a.company, b=b.company)),
        title,
        *_ladder(one, two),
        *_season(one, two),
        Finding(f"places {place}", _PLACES[place].format(a=_spots(a), b=_spots(b))),
        *_dates(a, b),
        *_pay(a, b),
        *_text(a, b),
    ]
    length = len(one.core | two.core)
    found.append(Finding("title plain" if length <= 2 else "title usual" if length <= 4 else "title long", ""))
    found += _together(company, title.name, place)
    return tuple(found)


_COMPANY = {
    "same": "same company",
    "near": "company {a!r} like {b!r}",
    "unsaid": "company not said",
    "other": "company {a!r} is not {b!r}",
}
_PLACES = {
    "equal": "same places",
    "overlap": "places in common",
    "inside": "one place holds the other ({a}; {b})",
    "unsaid": "place not said by one",
    "elsewhere": "other cities ({a}; {b})",
    "abroad": "other countries ({a}; {b})",
}


_SAME_TITLE = ("title verbatim", "title equal", "title core")


def _title(a: Fingerprint, b: Fingerprint, one: TitleParts, two: TitleParts) -> Finding:
    """How far what the work is agrees; the ladder and the season are findings of their own."""
    if a.title.replace(" and ", " ") == b.title.replace(" and ", " "):
        return Finding("title verbatim", "same title word for word")
    if one.words == two.words:
        return Finding("title equal", "same title in other words")
    more_a, more_b = one.core - two.core, two.core - one.core
    if not more_a and not more_b:
        return Finding("title core", "same work in the title")
    said = f"{' '.join(sorted(more_a)) or '-'} / {' '.join(sorted(more_b)) or '-'}"
    if not one.core & two.core:
        return Finding("title other", f"titles have no word in common ({said})")
    if a.title.replace(" ", "") == b.title.replace(" ", ""):
        return Finding("title core", "same title but for spaces")
    if not more_a or not more_b:
        extra = len(more_a or more_b)
        return Finding(f"title more {min(extra, 4)}", f"one title says more ({said})")
    return Finding(f"title swap {min(max(len(more_a), len(more_b)), 3)}", f"titles differ ({said})")


def _ladder(one: TitleParts, two: TitleParts) -> Iterator[Finding]:
    for name, mine, yours in (
        ("step", one.steps, two.steps),
        ("senior", one.senior, two.senior),
        ("junior", one.junior, two.junior),
        ("intern", one.intern, two.intern),
        ("terms", one.terms, two.terms),
        ("requisition", one.requisitions, two.requisitions),
    ):
        if mine != yours:
            how = "one-sided" if not mine or not yours else "partly" if mine & yours else "differs"
            yield Finding(f"{name} {how}", f"{name} {' '.join(sorted(mine)) or '-'} / {' '.join(sorted(yours)) or '-'}")


def _season(one: TitleParts, two: TitleParts) -> Iterator[Finding]:
    for name, mine, yours in (("season", one.seasons, two.seasons), ("year", one.years, two.years)):
        if mine and yours and not mine & yours:
            yield Finding(f"{name} differs", f"{name} {' '.join(sorted(mine))} / {' '.join(sorted(yours))}")
        elif bool(mine) != bool(yours):
            yield Finding(f"{name} one-sided", f"{name} {' '.join(sorted(mine | yours))} said by one only")


def _dates(a: Fingerprint, b: Fingerprint) -> Iterator[Finding]:
    if a.posted is None or b.posted is None:
        yield Finding("dates unsaid", "")
        return
    days = abs((a.posted - b.posted).days)
    step = next((limit for limit in (2, 7, 21, 60, 150) if days <= limit), 999)
    yield Finding(f"dates {step}", f"posted {days} days apart")


def _pay(a: Fingerprint, b: Fingerprint) -> Iterator[Finding]:
    if a.pay is None or b.pay is None or a.pay[2:] != b.pay[2:]:
        return
    if a.pay == b.pay:
        yield Finding("pay same", "same pay")
        return
    low, high = max(p[0] or 0 for p in (a.pay, b.pay)), min(p[1] or p[0] or 0 for p in (a.pay, b.pay))
    yield Finding("pay other", "pay differs") if low > high else Finding("pay near", "pay overlaps")


def _text(a: Fingerprint, b: Fingerprint) -> Iterator[Finding]:
    alike = similarity(a.signature, b.signature)
    if alike is not None:
        step = "equal" if alike >= 0.85 else "alike" if alike >= 0.5 else "partly" if alike >= 0.2 else "other"
        yield Finding(f"text {step}", f"texts {alike:.0%} alike")


def _together(company: str, title: str, place: str) -> Iterator[Finding]:
    """Findings that say more together than apart."""
    near = place in ("equal", "overlap")
    if company == "same" and title in _SAME_TITLE and near:
        yield Finding("all agree", "")
    if company == "other" and not (title in _SAME_TITLE[:2] and near):
        yield Finding("company and more differ", "")
    if title not in _SAME_TITLE and not near:
        yield Finding("title and places differ", "")
    if place in ("elsewhere", "abroad") and title in _SAME_TITLE[:2]:
        yield Finding("siblings", "the same title elsewhere")


def _spots(f: Fingerprint) -> str:
    return "; ".join(", ".join(part for part in spot if part) for spot in f.places[:3])
