"""No spelling of a private address is ever connected to: not as request, not behind a redirect, not from DNS, not as a hook."""

# ruff: noqa: SIM117  (the client inside its server reads as what happens)

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.fetch.client import Client
from alerts.fetch.guard import Guard, denied
from alerts.model.errors import FetchError, UsageError
from alerts.model.page import Request
from tests.fetch.server import Canary, Server, reply

TABLE = [line.split("\t")[0] for line in (Path(__file__).parent / "forbidden.tsv").read_text("utf-8").splitlines()[1:]]
#: What our own judgement says; a connection that was tried and failed reads otherwise.
JUDGED = r"refused: |cannot be used|is not asked|not found"


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


ADDRESSES = [host.strip("[]") for host in TABLE if is_address(host.strip("[]"))]


def test_the_table_is_long_enough() -> None:
    assert len(set(TABLE)) >= 60
    assert len(set(ADDRESSES)) >= 40


@pytest.mark.parametrize("host", TABLE)
def test_request(host: str, canaries: list[Canary]) -> None:
    with Client(allow_private=["127.0.0.2"], deadline=2) as client, pytest.raises(FetchError, match=JUDGED):
        client.ask(Request(f"http://{host}:{canaries[0].port}/"))
    assert not any(canary.touched() for canary in canaries)


@pytest.mark.parametrize("host", TABLE)
def test_hook(host: str, canaries: list[Canary]) -> None:
    with Client(deadline=2) as client, pytest.raises(FetchError, match=JUDGED) as raised:
        client.post(f"http://{host}:{canaries[0].port}/secret-path", content=b"x")
    assert not raised.value.ambiguous
    assert "secret-path" not in str(raised.value)
    assert not any(canary.touched() for canary in canaries)


def test_redirect(canaries: list[Canary]) -> None:
    def head(host: str) -> bytes:
        return f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://{host}:{canaries[0].port}/\r\n\r\n".encode()

    with Server(lambda ask: head(TABLE[int(ask.target[1:])]), host="127.0.0.2") as server:
        with Client(allow_private=["127.0.0.2"], deadline=2) as client:
            for row, host in enumerate(TABLE):
                with pytest.raises(FetchError, match=JUDGED):
                    client.ask(Request(server.url(f"/{row}")))
                assert len(server.asked) == row + 1, host
    assert not any(canary.touched() for canary in canaries)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("beside", [[], ["8.8.8.8"]], ids=["alone", "beside a public one"])
def test_dns_answer(address: str, beside: list[str], canaries: list[Canary]) -> None:
    with Client(resolver=lambda _host, _port: [*beside, address], deadline=2) as client:
        with pytest.raises(FetchError, match="refused: "):
            client.ask(Request(f"http://board.example:{canaries[0].port}/"))
    assert not any(canary.touched() for canary in canaries)


@pytest.mark.parametrize("garbage", ["", "not an address", "127.0.0.1:80", "%lo"])
def test_dns_garbage(garbage: str) -> None:
    with Client(resolver=lambda _host, _port: [garbage]) as client, pytest.raises(FetchError, match="refused: "):
        client.ask(Request("http://board.example/"))


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "gopher://127.0.0.1/", "dict://127.0.0.1:11211/", "data:text/plain,x", "javascript:alert(1)",
     "//169.254.169.254/latest", "http://127.0.0.1:22/", "http://", "http:///x", "ftp://127.0.0.1/", "http://[::1", "http://h:x/",
     "http://a\\@127.0.0.1/", "x" * 9000],
)  # fmt: skip
def test_redirect_elsewhere(location: str) -> None:
    """A redirect to another scheme, to metadata or to nonsense ends the request."""
    with Server(lambda _: reply(302, headers={"Location": location}), host="127.0.0.2") as server:
        with Client(allow_private=["127.0.0.2"], deadline=2) as client, pytest.raises(FetchError):
            client.ask(Request(server.url()))
        assert len(server.asked) == 1


PUBLIC = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "198.20.0.1", "2606:4700::1111", "2a00:1450::1",
          "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass_on_web_ports_only(address: str) -> None:
    guard = Guard()
    assert guard.refusal(address, 443) is None
    assert guard.refusal(address, 80) is None
    assert "port 22" in (guard.refusal(address, 22) or "")
    assert guard.refusal(address, 8443, any_port=True) is None


@pytest.mark.parametrize(
    ("allowed", "address", "passes"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "::ffff:127.0.0.1", True),
        ("127.0.0.1", "127.0.0.2", False),
        ("127.0.0.1", "::1", False),
        ("127.0.0.1", "64:ff9b::7f00:1", False),
        ("10.0.0.0/8", "10.9.8.7", True),
        ("10.1.2.3/8", "10.9.8.7", True),
        ("10.0.0.0/8", "192.168.0.1", False),
        ("fd00::/8", "fd12::1", True),
        ("::1", "::1", True),
    ],
)
def test_allow_private(allowed: str, address: str, passes: bool) -> None:
    assert (Guard([allowed]).refusal(address, 8080) is None) is passes


@pytest.mark.parametrize("entry", ["localhost", "10.0.0.0/33", "", "*"])
def test_allow_private_takes_addresses_only(entry: str) -> None:
    with pytest.raises(UsageError, match="allow_private"):
        Guard([entry])


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
@settings(max_examples=300, deadline=None)
def test_nothing_that_python_calls_private_passes(ip: IPv4Address) -> None:
    assert ip.is_global or denied(ip)


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
@settings(max_examples=300, deadline=None)
def test_nothing_that_python_calls_private_passes_in_ipv6(ip: IPv6Address) -> None:
    assert ip.is_global or denied(ip) or ip in IPv6Network("2001::/32")


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=200, deadline=None)
def test_an_embedded_address_is_judged_as_itself(bits: int) -> None:
    plain = bool(denied(IPv4Address(bits)))
    assert bool(denied(IPv6Address((0x0064FF9B << 96) | bits))) is plain
    assert bool(denied(IPv6Address((0x2002 << 112) | bits << 80))) is plain
    assert (Guard().refusal(f"::ffff:{IPv4Address(bits)}", 443) is not None) is plain
