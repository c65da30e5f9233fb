"""Every kind reads its golden pages as it did when they were reviewed."""

from __future__ import annotations

import json

import pytest
import regold

from alerts import plugins


def test_every_kind_has_a_golden_folder() -> None:
    """A kind without recorded answers is a kind that nobody has checked."""
    assert set(plugins.kinds("sources")) - set(regold.kinds()) == set()


@pytest.mark.parametrize("kind", regold.kinds())
def test_golden_pages_are_read_as_reviewed(kind: str) -> None:
    expected = json.loads((regold.FOLDER / kind / "postings.json").read_text("utf-8"))
    assert json.loads(json.dumps(regold.answer(kind))) == expected


def test_the_documentation_lists_the_kinds_as_they_are() -> None:
    assert regold.DOCS.read_text("utf-8") == regold.documented(), "run: python tests/sources/regold.py"


def test_every_kind_and_option_is_in_the_documentation() -> None:
    said = regold.DOCS.read_text("utf-8")
    for kind in plugins.kinds("sources"):
        section = said.partition(f"\n### {kind}\n")[2].partition("\n### ")[0]
        for option in plugins.load("sources", kind).Options.model_fields:
            assert f"- `{option}`" in section, (kind, option)
