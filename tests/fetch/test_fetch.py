"""Pages are asked for politely, and everything that is no page is an error that says what to do."""

# ruff: noqa: SIM117  (the client inside its server reads as what happens)

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from alerts.fetch.client import Client
from alerts.fetch.fetcher import Fetched, Fetcher
from alerts.model.errors import FetchError
from alerts.model.page import Request
from tests.fetch.server import CLOSE, Ask, Server, Step, reply

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
HOME = ["127.0.0.0/8"]


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def monotonic(self) -> float:
        return self.time


def fetch(answer: Callable[[Ask], bytes | list[Step]], **kwargs: object) -> Fetched:
    with Server(answer) as server, Client(allow_private=HOME) as client:
        return Fetcher(client).fetch(Request(server.url("/feed?key=SECRET")), now=NOW, **kwargs)  # type: ignore[arg-type]


def test_a_page() -> None:
    request_seen: list[Ask] = []

    def answer(seen: Ask) -> bytes:
        request_seen.append(seen)
        return reply(200, b"<rss/>", {"ETag": '"1"', "Content-Type": "text/xml; charset=utf-8"})

    got = fetch(answer, validators={"etag": '"0"'})
    assert got.page is not None
    assert (got.page.body, got.page.fetched, got.page.content_type) == (b"<rss/>", NOW, "text/xml")
    assert (got.page.url, got.page.request.url) == (got.page.request.url, got.page.url)
    assert (got.validators, got.moved_to, got.not_modified) == ({"etag": '"1"'}, None, False)
    assert request_seen[0].headers["if-none-match"] == '"0"'


def test_a_page_in_the_charset_of_its_transport_is_handed_on_in_utf8() -> None:
    got = fetch(lambda _: reply(200, "<t>Повар</t>".encode("cp1251"), {"Content-Type": "text/xml; charset=windows-1251"}))
    assert got.page is not None
    assert got.page.body == "\ufeff<t>Повар</t>".encode()


def test_nothing_changed() -> None:
    got = fetch(lambda _: reply(304), validators={"etag": '"0"'})
    assert got == Fetched(None, {"etag": '"0"'}, None, not_modified=True)


def test_a_part_is_a_page() -> None:
    """No range is ever asked for: some interfaces say so that there are more pages."""
    got = fetch(lambda _: reply(206, b"[1]"))
    assert got.page is not None
    assert (got.page.status, got.page.body) == (206, b"[1]")


def test_no_content_is_a_page_for_requests_that_say_so() -> None:
    with Server(lambda _: reply(204)) as server, Client(allow_private=HOME) as client:
        got = Fetcher(client).fetch(Request(server.url(), empty=True), now=NOW)
    assert got.page is not None
    assert (got.page.status, got.page.body) == (204, b"")


def test_a_move_for_good_is_told() -> None:
    got = fetch(lambda seen: reply(200, b"x") if seen.target == "/new" else reply(301, headers={"Location": "/new"}))
    assert got.moved_to is not None
    assert got.moved_to.endswith("/new")


@pytest.mark.parametrize(
    ("status", "words"),
    [(204, "no content"), (300, "no answer"), (304, "nothing was known"), (400, "options"), (401, "key"),
     (402, "paid"), (403, "refuses"), (404, "token may be wrong"), (410, "gone for good"), (418, "no answer"),
     (429, "less often"), (451, "legal"), (500, "tried again"),
     (502, "tried again"), (503, "later"), (504, "tried again"), (599, "tried again"),
     (999, "tried again")],
)  # fmt: skip
def test_every_other_status_is_an_error_that_says_what_to_do(status: int, words: str) -> None:
    with pytest.raises(FetchError, match=words) as raised:
        fetch(lambda _: reply(status, b"" if status in (204, 304) else b"sorry"))
    error = raised.value
    assert (error.status, error.gone, error.retry_after) == (status, status == 410, None)
    assert "SECRET" not in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize("body", [b"", b" \r\n\t"])
def test_an_empty_page_is_an_error(body: bytes) -> None:
    with pytest.raises(FetchError, match="empty"):
        fetch(lambda _: reply(200, body))


def test_a_broken_answer_is_an_error_with_retries_left_to_others() -> None:
    with Server(lambda _: [CLOSE]) as server, Client(allow_private=HOME) as client, pytest.raises(FetchError):
        Fetcher(client).fetch(Request(server.url()), now=NOW)
    assert len(server.asked) == 1


def test_an_address_that_cannot_be_asked() -> None:
    with Client() as client, pytest.raises(FetchError, match="cannot be used"):
        Fetcher(client).fetch(Request("feed.xml"), now=NOW)


# --- pace -----------------------------------------------------------------------------------------------------------


def test_a_host_is_asked_once_a_second_and_other_hosts_do_not_wait() -> None:
    clock = Clock()
    with Server(lambda _: reply(200, b"x")) as one, Server(lambda _: reply(200, b"x"), host="127.0.0.2") as other:
        with Client(allow_private=HOME) as client:
            fetcher = Fetcher(client, pace=1.0, sleep=clock.sleep, monotonic=clock.monotonic)
            for server in (one, other, one, one, other):
                fetcher.fetch(Request(server.url()), now=NOW)
                clock.time += 0.25
    assert clock.slept == [0.5, 0.75]


@pytest.mark.parametrize("per_host", [1, 2])
def test_so_many_at_once(per_host: int) -> None:
    """Ten threads ask one host; never more than allowed are in flight, and starts are a pace apart."""
    with Server(lambda _: [0.03, reply(200, b"x")]) as server, Client(allow_private=HOME) as client:
        fetcher = Fetcher(client, pace=0.01, per_host=per_host)
        threads = [threading.Thread(target=fetcher.fetch, args=[Request(server.url())], kwargs={"now": NOW}) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.asked) == 10
    assert server.most_in_flight <= per_host


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_holds_for_the_whole_host(status: int) -> None:
    clock = Clock()
    answers = {"/busy": reply(status, b"x", {"Retry-After": "60"}), "/fine": reply(200, b"x")}
    with Server(lambda seen: answers[seen.target]) as server, Client(allow_private=HOME) as client:
        fetcher = Fetcher(client, pace=0, sleep=clock.sleep, monotonic=clock.monotonic)
        with pytest.raises(FetchError) as told:
            fetcher.fetch(Request(server.url("/busy")), now=NOW)
        clock.time += 20
        with pytest.raises(FetchError, match="left alone for another 40 s") as held:
            fetcher.fetch(Request(server.url("/fine")), now=NOW)
        assert (told.value.retry_after, held.value.retry_after) == (60, 40)
        assert len(server.asked) == 1
        clock.time += 40
        fetcher.fetch(Request(server.url("/fine")), now=NOW)
    assert clock.slept == []


def test_a_reload_forgets_no_host() -> None:
    """What a host asked for holds under a new client, too; only our own pace changes."""
    clock = Clock()
    answers = {"/busy": reply(429, b"x", {"Retry-After": "60"}), "/fine": reply(200, b"x")}
    with (
        Server(lambda seen: answers[seen.target]) as server,
        Client(allow_private=HOME) as client,
        Client(allow_private=HOME) as new,
    ):
        old = Fetcher(client, pace=0, sleep=clock.sleep, monotonic=clock.monotonic)
        with pytest.raises(FetchError):
            old.fetch(Request(server.url("/busy")), now=NOW)
        fetcher = old.renewed(new, pace=2.0)
        with pytest.raises(FetchError, match="left alone"):
            fetcher.fetch(Request(server.url("/fine")), now=NOW)
        clock.time += 60
        for _ in range(2):
            fetcher.fetch(Request(server.url("/fine")), now=NOW)
    assert clock.slept == [2.0]


@pytest.mark.parametrize(("value", "seconds"), [("garbage", None), ("-1", None), ("1000000000", 86400), ("0", 1)])
def test_strange_retry_after(value: str, seconds: float | None) -> None:
    with pytest.raises(FetchError) as raised:
        fetch(lambda _: reply(429, b"x", {"Retry-After": value}))
    assert raised.value.retry_after == seconds


def test_only_429_and_503_hold_a_host() -> None:
    with Server(lambda _: reply(500, b"x", {"Retry-After": "60"})) as server, Client(allow_private=HOME) as client:
        fetcher = Fetcher(client, pace=0)
        for _ in range(2):
            with pytest.raises(FetchError, match="500"):
                fetcher.fetch(Request(server.url()), now=NOW)


# --- robots.txt -----------------------------------------------------------------------------------------------------


def asking(answer: Callable[[Ask], bytes | list[Step]], paths: list[str], times: list[datetime]) -> tuple[list[bool], int]:
    with Server(answer) as server, Client(allow_private=HOME, deadline=2) as client:
        fetcher = Fetcher(client, pace=0)
        said = [fetcher.robots_allows(server.url(path), now) for path, now in zip(paths, times, strict=True)]
    return said, len(server.asked)


def test_robots_are_heeded_and_asked_once_a_day() -> None:
    times = [NOW, NOW, NOW + timedelta(hours=23)]
    rules = b"\xef\xbb\xbfUser-agent: *\nDisallow: /private\n\nUser-agent: other\nDisallow: /\n"
    paths = ["/jobs", "/private/x", "/jobs?page=2"]
    assert asking(lambda _: reply(200, rules), paths, times) == ([True, False, True], 1)
    assert asking(lambda _: reply(200, rules), ["/", "/"], [NOW, NOW + timedelta(hours=25)]) == ([True, True], 2)


@pytest.mark.parametrize(("asked_for", "kept"), [(3, 3.0), (86400, 60.0), (0, 0.5)])
def test_the_delay_that_a_site_asks_for_becomes_the_pace_of_the_host(asked_for: int, kept: float) -> None:
    clock = Clock()
    robots = f"User-agent: *\nCrawl-delay: {asked_for}\n".encode()
    with Server(lambda seen: reply(200, robots if seen.target == "/robots.txt" else b"x")) as server:
        with Client(allow_private=HOME) as client:
            fetcher = Fetcher(client, pace=0.5, sleep=clock.sleep, monotonic=clock.monotonic)
            assert fetcher.robots_allows(server.url("/"), NOW)
            for _ in range(2):
                fetcher.fetch(Request(server.url("/")), now=NOW)
    assert clock.slept[1:] == [kept]


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (reply(404, b"no"), True),
        (reply(403, b"no"), True),
        (reply(200, b""), True),
        (reply(200, b"<html>not robots</html>"), True),
        (reply(200, b"User-agent: job-alerts\nDisallow: /"), False),
        (reply(200, b"User-agent: *\nDisallow: /\n"), False),
        (reply(200, b"User-agent: *\nDisallow:\n"), True),
        (reply(500, b"x"), False),
        (reply(429, b"x"), False),
        (reply(503, b"x", {"Retry-After": "60"}), False),
        ([CLOSE], False),
    ],
)
def test_robots_that_say_something_else(answer: bytes | list[Step], allowed: bool) -> None:
    assert asking(lambda _: answer, ["/jobs"], [NOW])[0] == [allowed]


def test_a_site_that_cannot_say_is_asked_again_soon() -> None:
    times = [NOW, NOW + timedelta(minutes=5), NOW + timedelta(minutes=11)]
    assert asking(lambda _: reply(500, b"x"), ["/"] * 3, times) == ([False] * 3, 2)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (reply(200, b"User-agent: *\nDisallow: /\n"), "asks programs not to read"),
        (reply(500, b"x"), "robots.txt: status 500"),
        ([CLOSE], "robots.txt: "),
    ],
)
def test_a_site_that_is_away_is_not_said_to_forbid(answer: bytes | list[Step], why: str) -> None:
    with Server(lambda _: answer) as server, Client(allow_private=HOME, deadline=2) as client:
        fetcher = Fetcher(client, pace=0)
        for _ in range(2):
            with pytest.raises(FetchError) as caught:
                fetcher.heed_robots(server.url("/jobs?key=1"), NOW)
            assert why in str(caught.value)
            assert ("asks programs" in str(caught.value)) == ("asks programs" in why)
            assert "key=1" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "ftp://x/", "http://10.0.0.1/"])
def test_robots_of_a_place_that_is_not_asked(url: str) -> None:
    with Client() as client:
        assert Fetcher(client).robots_allows(url, NOW) is False
