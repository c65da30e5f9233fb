"""Keys of sources never stand in an address, in a printed request or in options, and go to their own host only."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from alerts import plugins
from alerts.model.page import Asking, Page

SECRET = "s3cr3t-0123456789"
KEYED = {
    "adzuna": {"id": SECRET, "key": SECRET, "country": "us"},
    "usajobs": {"email": "me@example.org", "key": SECRET},
    "themuse": {"key": SECRET},
    "nav": {"token": SECRET},
    "recruitee": {"site": "acme", "token": SECRET},
    "comeet": {"site": "acme", "uid": "1.1", "token": SECRET},
    "francetravail": {"id": "PAR_x", "secret": SECRET},
}


@pytest.mark.parametrize("kind", KEYED)
def test_a_key_is_sent_and_never_shown(kind: str) -> None:
    module = plugins.load("sources", kind)
    options = module.Options.model_validate(KEYED[kind])
    request = module.first(options, Asking(words=("cook",)))[0]
    sent = [*request.secret_headers.values(), *request.secret_query.values(), (request.body or b"").decode()]
    assert any(SECRET in each for each in sent)
    assert SECRET not in repr(request) + str(dict(request.headers)) + request.url + str(dict(request.state)) + repr(options)


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/feed", "//evil.example/x", "https://pam-stilling-feed.nav.no.evil.example/x"]
)
def test_a_token_does_not_follow_an_address_of_another_host(elsewhere: str) -> None:
    module = plugins.load("sources", "nav")
    options = module.Options(token=SECRET)
    request = module.first(options, Asking())[0]
    body = json.dumps({"items": [{"id": "1", "_feed_entry": {"uuid": "1", "title": "Kokk"}}], "next_url": elsewhere}).encode()
    assert module.read(Page(request, request.url, body, datetime(2026, 8, 15, tzinfo=UTC)), options).next is None


def test_the_token_that_a_system_gives_is_kept_out_of_sight_too() -> None:
    module = plugins.load("sources", "francetravail")
    options = module.Options.model_validate(KEYED["francetravail"])
    request = module.first(options, Asking())[0]
    body = json.dumps({"access_token": "t0k3n"}).encode()
    after = module.read(Page(request, request.url, body, datetime(2026, 8, 15, tzinfo=UTC)), options).next
    assert after.secret_headers == {"Authorization": "Bearer t0k3n"}
    assert "t0k3n" not in repr(after)


def test_the_public_token_of_nav_is_found_in_the_words_around_it() -> None:
    module = plugins.load("sources", "nav")
    options = module.Options()
    request = module.first(options, Asking(since=datetime(2026, 8, 14, 7, 30, tzinfo=UTC)))[0]
    body = b"Current public token for Nav Job Vacancy Feed:\neyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwdWJsaWMifQ.c2lnbmF0dXJl"
    after = module.read(Page(request, request.url, body, datetime(2026, 8, 15, tzinfo=UTC)), options).next
    assert after.secret_headers["Authorization"] == "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwdWJsaWMifQ.c2lnbmF0dXJl"
    assert after.headers["If-Modified-Since"] == "Fri, 14 Aug 2026 07:30:00 GMT"
