"""The certificate is checked against the name, whatever address the name was pinned to; a name is judged at every connection."""

# ruff: noqa: SIM117  (the client inside its server reads as what happens)

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import trustme

from alerts.fetch.client import Client
from alerts.model.errors import FetchError
from alerts.model.page import Request
from tests.fetch.server import Ask, Canary, Server, reply

HOST = "127.0.0.2"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def serving(authority: trustme.CA, *names: str, **kwargs: object) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **kwargs).configure_cert(context)  # type: ignore[arg-type]
    return context


@pytest.fixture
def board(authority: trustme.CA) -> Iterator[Server]:
    with Server(lambda _: reply(200, b"safe"), host=HOST, tls=serving(authority, "board.example")) as server:
        yield server


def to_host(_name: str, _port: int) -> list[str]:
    return [HOST]


def test_the_right_name_is_accepted_and_its_connection_kept(board: Server, trusting: ssl.SSLContext) -> None:
    with Client(allow_private=[HOST], resolver=to_host, ssl_context=trusting) as client:
        for _ in range(2):
            assert client.ask(Request(board.url(host="board.example"))).body == b"safe"
    assert board.asked[0].headers["host"] == f"board.example:{board.port}"
    assert board.connections == 1


@pytest.mark.parametrize("host", ["other.example", HOST])
def test_a_wrong_name_is_refused(host: str, board: Server, trusting: ssl.SSLContext) -> None:
    with Client(allow_private=[HOST], resolver=to_host, ssl_context=trusting) as client:
        with pytest.raises(FetchError, match="certificate was refused") as raised:
            client.ask(Request(board.url(host=host)))
    assert not board.asked
    assert "mismatch" in str(raised.value)


def test_an_unknown_authority_is_refused(board: Server) -> None:
    with Client(allow_private=[HOST], resolver=to_host) as client, pytest.raises(FetchError, match="certificate was refused"):
        client.ask(Request(board.url(host="board.example")))


def test_an_expired_certificate_is_refused(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    tls = serving(
        authority, "board.example", not_before=datetime(2020, 1, 1, tzinfo=UTC), not_after=datetime(2021, 1, 1, tzinfo=UTC)
    )
    with Server(lambda _: reply(200, b"x"), host=HOST, tls=tls) as server:
        with Client(allow_private=[HOST], resolver=to_host, ssl_context=trusting) as client:
            with pytest.raises(FetchError, match="expired"):
                client.ask(Request(server.url(host="board.example")))


def test_plain_http_behind_https_is_refused(board: Server, trusting: ssl.SSLContext, authority: trustme.CA) -> None:
    with Server(lambda _: reply(200, b"x"), host=HOST) as plain:
        tls = serving(authority, "board.example")
        with Server(lambda _: reply(302, headers={"Location": plain.url(host="board.example")}), host=HOST, tls=tls) as server:
            with Client(allow_private=[HOST], resolver=to_host, ssl_context=trusting) as client:
                with pytest.raises(FetchError, match="unprotected http"):
                    client.ask(Request(server.url(host="board.example"), secret_headers={"X-Key": "SECRET"}))
    assert not any("x-key" in seen.headers for seen in plain.asked)


@pytest.mark.parametrize(
    ("back", "works"), [("https://board.example", True), ("https://other.example", False), ("http://board.example", False)]
)
def test_https_to_http_and_straight_back(back: str, works: bool, trusting: ssl.SSLContext, authority: trustme.CA) -> None:
    """Servers behind a proxy that ends TLS redirect so. What answers over http may not choose another host, nor be the end."""

    def plainly(_: object) -> bytes:
        port = server.port if back.startswith("https") else plain.port
        return reply(302, headers={"Location": f"{back}:{port}/there"})

    def safely(seen: Ask) -> bytes:
        there = {"Location": plain.url("/there", "board.example"), "Set-Cookie": "a=1"}
        return reply(200, b"safe") if seen.target == "/there" else reply(302, headers=there)

    with (
        Server(plainly, host=HOST) as plain,
        Server(safely, host=HOST, tls=serving(authority, "board.example", "other.example")) as server,
    ):
        with Client(allow_private=[HOST], resolver=to_host, ssl_context=trusting) as client:
            request = Request(server.url("/", "board.example"), secret_headers={"X-Key": "SECRET"})
            if works:
                assert client.ask(request).body == b"safe"
            else:
                with pytest.raises(FetchError, match="unprotected http"):
                    client.ask(request)
    assert not any({"x-key", "cookie"} & seen.headers.keys() for seen in plain.asked)
    assert [seen.target for seen in server.asked] == (["/", "/there"] if works else ["/"])


def test_a_name_that_changes_its_meaning_is_judged_again(canaries: list[Canary]) -> None:
    """Rebinding: the first answer of the DNS is harmless, the second leads inside."""
    answers = iter([[HOST], ["127.0.0.1"], [HOST, "127.0.0.1"]])
    with Server(lambda _: reply(200, b"x", {"Connection": "close"}), host=HOST) as server:
        with Client(allow_private=[HOST], resolver=lambda _host, _port: next(answers)) as client:
            url = f"http://board.example:{server.port}/"
            assert client.ask(Request(url)).body == b"x"
            for _ in range(2):
                with pytest.raises(FetchError, match="loopback"):
                    client.ask(Request(url))
    assert not any(canary.touched() for canary in canaries)


def test_a_name_is_resolved_once_a_connection() -> None:
    """There is no second look-up between the judgement and the connection."""
    looked_up: list[str] = []

    def resolver(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return [HOST]

    with Server(lambda _: reply(200, b"x"), host=HOST) as server, Client(allow_private=[HOST], resolver=resolver) as client:
        for _ in range(3):
            client.ask(Request(server.url(host="board.example")))
    assert looked_up == ["board.example"]


def test_a_dead_address_is_passed_over() -> None:
    with Server(lambda _: reply(200, b"x"), host=HOST) as server:
        with Client(allow_private=["127.0.0.0/8"], resolver=lambda _host, _port: ["127.0.0.3", "127.0.0.4", HOST]) as client:
            assert client.ask(Request(server.url(host="board.example"))).body == b"x"


def test_a_server_that_speaks_no_tls_is_refused() -> None:
    with (
        Server(lambda _: b"", host=HOST, greeting=b"HTTP/1.1 400 Bad Request\r\n\r\n") as server,
        Client(allow_private=[HOST]) as client,
    ):
        with pytest.raises(FetchError, match="no secure connection"):
            client.ask(Request(server.url().replace("http:", "https:")), deadline=5)
