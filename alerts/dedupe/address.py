"""Whom a job address speaks of: the system, the tenant where ids are per tenant, and the id there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from alerts.dedupe.canonical import Address, take_apart
from alerts.model.identity import AddressId


@dataclass(frozen=True, slots=True)
class _Rule:
    system: str
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    query: tuple[tuple[str, re.Pattern[str]], ...]
    tenant: str | None
    case: bool


@lru_cache(maxsize=4096)
def identify(url: str) -> AddressId | None:
    """The identity in a job address, or None where no known system is recognised. Never raises.

    Employers' own domains count where they carry a system's parameter (``?gh_jid=``). Two addresses with equal
    identities are one requisition; unequal identities of one system are different postings.
    """
    address = take_apart(url)
    if not address.host:
        return None
    for rule in _rules_for(address.host):
        found = _apply(rule, address)
        if found:
            return found
    return None


def _apply(rule: _Rule, address: Address) -> AddressId | None:
    said: dict[str, str] = {}
    parts = {"host": address.host, "path": address.path, "fragment": address.fragment}
    for part, pattern in rule.patterns:
        match = pattern.search(parts[part])
        if match is None:
            return None
        said.update(match.groupdict())
    for name, pattern in rule.query:
        values = (value for key, value in address.query if key.lower() == name)
        match = next((m for m in map(pattern.match, values) if m), None)
        if match is None:
            return None
        said.update(match.groupdict())
    tenant = address.host if rule.tenant == "host" else rule.tenant or said.get("tenant")
    number = said["id"] if rule.case else said["id"].lower()
    return AddressId(rule.system, tenant.lower() if tenant else None, number)


def _rules_for(host: str) -> Iterator[_Rule]:
    """The rules of the host, the nearest domain first, then those of any host; a known system's host has only its own."""
    by_domain, anywhere = _rules()
    labels = host.split(".")
    for start in range(len(labels) - 1):
        rules = by_domain.get(".".join(labels[start:]))
        if rules:
            yield from rules
            return
    yield from anywhere


@cache
def _rules() -> tuple[dict[str, list[_Rule]], list[_Rule]]:
    """Rules by domain, and those for any host, in the order of the file."""
    by_domain: dict[str, list[_Rule]] = {}
    anywhere: list[_Rule] = []
    table = tomllib.loads((files("alerts.dedupe") / "systems.toml").read_text(encoding="utf-8"))
    for name, system in table.items():
        rules = [_rule(name, row) for row in system["rules"]]
        for domain in system.get("hosts", ()):
            by_domain.setdefault(domain, []).extend(rules)
        if "hosts" not in system:
            anywhere.extend(rules)
    return by_domain, anywhere


def _rule(name: str, row: dict[str, object]) -> _Rule:
    tenant, query = row.get("tenant"), row.get("query")
    return _Rule(
        system=str(row.get("is", name)),
        patterns=tuple((part, re.compile(str(row[part]), re.IGNORECASE)) for part in ("host", "path", "fragment") if part in row),
        query=tuple((key.lower(), re.compile(p, re.IGNORECASE)) for key, p in query.items()) if isinstance(query, dict) else (),
        tenant=str(tenant) if tenant else None,
        case=bool(row.get("case", False)),
    )
