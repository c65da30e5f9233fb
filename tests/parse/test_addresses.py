"""Only http(s) addresses without tricks are links; the parts of a pasted address are taken without guessing."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.parse import addresses

BASE = "https://acme.example/jobs/list?page=2"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("/job/1", "https://acme.example/job/1"),
        ("job/1", "https://acme.example/jobs/job/1"),
        ("?id=1", "https://acme.example/jobs/list?id=1"),
        ("//other.example/x", "https://other.example/x"),
        (" https://a.example/ü b?q=é#f ", "https://a.example/%C3%BC%20b?q=%C3%A9#f"),
        ("https://a.example/%C3%BC", "https://a.example/%C3%BC"),
        ("https://a.example/\n1", "https://a.example/1"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("mailto:a@b.example", None),
        ("ftp://a.example/", None),
        ("https://user:pw@a.example/", None),
        ("https://", None),
        ("https://[::1", None),
        ("https://a.example:99999/", None),
        ("https://a.example:0/", None),
        ("https://exa mple/", None),
        ("https://a.example/\x00", None),
        ("", None),
        (None, None),
        (7, None),
        ("https://a.example/" + "x" * 5000, None),
    ],
)
def test_links(said: object, expected: str | None) -> None:
    assert addresses.link(said, BASE) == expected


@given(st.text(max_size=60))
def test_a_link_is_always_safe_to_follow_and_stays_as_it_is(said: str) -> None:
    found = addresses.link(said, BASE)
    if found is not None:
        assert urlsplit(found).scheme in {"http", "https"}
        assert urlsplit(found).hostname
        assert found.isprintable()
        assert " " not in found
        assert addresses.link(found) == found


@given(st.text(max_size=60))
def test_any_text_has_parts_or_none(said: str) -> None:
    given_parts = addresses.parts(said)
    assert given_parts is None or (given_parts.host == given_parts.host.lower() and ".." not in given_parts.steps)


def test_parts_of_a_pasted_address() -> None:
    found = addresses.parts("Boards.Greenhouse.io/embed/job_board?for=acme&for=other")
    assert found is not None
    assert (found.host, found.steps, found.query) == ("boards.greenhouse.io", ("embed", "job_board"), {"for": "acme"})
    assert addresses.parts("https://a.example/x/%2e%2e/y") is None
    assert addresses.parts("https://a.example/x%2fy") is None


@pytest.mark.parametrize(
    ("host", "expected"),
    [("acme.jobs.example", "acme"), ("www.jobs.example", None), ("a.b.jobs.example", None), ("jobs.example", None)],
)
def test_a_customer_has_one_label_before_the_domain(host: str, expected: str | None) -> None:
    found = addresses.parts(f"https://{host}/x")
    assert found is not None
    assert found.under("jobs.example") == expected


@pytest.mark.parametrize("name", ["acme", "acme-co", "Acme_2", "a.b", "7"])
def test_names_of_boards(name: str) -> None:
    assert addresses.token(name) == name


@pytest.mark.parametrize("name", ["", "embed", "..", "a..b", "-a", "a/b", "a b", "ä", "a\n", "x" * 101, None])
def test_what_is_no_name_of_a_board(name: str | None) -> None:
    assert addresses.token(name) is None


def test_a_name_is_spoken_as_a_company() -> None:
    assert addresses.spoken("acme-corp") == "Acme Corp"
    assert addresses.spoken("The%20Co") == "The Co"
    assert addresses.spoken("DeepL") == "DeepL"
