"""What speaks for and against two postings being one job: named findings, each with words for the reader."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from alerts.dedupe import companies, places
from alerts.dedupe.elsewhere import said_elsewhere
from alerts.dedupe.signature import similarity
from alerts.dedupe.title import TitleParts, bare, kin, parts, plain, soft
from alerts.model.identity import Fingerprint

#: Days between two postings of one job: more is late …
LATE = 75
#: … and this is long enough for the job to be asked for anew.
LONG_AGO = 120
#: How the names of findings begin that say how far apart the dates are.
_DATES = ("days ", "late", "long ago")
_OTHER_TITLE = {"title other", "title swap 1", "title swap 2", "title swap 3", "title and places differ"}


class Finding(NamedTuple):
    """One thing found: the name that has a weight, and the words for a person."""

    name: str
    words: str


def speaks(name: str) -> str:
    """``for``, ``against``, or nothing: the direction that a finding has by itself; raises KeyError for none of findings.toml."""
    return directions()[name]


def findings(a: Fingerprint, b: Fingerprint) -> tuple[Finding, ...]:
    """All that the two fingerprints say of each other, in a fixed order; the same for (b, a)."""
    if (b.title, b.company, b.source, b.source_id) < (a.title, a.company, a.source, a.source_id):
        a, b = b, a
    one, two = parts(a.title), parts(b.title)
    company = _company(a, b)
    place = _place(a, b)
    title = _title(a, b, one, two)
    found = [
        Finding(f"company {company}", _COMPANY[company].format(a=a.company, b=b.company)),
        title,
        *_ladder(one, two),
        *_season(one, two),
        Finding(f"places {place}", _PLACES[place].format(a=_spots(a), b=_spots(b))),
        *_address(a, b),
        *_dates(a, b),
        *_pay(a, b),
        *_text(a, b),
    ]
    length = len(one.core | two.core)
    found.append(Finding("title plain" if length <= 2 else "title usual" if length <= 4 else "title long", ""))
    found += _together(company, title.name, place, plain_title=length <= 2)
    found += _told_twice(found)
    found += _when(a, b, title.name, place, pinned=any(f.name in ("season same", "year same") for f in found))
    return tuple(found)


_COMPANY = {
    "same": "same company",
    "near": "company {a!r} like {b!r}",
    "part": "company {a!r} may be {b!r}",
    "named": "the title names the other's company ({a!r}, {b!r})",
    "kin": "company {a!r} may belong with {b!r}",
    "unsaid": "company not said",
    "other": "company {a!r} is not {b!r}",
}
_PLACES = {
    "equal": "same places",
    "overlap": "places in common",
    "near": "neighbouring places ({a}; {b})",
    "inside region": "one place holds the other ({a}; {b})",
    "inside country": "one place holds the other ({a}; {b})",
    "unsaid": "place not said by one",
    "namesake": "cities of one name ({a}; {b})",
    "remote": "both remote",
    "remote somewhere": "both remote, the place said by one",
    "elsewhere": "other cities ({a}; {b})",
    "abroad": "other countries ({a}; {b})",
}


def _company(a: Fingerprint, b: Fingerprint) -> str:
    """How the employers lie to each other; an agency or a marketplace may name the employer in its title."""
    relation = companies.compare(a.company, b.company)
    if relation in ("kin", "other") and (_names(a.title, b.company) or _names(b.title, a.company)):
        return "named"
    return relation


def _names(title: str, company: str) -> bool:
    return len(company) >= 3 and f" {company} " in f" {title} "


def _place(a: Fingerprint, b: Fingerprint) -> str:
    relation = places.compare(a.places, b.places)
    if relation == "unsaid" and a.remote and b.remote:
        return "remote" if not a.places and not b.places else "remote somewhere"
    return relation


_SAME_TITLE = ("title verbatim", "title reordered", "title bare", "title equal", "title core", "title nearly")
_EQUAL_TITLE = _SAME_TITLE[:4]
_NEAR = ("equal", "overlap", "remote")


def _title(a: Fingerprint, b: Fingerprint, one: TitleParts, two: TitleParts) -> Finding:
    """How far what the work is agrees; the ladder and the season are findings of their own."""
    said_a, said_b = plain(a.title), plain(b.title)
    if said_a == said_b:
        return Finding("title verbatim", "same title word for word")
    if sorted(said_a) == sorted(said_b):
        return Finding("title reordered", "same title in another order")
    said = said_elsewhere(a) | said_elsewhere(b)
    if sorted(bare(a.title, said)) == sorted(bare(b.title, said)):
        return Finding("title bare", "same title but for what is said elsewhere")
    if one.words == two.words:
        return Finding("title equal", "same title in other words")
    more_a, more_b = one.core - two.core, two.core - one.core
    if not more_a and not more_b:
        return Finding("title core", "same work in the title")
    if a.title.replace(" ", "") == b.title.replace(" ", ""):
        return Finding("title core", "same title but for spaces")
    filler = soft() | said
    more_a, more_b = more_a - filler, more_b - filler
    if not more_a and not more_b:
        return Finding("title nearly", "same title but for place, company or filler")
    words = f"{' '.join(sorted(more_a)) or '-'} / {' '.join(sorted(more_b)) or '-'}"
    if not one.core & two.core:
        return Finding("title other", f"titles have no word in common ({words})")
    if not more_a or not more_b:
        extra = len(more_a or more_b)
        return Finding(f"title more {min(extra, 4)}", f"one title says more ({words})")
    return Finding(f"title swap {min(max(len(more_a), len(more_b)), 3)}", f"titles differ ({words})")


def _ladder(one: TitleParts, two: TitleParts) -> Iterator[Finding]:
    for name, mine, yours in (
        ("step", one.steps, two.steps),
        ("senior", one.senior, two.senior),
        ("junior", kin(one.junior), kin(two.junior)),
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
        elif mine:
            yield Finding(f"{name} same", f"both {' '.join(sorted(mine & yours))}")


def _address(a: Fingerprint, b: Fingerprint) -> Iterator[Finding]:
    if a.address and a.address == b.address:
        yield Finding("same address", "same address")


def _dates(a: Fingerprint, b: Fingerprint) -> Iterator[Finding]:
    if a.posted is None or b.posted is None:
        yield Finding("dates unsaid", "")
        return
    days = abs((a.posted - b.posted).days)
    yield Finding("dates said", f"posted {days} days apart")
    for limit in (0, 7, 30, LATE):
        if days > limit:
            yield Finding(f"days over {limit}", "")


def _when(a: Fingerprint, b: Fingerprint, title: str, place: str, *, pinned: bool) -> Iterator[Finding]:
    """What the dates say beside the rest: months apart, one title is mostly asked for anew, unless its season pins it."""
    if a.posted is None or b.posted is None:
        return
    days = abs((a.posted - b.posted).days)
    if title == "title verbatim" and place == "equal":
        yield Finding("verbatim late" if days > LATE else "verbatim soon", "")
    if days > LATE:
        yield Finding("late pinned" if pinned else "late", "")
    if days > LONG_AGO and not pinned:
        yield Finding("long ago", f"{days} days apart, and no season says that it is one")


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


def _together(company: str, title: str, place: str, *, plain_title: bool) -> Iterator[Finding]:
    """Findings that say more together than apart."""
    near = place in _NEAR
    if company == "same" and title in _SAME_TITLE and near:
        yield Finding("all agree", "")
    if company == "other" and not (title in _EQUAL_TITLE and near):
        yield Finding("company and more differ", "")
    if company == "part" and plain_title:
        yield Finding("company part plain", "names that differ, and a title that many have")
    if title not in _SAME_TITLE and not near:
        yield Finding("title and places differ", "")
    if place in ("elsewhere", "abroad") and title in _EQUAL_TITLE:
        yield Finding("siblings", "the same title elsewhere")


def _told_twice(found: list[Finding]) -> Iterator[Finding]:
    """Equal texts are close to proof where nothing speaks against it; where the place and the ladder do not, a copy is likely."""
    names = {finding.name for finding in found}
    against = {name for name in names if speaks(name) == "against" and not name.startswith(_DATES)} - {"title plain"}
    if "text equal" not in names:
        return
    if not against:
        yield Finding("text proof", "equal texts, and nothing speaks against it")
    if not against - {"company other", "company and more differ", "company part plain", "step one-sided"} - _OTHER_TITLE:
        yield Finding("text copy", "told twice with the same text")


def _spots(f: Fingerprint) -> str:
    return "; ".join(", ".join(part for part in spot if part) for spot in f.places[:3])


@cache
def directions() -> dict[str, str]:
    """Every finding there is, and which way it speaks."""
    table = _findings()
    return {name: "" if way == "neither" else way for way in ("for", "against", "neither") for name in table[way]}


@cache
def orders() -> tuple[tuple[str, ...], ...]:
    """Findings of which none may weigh less than those after it."""
    return tuple(tuple(names) for names in _findings()["orders"])


@cache
def _findings() -> dict[str, Any]:
    return tomllib.loads((files("alerts.dedupe") / "findings.toml").read_text(encoding="utf-8"))
