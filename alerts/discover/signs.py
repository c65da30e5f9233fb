"""Words and hosts in a page that give a system away; the table is ``signs.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from alerts.reading.addresses import Parts


@dataclass(frozen=True, slots=True)
class Sign:
    """One mark of a system: what is looked for, and what it says of the options."""

    kind: str
    find: re.Pattern[str]
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signs:
    """The whole table."""

    domains: re.Pattern[str]
    not_boards: frozenset[str]
    named: tuple[Sign, ...]
    own: tuple[Sign, ...]
    keyed: dict[str, re.Pattern[str]]
    closed: dict[str, re.Pattern[str]]


@cache
def table() -> Signs:
    """``signs.toml``."""
    said = tomllib.loads((files("alerts.discover") / "signs.toml").read_text("utf-8"))
    return Signs(
        domains=re.compile("|".join(map(re.escape, said["domains"])), re.IGNORECASE),
        not_boards=frozenset(said["not_boards"]),
        named=tuple(Sign(row["kind"], re.compile(row["find"]), {row["option"]: "{1}"}) for row in said["named"]),
        own=tuple(Sign(row["kind"], re.compile(row["find"]), row["options"]) for row in said["own"]),
        keyed={row["kind"]: re.compile(row["host"]) for row in said["keyed"]},
        closed={name: re.compile(host) for name, host in said["closed"].items()},
    )


def named(source: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The boards that the scripts and attributes of a page name: kind and options."""
    for sign in table().named:
        for found in dict.fromkeys(sign.find.findall(source)):
            yield sign.kind, {key: value.replace("{1}", found) for key, value in sign.options.items()}


def on_own_host(source: str, at: Parts) -> Iterator[tuple[str, dict[str, object]]]:
    """The systems that made this page and should answer on its host: kind and options."""
    words = {"{origin}": at.origin, "{host}": at.host, "{place}": "/".join(at.steps[:2])}
    seen = set[str]()
    for sign in table().own:
        found = sign.find.search(source) if sign.kind not in seen else None
        if not found:
            continue
        seen.add(sign.kind)
        words["{1}"] = found[1] if found.re.groups else ""
        options: dict[str, object] = {}
        for key, value in sign.options.items():
            for word, meaning in words.items():
                value = value.replace(word, meaning)
            options[key] = value
        if re.fullmatch(r"[a-z]{2,6}/[a-z]{2}", words["{place}"]) or "place" not in options:
            yield sign.kind, options
        else:
            yield sign.kind, {key: value for key, value in options.items() if key != "place"}


def needs_key(host: str) -> str | None:
    """The kind that reads this site with a key of one's own."""
    return next((kind for kind, pattern in table().keyed.items() if pattern.search(host)), None)


def closed_system(host: str) -> str | None:
    """The name of a system that no kind reads."""
    return next((name for name, pattern in table().closed.items() if pattern.search(host)), None)
