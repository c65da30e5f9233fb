"""A posting's headline with parts in any order: "Acme | Backend Engineer | Berlin | REMOTE (EU) | €70k"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from alerts.parse.labelled import patterns

#: Words that begin with capitals, as the names of places do.
_PLACE = r"[A-ZÀ-Þ][\w.'’-]*(?:\s+(?:[A-ZÀ-Þ][\w.'’-]*|de|of|do|la|am))*"


#: A part longer than this is prose.
_LONG = 150


@dataclass
class Headline:
    """The parts by what they are; whatever is not said stays empty."""

    company: str | None = None
    roles: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    work: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    employment: list[str] = field(default_factory=list)
    pay: list[str] = field(default_factory=list)
    sponsorship: str | None = None


def read(line: str) -> Headline | None:
    """The parts of a headline, or None where the line is not one."""
    parts = _parts(line)
    if len(parts) < 2:
        return _sentence(line)
    found, rest = Headline(), []
    roles = [index for index, part in enumerate(parts) if _is_role(part)]
    for index, part in enumerate(parts):
        # The first part is the employer even where its name sounds like a trade, if a role stands elsewhere.
        if index in roles and not (index == 0 and len(roles) > 1):
            found.roles += _split_roles(re.sub(r"\s*\(?https?://\S+", "", part).strip() or part)
        elif not _read_part(part, found, first=index == 0):
            rest.append((index, part))
    _assign(rest, found, len(parts))
    return found


def _sentence(line: str) -> Headline | None:
    """ "Acme (YC W22) is hiring a Staff Engineer in Berlin": employer and role."""
    said = _sort("sentence").match(line)
    if said is None:
        opener = _sort("opener").match(line)
        named = opener.group(1) if opener else ""
        return Headline(company=named) if named and not _sort("no_name").match(named) else None
    role = _sort("role_ends").split(said.group(2))[0].strip(" ,!")
    return Headline(company=said.group(1).strip(), roles=[role] if _is_role(role) else [])


def _parts(line: str) -> list[str]:
    bars = [part.strip(" \t*_-–—") for part in line.split("|")]
    if len(bars) < 2 and len(line) <= 200:
        dashed = [part.strip() for part in re.split(r"\s+[–—-]{1,2}\s+|;\s+|\s+//\s+", line)]
        if len(dashed) > 2 or any(map(_is_role, dashed)):
            bars = dashed
    return [part for part in bars if part]


def _is_role(part: str) -> bool:
    if len(part) > _LONG or re.match(r"\s*(?:remote|hybrid|on-?site)\b", part, re.IGNORECASE):
        return False
    return bool(patterns()["roles"].search(part))


def _split_roles(part: str) -> list[str]:
    """Several roles where every piece is one ("Tech Lead, AI Engineer"); else the part as it stands."""
    if _sort("many").search(part):
        return [part]
    pieces = [piece.strip(" .") for piece in re.split(r"\s*[,;]\s*(?:and\s+|or\s+)?|\s+(?:and|&)\s+", part)]
    pieces = [piece for piece in pieces if piece]
    if any(piece.count("(") != piece.count(")") for piece in pieces):  # the comma stood inside an aside
        return [part]
    heads = (_sort("trades").sub("", piece) for piece in pieces)
    return pieces if len(pieces) <= 12 and all(map(patterns()["roles"].search, heads)) else [part]


def _read_part(part: str, found: Headline, *, first: bool) -> bool:
    """Give a part to the fields that it is certainly about; False where it is about none."""
    if len(part) > _LONG:
        return True
    if first:  # most often the employer, whose name may be made of any words
        if not (_sort("work").match(part) or _sort("employment").fullmatch(part)):
            return False
    elif _sort("sponsorship").search(part):
        found.sponsorship = part
        return True
    elif _sort("link").search(part):
        return True
    elif _sort("pay").search(part):
        found.pay.append(part)
        return True
    return _read_work(part, found)


def _read_work(part: str, found: Headline) -> bool:
    """Read "Full-time", "REMOTE (EU)", "Berlin, ONSITE", "Hybrid (Toronto, CA – 3 days)"; False where it is none of these."""
    employment, work = _sort("employment").findall(part), _sort("work").findall(part)
    found.employment += employment
    found.work += work
    if not work:
        return bool(employment)
    left = _sort("employment").sub(" ", _sort("work").sub(" ", part))
    for piece in re.split(r"[()]|\s[–—-]\s|;", left):
        said = " ".join(_sort("after").sub("", _sort("before").sub("", piece)).split())
        if len(said) > 1 and not _sort("not_a_place").search(said):
            remote = all(word.lower().startswith("remote") for word in work)
            (found.areas if remote and not re.match(r"[A-Z][\w ]+, ?[A-Z]", said) else found.places).append(said)
    return True


def _assign(rest: list[tuple[int, str]], found: Headline, count: int) -> None:
    """Parts of no certain sort: the first is the employer unless it reads like "City, Country"; then roles, then places."""
    for index, part in rest:
        name = re.split(r"\s*\(|\s+[–—-]\s+|,?\s*https?://", part)[0].strip(" -–—:") or part
        first_is_place = index == 0 and count > 2 and _is_first_place(part, [other for _, other in rest[1:]])
        if found.company is None and name and not first_is_place:
            found.company = name if len(name) <= 60 else None
        elif _sort("many").search(part):
            found.roles = found.roles or [part]
        elif not _sort("aside").search(part) and _is_place(part):
            found.places.append(part)


def _is_first_place(part: str, others: list[str]) -> bool:
    """Does the first part read like "City, Country"? Not where it ends as companies do, or another part reads like that too."""
    if not re.fullmatch(rf"{_PLACE},\s*{_PLACE}", part) or _sort("legal").search(part):
        return False
    return not any(re.fullmatch(rf"{_PLACE},\s*{_PLACE}", other) for other in others)


def _is_place(part: str) -> bool:
    pieces = re.split(r"\s*[,/&]\s*|\s+or\s+|\s+and\s+", re.sub(r"\(.*?\)", "", part).strip())
    return len(part) <= 80 and all(len(piece.split()) <= 4 and re.fullmatch(_PLACE, piece) for piece in pieces if piece)


@cache
def _sort(name: str) -> re.Pattern[str]:
    table: dict[str, str] = tomllib.loads((files("alerts.parse") / "headline.toml").read_text("utf-8"))
    return re.compile(table[name], re.IGNORECASE)
