"""What is said and read in headers."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts import __version__
from alerts.fetch.headers import conditions, retry_after, user_agent, validators_of

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        ("120", None, 120),
        (" 120 ", None, 120),
        ("1.5", None, 1.5),
        ("0", None, 1),
        ("1000000000", None, 86400),
        ("Tue, 03 Mar 2026 12:02:00 GMT", None, 120),
        ("Tue, 03 Mar 2026 12:02:00 GMT", "Tue, 03 Mar 2026 12:01:00 GMT", 60),
        ("Tue, 03 Mar 2026 12:02:00 GMT", "nonsense", 120),
        ("Tuesday, 03-Mar-26 12:02:00 GMT", None, 120),
        ("Tue Mar  3 12:02:00 2026", None, 120),
        ("Tue, 03 Mar 2026 11:00:00 GMT", None, 1),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None, 86400),
        ("Mon, 32 Jan 2026 00:00:00 GMT", None, None),
        ("-5", None, None),
        ("", None, None),
        ("soon", None, None),
        ("1e9", None, None),
        ("NaN", None, None),
        ("inf", None, None),
        ("١٢", None, None),
        ("12, 13", None, None),
        ("2026", None, 2026),
        ("9" * 500, None, None),
        ("Mar " * 100, None, None),
    ],
)
def test_retry_after(value: str, date: str | None, seconds: float | None) -> None:
    assert retry_after({"retry-after": value, **({"date": date} if date else {})}, NOW) == seconds


def test_retry_after_is_missing() -> None:
    assert retry_after({}, NOW) is None


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_retry_after_never_raises_and_stays_in_bounds(value: str, date: str) -> None:
    seconds = retry_after({"retry-after": value, "date": date}, NOW)
    assert seconds is None or 1 <= seconds <= 86400


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        (None, ""),
        ("", ""),
        ("me@example.org", " (+mailto:me@example.org)"),
        ("https://example.org/bot", " (+https://example.org/bot)"),
        ("mailto:me@example.org", " (+mailto:me@example.org)"),
        ("a@b\r\nX-Evil: (1)", " (+a@bX-Evil:1)"),
    ],
)
def test_user_agent(contact: str | None, shown: str) -> None:
    assert user_agent(contact) == f"job-alerts/{__version__}{shown}"


@given(st.dictionaries(st.sampled_from(["etag", "last-modified"]), st.text(max_size=50)))
@settings(max_examples=200, deadline=None)
def test_what_was_kept_can_be_sent_again_as_it_came(headers: dict[str, str]) -> None:
    kept = validators_of(headers)
    assert set(conditions(kept).values()) == set(kept.values())
    assert set(kept.values()) <= set(headers.values())


def test_httpx_is_loaded_by_the_first_request_only() -> None:
    """Commands that ask nobody start without it."""
    code = (
        "import sys, alerts.daemon.bootstrap, alerts.fetch.client; alerts.fetch.client.Client(); sys.exit('httpx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
