"""Company names fold to one key, whatever legal form or sign they wear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.normalise import company


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Acme, Inc.", "acme"),
        ("The Acme Company", "acme"),
        ("ACME GmbH & Co. KG", "acme"),
        ("Acmé S.A.S.", "acme"),
        ("Acme Sp. z o.o.", "acme"),
        ("Acme Pty Ltd", "acme"),
        ("Acme (Germany)", "acme"),
        ("Company", "company"),
        ("AG", "ag"),
        ("株式会社Acme", "株式会社acme"),
        (None, ""),
        ("", ""),
    ],
)
def test_legal_forms_and_signs_fall_away(name: str | None, wanted: str) -> None:
    assert company.key(name) == wanted


@pytest.mark.parametrize(
    ("one", "other"), [("Raytheon", "RTX Corporation"), ("Facebook", "Meta Platforms, Inc."), ("Alphabet", "Google LLC")]
)
def test_aliases_are_one_company(one: str, other: str) -> None:
    assert company.key(one) == company.key(other)


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(name: str) -> None:
    once = company.key(name)
    assert company.key(once) == once
