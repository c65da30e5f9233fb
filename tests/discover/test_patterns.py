"""Addresses of every known system are told by themselves, without one request."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts import plugins
from alerts.discover.candidate import Rank
from alerts.discover.trail import follow
from alerts.fetch.client import Client
from alerts.fetch.fetcher import Fetcher
from alerts.sandbox.reader import Reader

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def table() -> list[tuple[str, str, str]]:
    lines = (Path(__file__).parent / "patterns.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(address, kind, options) for address, kind, options in rows]


def nobody(host: str, _port: int) -> list[str]:
    """A resolver that nobody may need."""
    raise AssertionError(f"{host} was asked for")


@pytest.mark.parametrize(("address", "kind", "options"), table())
def test_the_address_alone_tells(address: str, kind: str, options: str, reader: Reader) -> None:
    with Client(resolver=nobody) as client:
        trail = follow(address, Fetcher(client, pace=0), reader, NOW)
    assert [(each.kind, each.rank) for each in trail.candidates] == [(kind, Rank.ITSELF)], trail.notes
    found = trail.candidates[0].options
    assert found == (tomllib.loads(f"it = {options}")["it"] if options.startswith("{") else tomllib.loads(options))
    plugins.load("sources", kind).Options.model_validate(dict(found))


def test_there_are_many() -> None:
    """At least sixty patterns, of at least thirty kinds."""
    rows = table()
    assert len({address for address, _, _ in rows}) >= 60
    assert len({kind for _, kind, _ in rows}) >= 30
