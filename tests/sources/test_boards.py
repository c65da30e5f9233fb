"""Known boards are found by the employer's name, and every one of them is an address that its kind recognises."""

from __future__ import annotations

import pytest

from alerts import plugins
from alerts.sources._boards import Board, find, folded, known


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Société Générale", "societe generale"),
        ("  DATA-dog, Inc. ", "data dog inc"),
        ("1KOMMA5°", "1komma5"),
        ("…", ""),
        ("", ""),
    ],
)
def test_case_accents_and_signs_do_not_matter(said: str, expected: str) -> None:
    assert folded(said) == expected


def test_the_same_name_comes_first_then_names_that_begin_so() -> None:
    found = find("affirm")
    assert found[0] == Board("Affirm", "greenhouse", "https://job-boards.greenhouse.io/affirm")
    assert all(folded(each.company).startswith("affirm") for each in found)


@pytest.mark.parametrize("said", ["data dog", "DataDog", "  datadog "])
def test_spaces_do_not_matter(said: str) -> None:
    assert "Datadog" in [each.company for each in find(said, 1)]


def test_no_more_than_the_limit_are_given_and_nothing_for_nothing() -> None:
    assert len(find("group", limit=3)) == 3
    assert find("") == find(" .,") == find("qqqq zzzz no such employer") == []


def test_a_board_of_the_list_is_recognised_by_its_kind() -> None:
    for at, board in enumerate(known()):
        if at % 40 == 0:
            assert plugins.load("sources", board.kind).recognise(board.address) is not None, board
