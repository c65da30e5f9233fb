"""What a source is asked, what of its answer is taken, and how long it may take."""

# ruff: noqa: SIM117  (the client inside its server reads as what happens)

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterable

import pytest

from alerts.fetch.client import Answer, Client
from alerts.model.errors import FetchError
from alerts.model.page import Request
from tests.fetch.server import CLOSE, RESET, Ask, Server, Step, reply

HOME = ["127.0.0.0/8"]


def zipped(data: bytes) -> bytes:
    """The same bytes at every call: they stand in the names of tests."""
    return gzip.compress(data, mtime=0)


def ask(answer: bytes | Iterable[Step], request: Request | None = None, **kwargs: object) -> Answer:
    """Ask a server that always gives this answer."""
    with Server(lambda _: answer) as server, Client(allow_private=HOME, deadline=2) as client:
        return client.ask(request or Request(server.url()), **kwargs)


def test_what_is_sent_and_what_comes_back() -> None:
    """An honest name, gzip only, the source's own headers, and nothing of ours that it tries to replace."""
    request_headers = {"X-Own": "1", "Host": "evil.example", "Accept-Encoding": "br", "Accept": "application/json"}
    with Server(lambda _: reply(200, b"hello", {"Content-Type": "text/plain", "X-A": "1"})) as server:
        with Client(allow_private=HOME, contact="me@example.org") as client:
            answer = client.ask(Request(server.url("/a b?q=ä#part"), headers=request_headers))
        seen = server.asked[0]
    assert (answer.status, answer.body, answer.headers["content-type"], answer.headers["x-a"]) == (
        200,
        b"hello",
        "text/plain",
        "1",
    )
    assert (seen.method, seen.target) == ("GET", "/a%20b?q=%C3%A4")
    assert seen.headers["user-agent"].startswith("job-alerts/")
    assert seen.headers["user-agent"].endswith("(+mailto:me@example.org)")
    assert seen.headers["accept-encoding"] == "gzip"
    assert seen.headers["accept"] == "application/json"
    assert seen.headers["x-own"] == "1"
    assert seen.headers["host"] == f"127.0.0.1:{server.port}"
    assert seen.headers.keys() == {"host", "user-agent", "accept-encoding", "accept", "x-own"}, "nothing that nobody asked for"


def test_a_kind_may_say_who_asks() -> None:
    """USAJOBS wants the e-mail address that its key was given to as User-Agent; it is sent once, and to its site alone."""
    with Server(lambda _: reply(200, b"x"), host="127.0.0.2") as other:
        with Server(lambda _: reply(302, headers={"Location": other.url()})) as server, Client(allow_private=HOME) as client:
            client.ask(Request(server.url(), headers={"user-agent": "me@example.org"}))
    assert server.asked[0].headers["user-agent"] == "me@example.org"
    assert other.asked[0].headers["user-agent"].startswith("job-alerts/")


def test_secret_parameters_are_sent_and_never_shown() -> None:
    """A key in the query reaches the server, whatever else the address asks, and no address that is shown or kept."""
    secret = {"app key": "S&CRET", "id": "SECRET"}
    with Server(lambda _: reply(200, b"x")) as server, Client(allow_private=HOME) as client:
        request = Request(server.url("/jobs?what=cook"), secret_query=secret)
        answer = client.ask(request)
        client.ask(Request(server.url("/jobs"), secret_query=secret))
        assert answer.url == request.url
    assert [seen.target for seen in server.asked] == [
        "/jobs?what=cook&app+key=S%26CRET&id=SECRET",
        "/jobs?app+key=S%26CRET&id=SECRET",
    ]
    with Client(allow_private=HOME) as client, pytest.raises(FetchError) as raised:
        client.ask(Request("http://127.0.0.1:1/jobs?what=cook", secret_query=secret))
    assert "CRET" not in str(raised.value) + repr(raised.value.__cause__) + repr(request)


def test_a_close_lets_requests_under_way_end() -> None:
    """A reload makes a new client; what is being sent on the old one must not be cut off."""
    under_way, bodies = threading.Event(), []

    def answer(_: object) -> Iterable[Step]:
        under_way.set()
        return [0.3, reply(200, b"x")]

    with Server(answer) as server, Client(allow_private=HOME) as client:
        thread = threading.Thread(target=lambda: bodies.append(client.ask(Request(server.url())).body))
        thread.start()
        under_way.wait(5)
        client.close()
        thread.join()
        assert bodies == [b"x"]
        assert client.ask(Request(server.url())).body == b"x", "and the client may be used again"


def test_a_body_is_posted() -> None:
    with Server(lambda ask: reply(200, ask.body[::-1])) as server, Client(allow_private=HOME) as client:
        answer = client.ask(Request(server.url(), method="POST", body=b'{"q":1}', headers={"Content-Type": "application/json"}))
    assert answer.body == b'{"q":1}'[::-1]
    assert server.asked[0].headers["content-length"] == "7"


def test_connections_are_kept_and_cookies_are_not() -> None:
    with Server(lambda _: reply(200, b"x", {"Set-Cookie": "id=1"})) as server, Client(allow_private=HOME) as client:
        for _ in range(3):
            client.ask(Request(server.url()))
    assert server.connections == 1
    assert all("cookie" not in seen.headers for seen in server.asked)


def test_a_kept_connection_that_died_is_replaced() -> None:
    """The server may close an idle connection at any time; that is no failure of the source."""
    with Server(lambda seen: reply(200, b"x") if seen.target == "/" else [CLOSE]) as server:
        with Client(allow_private=HOME) as client:
            client.ask(Request(server.url()))
            with pytest.raises(FetchError, match="without an answer"):
                client.ask(Request(server.url("/dead")))
    assert [seen.target for seen in server.asked] == ["/", "/dead", "/dead"]


def test_validators_are_sent_verbatim_and_304_is_an_answer() -> None:
    validators = {"etag": 'W/"a,b"', "last_modified": "Tue, 03 Mar 2026 10:00:00 GMT"}

    def answer(seen: object) -> bytes:
        return reply(304, headers={"ETag": '"c"'})

    with Server(answer) as server, Client(allow_private=HOME) as client:
        got = client.ask(Request(server.url()), validators=validators)
        unasked = client.ask(Request(server.url(), conditional=False), validators=validators)
        assert server.connections == 1
    assert server.asked[0].headers["if-none-match"] == 'W/"a,b"'
    assert server.asked[0].headers["if-modified-since"] == "Tue, 03 Mar 2026 10:00:00 GMT"
    assert "if-none-match" not in server.asked[1].headers
    assert (got.status, got.not_modified, got.body) == (304, True, b"")
    assert got.validators == {"etag": '"c"', "last_modified": "Tue, 03 Mar 2026 10:00:00 GMT"}
    assert not unasked.not_modified


def test_a_304_that_nobody_asked_for_is_no_news() -> None:
    """What else is kept beside the validators makes no request conditional."""
    got = ask(reply(304, headers={"ETag": '"a"'}), validators={"body": "a hash", "etag": ""})
    assert (got.status, got.not_modified, got.validators) == (304, False, {"etag": '"a"'})


def test_a_validator_that_cannot_be_sent_is_left_out() -> None:
    with Server(lambda _: reply(200, b"x")) as server, Client(allow_private=HOME) as client:
        client.ask(Request(server.url()), validators={"etag": "a\r\nX-Evil: 1", "last_modified": ""})
    assert not {"if-none-match", "if-modified-since", "x-evil"} & server.asked[0].headers.keys()


def test_validators_of_an_answer_that_is_never_fresh_mean_nothing() -> None:
    assert ask(reply(200, b"x", {"ETag": '"a"', "Expires": "0"})).validators == {}
    assert ask(reply(200, b"x", {"ETag": '"a"', "Last-Modified": "yesterday"})).validators == {
        "etag": '"a"',
        "last_modified": "yesterday",
    }


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies and certificate files named in the environment are ignored: a proxy would undo the pinning."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.9:9")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    assert ask(reply(200, b"x")).body == b"x"
    with Client(allow_private=HOME, deadline=1) as client, pytest.raises(FetchError, match="could not be reached"):
        client.ask(Request("https://127.0.0.1:1/"))


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "ü", "\x00", " lead"])
def test_a_header_that_cannot_be_sent_is_named_without_its_value(value: str) -> None:
    with pytest.raises(FetchError, match="'X-Key'") as raised:
        ask(b"", Request("http://127.0.0.1:1/", secret_headers={"X-Key": value}))
    assert value not in str(raised.value)


def test_over_ipv6() -> None:
    try:
        server = Server(lambda _: reply(200, b"x"), host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    with server, Client(allow_private=["::1"]) as client:
        got = client.ask(Request(server.url()))
    assert (got.body, got.url) == (b"x", f"http://[::1]:{server.port}/")
    assert server.asked[0].headers["host"] == f"[::1]:{server.port}"


def test_many_threads_share_a_bounded_number_of_connections() -> None:
    bodies: list[bytes] = []
    with Server(lambda seen: [0.02, reply(200, seen.headers["host"].encode())]) as server:
        with Client(allow_private=HOME, resolver=lambda _host, _port: ["127.0.0.1"]) as client:

            def one(number: int) -> None:
                bodies.append(client.ask(Request(server.url(host=f"h{number}.example"))).body)

            threads = [threading.Thread(target=one, args=[number]) for number in range(60)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    assert sorted(bodies) == sorted(f"h{number}.example:{server.port}".encode() for number in range(60))
    assert server.most_in_flight <= 32


def test_no_log_tells_a_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with Server(lambda _: reply(404, b"SECRET")) as server, Client(allow_private=HOME) as client:
        client.ask(Request(server.url("/feed?key=SECRET"), secret_headers={"Authorization": "SECRET"}))
        client.post(server.url("/hook/SECRET"), content=b"SECRET", headers={"webhook-signature": "SECRET"})
    assert caplog.text
    assert "SECRET" not in caplog.text


# --- time -----------------------------------------------------------------------------------------------------------

SLOW: dict[str, list[Step]] = {
    "never answers": [30.0],
    "drips its headers": [b"HTTP/1.1 200 OK\r\n", *(step for n in range(99) for step in (f"X-{n}: 1\r\n".encode(), 0.05))],
    "drips its first line": [step for char in b"HTTP/1.1 200 OK" * 9 for step in (bytes([char]), 0.05)],
    "drips its body": [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", *([b"x", 0.05] * 99)],
    "drips chunks": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *([b"1\r\nx\r\n", 0.05] * 99)],
    "drips 1xx": [b"HTTP/1.1 102 Processing\r\n\r\n", 0.05] * 99,
    "stops in the middle": [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nabc", 30.0],
}


@pytest.mark.parametrize("steps", SLOW.values(), ids=SLOW)
def test_one_deadline_for_everything(steps: list[Step]) -> None:
    start = time.monotonic()
    with pytest.raises(FetchError, match=r"(no complete answer|could not be reached) within 0\.4 s"):
        ask(steps, deadline=0.4)
    assert 0.3 < time.monotonic() - start < 3


def test_redirects_share_the_deadline() -> None:
    start = time.monotonic()
    with pytest.raises(FetchError, match=r"within 0\.5 s"):
        ask([0.2, reply(302, headers={"Location": "/"})], deadline=0.5)
    assert time.monotonic() - start < 3


def test_a_slow_resolver_does_not_outlast_the_deadline() -> None:
    def stuck(_host: str, _port: int) -> list[str]:
        time.sleep(4)
        return ["127.0.0.1"]

    start = time.monotonic()
    with Client(allow_private=HOME, resolver=stuck) as client, pytest.raises(FetchError, match="could not be reached within"):
        client.ask(Request("http://slow.example/"), deadline=0.3)
    assert time.monotonic() - start < 3


def test_a_stalled_handshake_ends() -> None:
    """The connection is taken by the system, and nobody ever answers on it."""
    start = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent, Client(allow_private=HOME) as client:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(FetchError, match=r"within 0\.4 s"):
            client.ask(Request(address), deadline=0.4)
    assert time.monotonic() - start < 3


# --- size -----------------------------------------------------------------------------------------------------------


def endless(head: bytes, piece: bytes) -> Iterable[Step]:
    yield head
    while True:
        yield piece


def test_a_body_without_end_is_cut() -> None:
    with pytest.raises(FetchError, match="larger than 1 MiB"):
        ask(endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536), max_bytes=2**20)


def test_a_body_in_crumbs_is_cut() -> None:
    with pytest.raises(FetchError, match="too many small pieces"):
        ask(endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 10_000), deadline=30.0)


def test_a_body_that_says_it_is_too_long_is_not_awaited() -> None:
    with pytest.raises(FetchError, match="larger than 1 MiB"):
        ask([reply(200, b"x", length=2**21), 30.0], max_bytes=2**20)


def test_headers_without_end_are_cut() -> None:
    for piece in (b"X-A: 1\r\n" * 1000, b"x" * 65536):
        with pytest.raises(FetchError):
            ask(endless(b"HTTP/1.1 200 OK\r\n", piece))
    with pytest.raises(FetchError, match="headers do not end"):
        ask(endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n" * 1000))


def test_the_limit_itself_passes() -> None:
    body = bytes(1000)
    assert ask(reply(200, body), max_bytes=1000).body == body
    assert ask(reply(200, zipped(body), {"Content-Encoding": "gzip"}), max_bytes=1000).body == body
    for too_long in (reply(200, body), reply(200, zipped(body), {"Content-Encoding": "gzip"})):
        with pytest.raises(FetchError, match="larger than"):
            ask(too_long, max_bytes=999)


def bomb() -> bytes:
    """128 MiB of zeros in 128 KiB."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(bytes(2**20)) for _ in range(128)), packer.flush()])


BOMB = bomb()


@pytest.mark.parametrize("where", ["success", "not found", "behind a redirect", "in a redirect", "as a hook's answer"])
def test_a_bomb_costs_little_memory(where: str) -> None:
    def answer(seen: object) -> bytes:
        target = seen.target  # type: ignore[attr-defined]
        if target == "/start" and where == "behind a redirect":
            return reply(302, headers={"Location": "/bomb"})
        if target == "/start" and where == "in a redirect":
            return reply(302, BOMB, {"Location": "/fine", "Content-Encoding": "gzip"})
        if target == "/fine":
            return reply(200, b"fine")
        return reply(404 if where == "not found" else 200, BOMB, {"Content-Encoding": "gzip"})

    with Server(answer) as server, Client(allow_private=HOME, max_bytes=2**20, deadline=20) as client:
        tracemalloc.start()
        try:
            if where == "as a hook's answer":
                assert len(client.post(server.url("/start"), content=b"").body) == 65536
            elif where == "not found":
                assert len(client.ask(Request(server.url("/start"))).body) == 65536
            elif where == "in a redirect":
                assert client.ask(Request(server.url("/start"))).body == b"fine"
            else:
                with pytest.raises(FetchError, match="unpacked answer is larger than 1 MiB"):
                    client.ask(Request(server.url("/start")))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 8 * 2**20


# --- encodings and broken answers -----------------------------------------------------------------------------------

ZIPPED = zipped(b"hello " * 100)


@pytest.mark.parametrize(
    ("encoding", "body", "expected"),
    [
        ("gzip", ZIPPED, b"hello " * 100),
        ("x-gzip", ZIPPED, b"hello " * 100),
        ("GZip", ZIPPED, b"hello " * 100),
        ("identity", b"plain", b"plain"),
        ("", b"plain", b"plain"),
        ("gzip", zipped(b"a") + zipped(b"b"), b"ab"),
        ("gzip", zipped(b"a") + bytes(512), b"a"),
        ("gzip", b"", b""),
        ("UTF-8", b"plain", b"plain"),
        ("none", b"plain", b"plain"),
        ("binary", b"plain", b"plain"),
        ("ISO-8859-1", b"plain", b"plain"),
        ("utf-8, gzip", ZIPPED, b"hello " * 100),
        ("deflate", zlib.compress(b"x" * 99), b"x" * 99),
        ("deflate", zlib.compress(b"x" * 99)[2:-4], b"x" * 99),
        ("deflate", ZIPPED, b"hello " * 100),
        ("gzip, gzip", zipped(ZIPPED), b"hello " * 100),
        ("gzip, gzip", ZIPPED, b"hello " * 100),
        ("gzip\r\nContent-Encoding: gzip", zipped(ZIPPED), b"hello " * 100),
        ("gzip", zipped(ZIPPED), b"hello " * 100),
    ],
)
def test_encodings_that_are_read(encoding: str, body: bytes, expected: bytes) -> None:
    assert ask(reply(200, body, {"Content-Encoding": encoding})).body == expected


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("br", b"x"),
        ("zstd", b"x"),
        ("deflate", zlib.compress(b"x" * 99)[:-6]),
        ("deflate", b"plain after all"),
        ("gzip", zipped(zipped(ZIPPED))),
        (", ".join(["gzip"] * 200), ZIPPED),
        ("gzip", b"plain after all"),
        ("gzip", ZIPPED[:-9]),
        ("gzip", ZIPPED[:5]),
        ("gzip", ZIPPED[:-8] + b"damaged!"),
        ("nonsense", b"x"),
    ],
)
def test_encodings_that_are_refused(encoding: str, body: bytes) -> None:
    with pytest.raises(FetchError, match=r"packed|gzip|deflate"):
        ask(reply(200, body, {"Content-Encoding": encoding}))
    assert ask(reply(500, body, {"Content-Encoding": encoding})).status == 500


@pytest.mark.parametrize(
    ("encoding", "body"), [("gzip", b"plain after all"), ("gzip", ZIPPED[:-9]), ("br", b"x"), ("nonsense", b"x")]
)
def test_a_body_that_is_not_packed_as_it_says_is_asked_for_once_more_unpacked(encoding: str, body: bytes) -> None:
    def answer(seen: Ask) -> bytes:
        packed = seen.headers["accept-encoding"] == "gzip"
        return reply(200, body, {"Content-Encoding": encoding}) if packed else reply(200, b"plain")

    with Server(answer) as server, Client(allow_private=HOME) as client:
        assert client.ask(Request(server.url())).body == b"plain"
    assert [seen.headers["accept-encoding"] for seen in server.asked] == ["gzip", "identity"]


ODD_LINES = {
    "no colon": b"this is no header\r\n",
    "a name with blanks": b"X Powered By: x\r\n",
    "a name of nothing": b": x\r\n",
    "a NUL in the value": b"X-Sign: a\0b\r\n",
    "a return in the value": b"X-Sign: a\rb\r\n",
    "a name beyond ASCII": "X-Größe: 1\r\n".encode("latin-1"),
    "a line in brackets": b"<br /><b>Warning</b>: Undefined index\r\n",
    "a folded line behind one": b"X Odd: x\r\n and: more\r\n",
    "a length of nothing": b"Content-Length: \r\n",
    "a transfer that is none": b"Transfer-Encoding: identity\r\n",
    "a status line once more": b"HTTP/1.1 200 OK\r\n",
}


@pytest.mark.parametrize("line", ODD_LINES.values(), ids=ODD_LINES)
@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_an_odd_line_among_the_headers_is_skipped(line: bytes, step: int) -> None:
    head = b"HTTP/1.1 200 OK\r\nX-A: 1\r\n" + line + b"Content-Length : 3\r\nX-B: 2\r\n\r\nx:\0"
    got = ask([head[at : at + step] for at in range(0, len(head), step)])
    assert (got.body, got.headers["x-a"], got.headers["x-b"]) == (b"x:\0", "1", "2")


def test_an_odd_line_on_a_kept_connection_and_behind_a_first_word() -> None:
    """Each answer has a head of its own, also behind an answer of the 1xx kind; a body is never touched."""
    body = b"HTTP/1.1 200 OK\r\nno header\r\n\r\n"
    said = b"HTTP/1.1 103 Early\r\nodd\r\n\r\nHTTP/1.1 200 OK\r\nodd\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    with Server(lambda _: said) as server, Client(allow_private=HOME) as client:
        assert [client.ask(Request(server.url())).body for _ in range(3)] == [body] * 3
    assert server.connections == 1


BROKEN: dict[str, list[Step]] = {
    "closed at once": [CLOSE],
    "reset at once": [RESET],
    "closed in the headers": [b"HTTP/1.1 200 OK\r\nContent-", CLOSE],
    "reset in the headers": [b"HTTP/1.1 200 OK\r\nContent-", RESET],
    "not HTTP": [b"220 mail.example.org ESMTP\r\n", CLOSE],
    "closed in the body": [reply(200, b"abc", length=999), CLOSE],
    "closed in a chunk": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc", CLOSE],
    "two lengths": [b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", CLOSE],
    "huge chunk size": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\n", CLOSE],
    "HTTP/2": [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", CLOSE],
}


@pytest.mark.parametrize("steps", BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_one_clear_line(steps: list[Step]) -> None:
    with pytest.raises(FetchError) as raised:
        ask(steps)
    assert "\n" not in str(raised.value)
    assert raised.value.status is None


def test_nobody_there() -> None:
    with Client(allow_private=HOME) as client:
        with pytest.raises(
            FetchError, match=r"^http://127\.0\.0\.1:1/feed: could not be reached \(connection refused\)$"
        ) as raised:
            client.ask(Request("http://127.0.0.1:1/feed?key=SECRET"))
        assert not raised.value.ambiguous
        with pytest.raises(FetchError, match="name was not found"):
            client.ask(Request("http://nowhere.invalid/"))


@pytest.mark.parametrize("url", ["", "feed.xml", "file:///etc/passwd", "http://", "http://u:SECRET@h/", "http://a\\b/", "http://h\n/",
                                 "http://h:99999/", "http://[::1/", "http://" + "a" * 300 + "/", "http://ex ample/", "HTTP:/x",
                                 "http://%6c%6fcalhost/", "http://xn--/\x7f", "http://" + "ü" * 200 + "/"])  # fmt: skip
def test_an_address_that_cannot_be_asked(url: str) -> None:
    with Client() as client, pytest.raises(FetchError, match="cannot be used: ") as raised:
        client.ask(Request(url))
    assert "SECRET" not in str(raised.value)
