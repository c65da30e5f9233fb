"""The keys by which possible twins are looked up: few and selective, so that the cost does not grow with the store."""

from __future__ import annotations

from hashlib import blake2b

from alerts.dedupe import companies
from alerts.dedupe.elsewhere import said_elsewhere
from alerts.dedupe.title import parts
from alerts.model.identity import Fingerprint


def blocks(f: Fingerprint) -> tuple[str, ...]:
    """Keys, any of which a stored posting must share to be compared: at most about ten, each some 20 characters."""
    keys = [f"i:{name}" for name in f.ids]
    if f.address:
        keys.append("a:" + _short(f.address))
    if f.group:
        keys.append("g:" + _short(f.source, f.group))
    company = companies.latin(companies.named(f.company)).split()
    title = parts(f.title)
    core = sorted(title.core - said_elsewhere(f)) or sorted(title.core)
    if company and core:
        keys += [f"c:{_short(name, *core)}" for name in _names(company)]
        keys += [f"c:{_short(company[0], *pair)}" for pair in _pairs(core, f.title)]
        # Among many of one title, the one in the same place.
        keys.append("x:" + _short(company[0], *core, *(part for spot in f.places for part in spot)))
    if len(title.core) >= 4:
        cities = dict.fromkeys(spot[0] or spot[2] for spot in f.places)
        keys += ["t:" + _short(city, *sorted(title.words)) for city in list(cities)[:2]]
    if f.signature:
        # The least hashes of two texts that differ in a few words are mostly the same.
        keys.append("s:" + f.signature[:16].hex())
    return tuple(dict.fromkeys(keys))


def _names(company: list[str]) -> list[str]:
    """What another board may call the employer: its first word, the name in one word, its initials."""
    initials = "".join(word[0] for word in company)
    return list(dict.fromkeys([company[0], "".join(company), *([initials] if len(initials) > 2 else [])]))


def _pairs(core: list[str], title: str) -> list[tuple[str, ...]]:
    """The first two words of what the work is: a title that says more than another mostly says it later."""
    ordered = [word for word in title.split() if word in core]
    return [("first", *sorted(ordered[:2]))]


def _short(*words: str) -> str:
    return blake2b("\x1f".join(words).encode(), digest_size=9).hexdigest()
