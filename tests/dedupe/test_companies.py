"""Are two names one employer? A name that merely holds the other is never certain."""

from pathlib import Path

import pytest

from alerts.dedupe.companies import compare
from alerts.normalise import company

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "companies.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("relation", "one", "two"), ROWS, ids=lambda word: str(word))
def test_the_names_relate(relation: str, one: str, two: str) -> None:
    assert compare(company.key(one), company.key(two)) == relation
    assert compare(company.key(two), company.key(one)) == relation
