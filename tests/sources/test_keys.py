"""Keys of sources never stand in an address, in a printed request or in options, and go to their own host only."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from types import ModuleType

import pytest
from pydantic import SecretStr, ValidationError

from alerts import plugins
from alerts.model.options import Options
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


# --- kinds that read any address: headers, a login, and who asks --------------------------------------------------------

URL = "https://jobs.example.org/feed"
ACCESS = {
    "url": URL,
    "headers": {"X-Key": SecretStr(SECRET), "X-Plain": "1"},
    "user": "me",
    "password": SECRET,
    "user_agent": "me/1.0",
}
ANY = {
    "rss": {},
    "page": {},
    "indeed": {},
    "sitemap": {},
    "json": {"fields": {"id": "id", "title": "t", "url": "u"}, "next": "next"},
}


def access(kind: str, **more: object) -> tuple[ModuleType, Options]:
    module = plugins.load("sources", kind)
    return module, module.Options.model_validate({**ANY[kind], **ACCESS, **more})


@pytest.mark.parametrize("kind", ANY)
def test_any_address_is_asked_as_its_site_wants(kind: str) -> None:
    module, options = access(kind)
    (request,) = module.first(options, Asking())
    login = base64.b64encode(f"me:{SECRET}".encode()).decode()
    assert dict(request.secret_headers) == {"X-Key": SECRET, "X-Plain": "1", "Authorization": f"Basic {login}"}
    assert dict(request.headers) == {"User-Agent": "me/1.0"}
    assert SECRET not in repr(options) + repr(request)
    assert login not in repr(request)
    (plain,) = module.first(module.Options.model_validate({**ANY[kind], "url": URL}), Asking())
    assert (dict(plain.headers), dict(plain.secret_headers)) == ({}, {})


NEXT = {
    "rss": b'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="%s"/><entry><id>1</id><title>Cook</title>'
    b'<link href="https://e.org/1"/></entry></feed>',
    "json": b'{"next": "%s", "rows": [{"id": 1, "t": "Cook", "u": "https://e.org/1"}]}',
    "sitemap": b"<sitemapindex><sitemap><loc>%s</loc></sitemap></sitemapindex>",
}


@pytest.mark.parametrize("kind", NEXT)
@pytest.mark.parametrize(
    ("onward", "own"),
    [
        ("https://jobs.example.org/2", True),
        ("https://evil.example/2", False),
        ("http://jobs.example.org/2", False),
        ("https://jobs.example.org:8443/2", False),
        ("https://jobs.example.org.evil.example/2", False),
    ],
)
def test_what_is_for_a_site_follows_no_address_of_another(kind: str, onward: str, own: bool) -> None:
    module, options = access(kind, **({"rows": "rows"} if kind == "json" else {}))
    request = module.first(options, Asking())[0]
    reading = module.read(Page(request, URL, NEXT[kind] % onward.encode(), datetime(2026, 3, 3, tzinfo=UTC)), options)
    assert reading.next is not None
    assert reading.next.url == onward
    assert bool(reading.next.secret_headers) is bool(reading.next.headers) is own


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": None},
        {"user": None},
        {"user": "a:b"},
        {"headers": {"authorization": "x"}},
        {"headers": {"X Key": "x"}},
        {"headers": {"X-Key": f"{SECRET}\n"}},
        {"headers": {"X-Key": SecretStr(f"{SECRET}\n")}},
        {"user_agent": "a\nb"},
        {"user_agent": " "},
    ],
)
def test_an_access_that_cannot_be_sent_is_refused_on_loading(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as raised:
        access("rss", **wrong)
    assert SECRET not in str(raised.value)
