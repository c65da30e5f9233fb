"""Redirects are followed hop by hop, at most ten, and nothing of the source's own goes to another site."""

# ruff: noqa: SIM117  (the client inside its server reads as what happens)

import pytest

from alerts.fetch.client import Client
from alerts.model.errors import FetchError
from alerts.model.page import Request
from tests.fetch.server import Ask, Server, reply

HOME = ["127.0.0.0/8"]


def to(location: str, status: int = 302) -> bytes:
    return reply(status, headers={"Location": location})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("hops", [1, 10])
def test_ten_hops_are_followed(status: int, hops: int) -> None:
    def answer(seen: Ask) -> bytes:
        step = int(seen.target[1:])
        return reply(200, b"there") if step == hops else to(f"/{step + 1}", status)

    with Server(answer) as server, Client(allow_private=HOME) as client:
        got = client.ask(Request(server.url("/0")))
    assert (got.body, got.url) == (b"there", server.url(f"/{hops}"))
    assert got.moved_to == (got.url if status in (301, 308) else None)
    assert server.connections == 1


@pytest.mark.parametrize("location", ["/", "/next", "?a=1", "//127.0.0.1:{port}/"])
def test_a_loop_ends(location: str) -> None:
    with Server(lambda _: to(location.replace("{port}", str(server.port)))) as server, Client(allow_private=HOME) as client:
        with pytest.raises(FetchError, match="more than 10 redirects"):
            client.ask(Request(server.url()))
    assert len(server.asked) == 11


def test_one_passing_redirect_makes_the_move_unsure() -> None:
    targets = {"/a": to("/b", 301), "/b": to("/c", 302), "/c": reply(200, b"x")}
    with Server(lambda seen: targets[seen.target]) as server, Client(allow_private=HOME) as client:
        assert client.ask(Request(server.url("/a"))).moved_to is None


@pytest.mark.parametrize("location", ["http://[", "http://h:99999/", "//u:p@h/", "http://" + "ü" * 300])
def test_a_location_that_cannot_be_read(location: str) -> None:
    with Server(lambda _: to(location)) as server, Client(allow_private=HOME) as client:
        with pytest.raises(FetchError, match="leads to a place that is not asked"):
            client.ask(Request(server.url()))


@pytest.mark.parametrize("headers", [{}, {"Location": ""}, {"Location": "  "}])
def test_nowhere(headers: dict[str, str]) -> None:
    with Server(lambda _: reply(302, headers=headers)) as server, Client(allow_private=HOME) as client:
        with pytest.raises(FetchError, match="does not say where") as raised:
            client.ask(Request(server.url()))
    assert raised.value.status == 302


def test_own_headers_stay_at_home() -> None:
    """Neither secrets nor headers of the source reach another host or port, and they do not come back later."""
    request = {"headers": {"X-Board": "b"}, "secret_headers": {"Authorization": "Bearer S", "X-Api-Key": "S", "Cookie": "S"}}
    own = {"x-board", "authorization", "x-api-key", "cookie"}
    with Server(lambda _: to(home.url("/back")), host="127.0.0.2") as other:
        answers = {"/": lambda: to("/same"), "/same": lambda: to(other.url()), "/back": lambda: reply(200, b"x")}
        with Server(lambda seen: answers[seen.target]()) as home, Client(allow_private=HOME) as client:
            client.ask(Request(home.url(), **request), validators={"etag": '"a"'})  # type: ignore[arg-type]
    assert [own <= seen.headers.keys() for seen in home.asked] == [True, True, False]
    assert not own & other.asked[0].headers.keys()
    assert not own & home.asked[2].headers.keys()
    assert "user-agent" in other.asked[0].headers


def test_secret_parameters_stay_at_home() -> None:
    """A redirect that repeats the query neither hands a key on, nor doubles it, nor makes it part of an address that is kept."""
    with Server(lambda _: reply(200, b"x"), host="127.0.0.2") as other:

        def answer(seen: Ask) -> bytes:
            path, _, query = seen.target.partition("?")
            return to(f"/v2?{query}" if path == "/v1" else other.url(f"/v3?{query}"), 301)

        with Server(answer) as home, Client(allow_private=HOME) as client:
            got = client.ask(Request(home.url("/v1?q=a"), secret_query={"key": "SECRET"}))
    assert [seen.target for seen in home.asked] == ["/v1?q=a&key=SECRET", "/v2?q=a&key=SECRET"]
    assert [seen.target for seen in other.asked] == ["/v3?q=a"]
    assert got.url == got.moved_to == other.url("/v3?q=a")


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
def test_what_becomes_of_a_post(status: int, method: str) -> None:
    with Server(lambda seen: to("/next", status) if seen.target == "/" else reply(200, b"x")) as server:
        with Client(allow_private=HOME) as client:
            client.ask(Request(server.url(), method="POST", body=b"query"))
    assert (server.asked[1].method, server.asked[1].body) == (method, b"query" if method == "POST" else b"")


def test_a_body_is_not_handed_to_another_site() -> None:
    with Server(lambda _: reply(200, b"x"), host="127.0.0.2") as other:
        with Server(lambda _: to(other.url(), 307)) as server, Client(allow_private=HOME) as client:
            with pytest.raises(FetchError, match="body to another site"):
                client.ask(Request(server.url(), method="POST", body=b"query"))
    assert not other.asked


# --- cookies --------------------------------------------------------------------------------------------------------


def test_a_cookie_that_a_redirect_sets_is_brought_along_this_chain_only() -> None:
    """Sites that want to see whether cookies work send the reader round in circles otherwise."""

    def answer(seen: Ask) -> bytes:
        if "seen=1" in seen.headers.get("cookie", ""):
            return reply(200, b"there")
        return reply(302, headers={"Location": "/", "Set-Cookie": "seen=1; Path=/\r\nSet-Cookie: b=2, 3; HttpOnly"})

    with Server(answer) as server, Client(allow_private=HOME) as client:
        for _ in range(2):
            assert client.ask(Request(server.url())).body == b"there"
    assert [seen.headers.get("cookie") for seen in server.asked] == [None, "seen=1; b=2, 3"] * 2


def test_a_cookie_stays_with_its_host_and_path_and_joins_the_sources_own() -> None:
    with Server(lambda _: to(home.url("/back")), host="127.0.0.2") as other:
        there = {
            "/": f"Location: {other.url()}\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2; Path=/deep\r\nSet-Cookie: c=3; Secure"
        }
        with Server(lambda seen: _raw(there[seen.target]) if seen.target in there else reply(200, b"x")) as home:
            with Client(allow_private=HOME) as client:
                client.ask(Request(home.url()))
                there["/"] = "Location: /back\r\nSet-Cookie: a=1"
                client.ask(Request(home.url(), secret_headers={"Cookie": "own=1"}))
    assert [seen.headers.get("cookie") for seen in other.asked] == [None]
    assert [seen.headers.get("cookie") for seen in home.asked] == [None, "a=1", "own=1", "own=1; a=1"]


@pytest.mark.parametrize(
    "cookie", ["", "=", "a=\u00e9", "a=" + "x" * 9000, "a=1; Domain=example.com", "a=1; Max-Age=0", ";;;", "a=1; Expires=?"]
)
def test_a_strange_cookie_does_no_harm(cookie: str) -> None:
    def answer(seen: Ask) -> bytes:
        return _raw(f"Location: /b\r\nSet-Cookie: {cookie}") if seen.target == "/" else reply(200, b"x")

    with Server(answer) as server, Client(allow_private=HOME) as client:
        assert client.ask(Request(server.url())).body == b"x"


def _raw(lines: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n{lines}\r\n\r\n".encode()
