"""Out through a proxy: plainly and by CONNECT, with and without a password, which never shows; what it changes for checks."""

# ruff: noqa: SIM117  (the client inside its server reads as what happens)

import logging
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from alerts.fetch.client import Client
from alerts.fetch.proxies import Proxies, read
from alerts.model.errors import FetchError
from alerts.model.page import Request
from tests.fetch.proxies import ProxyServer
from tests.fetch.server import Canary, Server, reply

LOGIN = "me%40corp:pass%3Aword"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, str]:
    """A server's certificate, and the file of the authority behind it."""
    issuer = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert("board.example", "127.0.0.9").configure_cert(context)
    pem = tmp_path_factory.mktemp("ca") / "ca.pem"
    issuer.cert_pem.write_to_path(str(pem))
    return context, str(pem)


@pytest.fixture(params=["http", "https"])
def board(request: pytest.FixtureRequest, authority: tuple[ssl.SSLContext, str]) -> Iterator[Server]:
    with Server(lambda seen: reply(200, seen.body or b"safe"), tls=authority[0] if request.param == "https" else None) as server:
        yield server


def nobody(_host: str, _port: int) -> list[str]:
    raise OSError("names are the proxy's affair")


def through(proxy: ProxyServer, login: str = "", **kwargs: object) -> Client:
    urls = dict.fromkeys(("http", "https"), proxy.url(login))
    return Client(proxies=Proxies(urls), resolver=nobody, deadline=5, **kwargs)  # type: ignore[arg-type]


@pytest.mark.parametrize("login", ["", LOGIN])
@pytest.mark.parametrize("safely", [False, True], ids=["", "over TLS"])
def test_a_page_and_a_post_go_through_the_proxy(
    board: Server, authority: tuple[ssl.SSLContext, str], login: str, safely: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wanted = "me@corp:pass:word" if login else None
    with ProxyServer(("127.0.0.1", board.port), login=wanted, tls=authority[0] if safely else None) as proxy:
        with through(proxy, login, ca_file=authority[1]) as client:
            for _ in range(2):
                assert client.ask(Request(board.url("/feed?q=1", "board.example"))).body == b"safe"
            if board.url().startswith("https"):
                assert client.post(board.url("/hook", "board.example"), content=b"x").body == b"x"
        if not board.url().startswith("https"):
            # This proxy closes after each plain answer, which a kept connection may learn too late for a post.
            with through(proxy, login, ca_file=authority[1]) as client:
                assert client.post(board.url("/hook", "board.example"), content=b"x").body == b"x"
    assert [seen.target for seen in board.asked] == ["/feed?q=1", "/feed?q=1", "/hook"]
    assert not any("proxy-authorization" in seen.headers for seen in board.asked)
    if board.url().startswith("https"):
        assert {(seen.method, seen.target) for seen in proxy.asked} == {("CONNECT", f"board.example:{board.port}")}
        assert len(proxy.asked) == 1, "the tunnel is kept"
        assert "cookie" not in proxy.asked[0].headers
    else:
        assert proxy.asked[0].target == f"http://board.example:{board.port}/feed?q=1"
    assert "pass" not in caplog.text


@pytest.mark.parametrize("login", ["", "me:SECRET-wrong"])
def test_a_proxy_that_wants_a_password_is_named_and_the_password_is_not(board: Server, login: str) -> None:
    with ProxyServer(("127.0.0.1", board.port), login="me:right") as proxy, through(proxy, login) as client:
        with pytest.raises(FetchError, match=r"the proxy wants a user name and password.*\[network\] proxy") as raised:
            client.ask(Request(board.url(host="board.example")))
        with pytest.raises(FetchError, match="the proxy wants") as posted:
            client.post(board.url(host="board.example"), content=b"x")
    assert not posted.value.ambiguous
    assert "SECRET" not in str(raised.value) + str(posted.value) + repr(client.__dict__) + repr(read(proxy.url(login)))
    assert not board.asked


@pytest.mark.parametrize(("status", "words"), [(403, "refuses to connect"), (502, "could not reach"), (504, "could not reach")])
def test_a_tunnel_that_is_refused(authority: tuple[ssl.SSLContext, str], status: int, words: str) -> None:
    with ProxyServer(("127.0.0.1", 1), refuse=status) as proxy, through(proxy) as client:
        for call in (
            lambda: client.ask(Request("https://board.example/")),
            lambda: client.post("https://board.example/", content=b"x"),
        ):
            with pytest.raises(FetchError, match=words) as raised:
                call()
            assert not raised.value.ambiguous
            assert "SECRET" not in str(raised.value)


def test_a_proxy_that_is_not_there_is_named() -> None:
    for url in ("http://127.0.0.9:1", "http://proxy.example:3128"):
        proxies = Proxies({"http": url, "https": url})
        with Client(proxies=proxies, resolver=nobody, deadline=5) as client:
            for asked in ("http://board.example/", "https://board.example/"):
                with pytest.raises(FetchError, match="the proxy cannot be used: "):
                    client.ask(Request(asked))


HERE = ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "localhost", "a.localhost", "localhost.", "[::1]", "10.1.2.3",
        "169.254.169.254", "[::ffff:127.0.0.1]", "[fd00::1]", "0"]  # fmt: skip


@pytest.mark.parametrize("host", HERE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_can_be_seen_to_be_private_is_not_asked_of_a_proxy_either(host: str, scheme: str, canaries: list[Canary]) -> None:
    with ProxyServer(("127.0.0.1", canaries[0].port)) as proxy, through(proxy) as client:
        with pytest.raises(FetchError, match=r"refused: |not found"):
            client.ask(Request(f"{scheme}://{host}/"))
        with pytest.raises(FetchError, match=r"refused: |not found"):
            client.post(f"{scheme}://{host}/", content=b"x")
    assert not proxy.asked
    assert not any(canary.touched() for canary in canaries)


def test_a_private_address_that_is_allowed_goes_through_and_a_redirect_to_another_does_not(
    board: Server, authority: object
) -> None:
    to = reply(302, headers={"Location": "http://10.1.2.3/"})
    with Server(lambda seen: to if seen.target == "/away" else reply(200, b"x")) as server:
        with ProxyServer(("127.0.0.1", server.port)) as proxy, through(proxy, allow_private=["192.168.0.0/16"]) as client:
            assert client.ask(Request("http://192.168.1.1/")).body == b"x"
            with pytest.raises(FetchError, match="refused: "):
                client.ask(Request("http://board.example/away"))
    assert len(proxy.asked) == 2


@pytest.mark.parametrize(
    ("entry", "host", "straight"),
    [
        ("*", "board.example", True),
        ("board.example", "board.example", True),
        ("example", "board.example", True),
        (".example", "board.example", True),
        ("*.example", "board.example", True),
        ("BOARD.example.", "board.example", True),
        ("ample", "board.example", False),
        ("other.example, board.example", "board.example", True),
        ("other.example board.example", "board.example", True),
        ("board.example:80", "board.example", True),
        ("board.example:81", "board.example", False),
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.1.2.3", "10.1.2.3", True),
        ("10.0.0.0/8", "11.1.2.3", False),
        ("::1", "::1", True),
        ("[::1]:80", "::1", True),
        ("fd00::/8", "fd00::7", True),
        ("", "board.example", False),
        (" , .", "board.example", False),
    ],
)
def test_no_proxy(entry: str, host: str, straight: bool) -> None:
    proxies = Proxies({"http": "proxy:3128"}, [entry])
    assert (proxies.of("http", host, 80) is None) is straight
    assert proxies.of("https", host, 443) is None


@pytest.mark.parametrize(
    "url", ["socks5://SECRET:1", "http://", "ftp://h:1", "http://h:SECRET", "http://u:SECRET@", "http://a b:1", "http://h:99999"]
)
def test_an_address_that_is_no_proxy(url: str) -> None:
    with pytest.raises(ValueError, match="must be") as raised:
        read(url)
    assert "SECRET" not in str(raised.value)


def test_a_private_authority_is_believed_where_it_is_named(authority: tuple[ssl.SSLContext, str], tmp_path: Path) -> None:
    """For sources and channels alike; and one that cannot be read is one clear line."""
    with Server(lambda _: reply(200, b"safe"), tls=authority[0]) as server:
        url = server.url(host="board.example")
        for ca_file, works in ((authority[1], True), (None, False)):
            with Client(allow_private=["127.0.0.1"], resolver=lambda *_: ["127.0.0.1"], ca_file=ca_file) as client:
                if works:
                    assert client.ask(Request(url)).body == client.post(url, content=b"x").body == b"safe"
                    continue
                with pytest.raises(FetchError, match=r"certificate was refused.*\[network\] ca_file"):
                    client.ask(Request(url))
        (tmp_path / "empty.pem").write_text("")
        with Client(
            allow_private=["127.0.0.1"], resolver=lambda *_: ["127.0.0.1"], ca_file=str(tmp_path / "empty.pem")
        ) as client:
            with pytest.raises(FetchError, match="ca_file"):
                client.ask(Request(url))


def test_the_systems_own_store_is_believed(authority: tuple[ssl.SSLContext, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A company puts its authority there; OpenSSL finds the store, or is told by its own variable."""
    monkeypatch.setenv("SSL_CERT_FILE", authority[1])
    with Server(lambda _: reply(200, b"safe"), tls=authority[0]) as server:
        with Client(allow_private=["127.0.0.1"], resolver=lambda *_: ["127.0.0.1"]) as client:
            assert client.ask(Request(server.url(host="board.example"))).body == b"safe"
