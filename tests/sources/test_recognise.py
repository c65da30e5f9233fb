"""Pasted addresses are told to be of the right kind, with the right options, and by one kind alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from alerts import plugins


def table() -> list[tuple[str, str, str]]:
    lines = (Path(__file__).parent / "addresses.tsv").read_text("utf-8").splitlines()
    rows = [(*line.split("\t"), "", "")[:3] for line in lines if not line.startswith("#") and "\t" in line]
    return [(address, kind, options.strip()) for address, kind, options in rows]


@pytest.mark.parametrize(("address", "kind", "options"), table())
def test_an_address_is_of_one_kind(address: str, kind: str, options: str) -> None:
    found = {
        each: said for each in plugins.kinds("sources") if (said := plugins.load("sources", each).recognise(address)) is not None
    }
    assert list(found) == ([] if kind == "-" else [kind])
    for each, said in found.items():
        plugins.load("sources", each).Options.model_validate(said)
        if options:
            expected = tomllib.loads(f"it = {options}")["it"] if options.startswith("{") else tomllib.loads(options)
            assert said == expected
