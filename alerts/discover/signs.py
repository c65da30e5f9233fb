"""Words and hosts in a page that give a system away; the table is ``signs.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from alerts.parse.addresses import Parts, parts


@dataclass(frozen=True, slots=True)
class Sign:
    """One mark of a system: what is looked for, and what it says of the options."""

    kind: str
    find: re.Pattern[str]
    options: dict[str, object] = field(default_factory=dict)
    #: True for a second way of asking the same system.
    also: bool = False


@dataclass(frozen=True, slots=True)
class Signs:
    """The whole table."""

    domains: re.Pattern[str]
    not_boards: frozenset[str]
    named: tuple[Sign, ...]
    own: tuple[Sign, ...]
    keyed: dict[str, re.Pattern[str]]
    closed: dict[str, re.Pattern[str]]
    refusing: dict[str, re.Pattern[str]]


@cache
def table() -> Signs:
    """``signs.toml``."""
    said = tomllib.loads((files("alerts.discover") / "signs.toml").read_text("utf-8"))
    return Signs(
        domains=re.compile("|".join(map(re.escape, said["domains"])), re.IGNORECASE),
        not_boards=frozenset(said["not_boards"]),
        named=tuple(Sign(row["kind"], re.compile(row["find"]), {row["option"]: "{1}"}) for row in said["named"]),
        own=tuple(Sign(row["kind"], re.compile(row["find"]), row["options"], row.get("also", False)) for row in said["own"]),
        keyed={row["kind"]: re.compile(row["host"]) for row in said["keyed"]},
        closed={name: re.compile(host) for name, host in said["closed"].items()},
        refusing={name: re.compile(host) for name, host in said["refusing"].items()},
    )


def named(source: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The boards that the scripts and attributes of a page name: kind and options."""
    for sign in table().named:
        for found in dict.fromkeys(sign.find.findall(source)):
            yield sign.kind, _filled(sign, {"{1}": found})


def on_own_host(source: str, at: Parts) -> Iterator[tuple[str, dict[str, object]]]:
    """The systems that made this page and should answer on its host: kind and options."""
    place = "/".join(at.steps[:2])
    words = {"{origin}": at.origin, "{host}": at.host, "{place}": place if re.fullmatch("[a-z]{2,6}/[a-z]{2}", place) else ""}
    seen = set[str]()
    for sign in table().own:
        found = sign.find.search(source) if sign.also or sign.kind not in seen else None
        if found:
            seen.add(sign.kind)
            yield sign.kind, _filled(sign, {**words, "{1}": found[1] if found.re.groups else ""})


def _filled(sign: Sign, words: Mapping[str, str]) -> dict[str, object]:
    """The options of a sign; one that turns out empty is left to its default."""
    filled = {key: words.get(value, value) if isinstance(value, str) else value for key, value in sign.options.items()}
    return {key: value for key, value in filled.items() if value != ""}


def needs_key(host: str) -> str | None:
    """The kind that reads this site with a key of one's own."""
    return next((kind for kind, pattern in table().keyed.items() if pattern.search(host)), None)


def closed_system(host: str) -> str | None:
    """The name of a system that no kind reads."""
    return next((name for name, pattern in table().closed.items() if pattern.search(host)), None)


def refusing_site(host: str) -> str | None:
    """The name of a site that wants no program to read it."""
    return next((name for name, pattern in table().refusing.items() if pattern.search(host)), None)


def refused(address: str) -> str | None:
    """What to do instead of reading an address of a site that wants no program to read it; None for any other."""
    here = parts(address)
    site = refusing_site(here.host) if here else None
    return site and f'{site} wants no program to read it; look for the employer\'s own board: job-alerts add "Company name"'
