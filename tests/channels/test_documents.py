"""docs/channels.md names every kind and every option, with its default, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from alerts import plugins

DOCS = (Path(__file__).parents[2] / "docs" / "channels.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", DOCS, re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("kind", plugins.kinds("channels"))
def test_every_option_is_documented(kind: str) -> None:
    options: type[BaseModel] = plugins.load("channels", kind).Options
    rows = re.findall(r"^\| `(\w+)` \|(.*?)\|", SECTIONS[kind], re.MULTILINE)
    fields = {field.alias or name: field for name, field in options.model_fields.items()}
    assert [name for name, _ in rows] == list(fields)
    for name, default in rows:
        assert (default.strip() == "") == fields[name].is_required(), name
        if isinstance(number := fields[name].default, int | float) and not isinstance(number, bool):
            assert default.strip() == f"{number:g}", name


def test_only_kinds_that_there_are_have_a_section() -> None:
    assert set(SECTIONS) <= {*plugins.kinds("channels"), "What"}
