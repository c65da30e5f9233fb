"""The table of `make mutants` fits the code: a fault that can no longer be put in would count as nothing."""

from __future__ import annotations

import pytest

from tests.mutants import ROOT, table


@pytest.mark.parametrize("mutant", table(), ids=lambda mutant: mutant["name"])
def test_the_old_text_stands_in_its_file_exactly_once(mutant):
    text = (ROOT / mutant["file"]).read_text(encoding="utf-8")
    assert text.count(mutant["old"]) == 1
    assert mutant["new"] != mutant["old"]
    assert all((ROOT / test).exists() for test in mutant["tests"])
