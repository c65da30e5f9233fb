"""A channel is posted to once; every status is an answer, and no secret of its address is ever in an error."""

# ruff: noqa: SIM117  (the client inside its server reads as what happens)

import pytest

from alerts.fetch.client import Client
from alerts.model.errors import FetchError
from tests.fetch.server import CLOSE, RESET, Server, Step, reply

HOME = ["127.0.0.0/8"]
SECRET = "/services/T0/B0/SECRET?token=SECRET"


@pytest.mark.parametrize("status", [200, 202, 204, 301, 302, 303, 307, 308, 400, 404, 410, 429, 500, 503])
def test_every_status_is_an_answer(status: int) -> None:
    """A redirect is not followed: it would turn the message into a GET and look like success."""
    with Server(lambda _: reply(status, b"" if status == 204 else b"said", {"Location": "/x", "Retry-After": "7"})) as server:
        with Client(allow_private=HOME) as client:
            got = client.post(
                server.url(SECRET), content=b'{"a":1}', headers={"Content-Type": "application/json", "webhook-id": "i"}
            )
    assert (got.status, got.headers["retry-after"]) == (status, "7")
    assert "SECRET" not in repr(got)
    [seen] = server.asked
    assert (seen.method, seen.target, seen.body) == ("POST", SECRET, b'{"a":1}')
    assert (seen.headers["content-type"], seen.headers["webhook-id"]) == ("application/json", "i")


FAULTS: dict[str, list[Step]] = {
    "closed": [CLOSE],
    "reset": [RESET],
    "silent": [30.0],
    "half a head": [b"HTTP/1.1 200 OK\r\n", CLOSE],
}


@pytest.mark.parametrize("steps", FAULTS.values(), ids=FAULTS)
def test_a_fault_behind_the_sending_is_ambiguous(steps: list[Step]) -> None:
    with Server(lambda _: steps) as server, Client(allow_private=HOME) as client, pytest.raises(FetchError) as raised:
        client.post(server.url(SECRET), content=b"x", deadline=0.4)
    assert raised.value.ambiguous
    assert str(raised.value).startswith(f"http://127.0.0.1:{server.port}: ")
    assert "SECRET" not in str(raised.value)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1" + SECRET,
        "http://nowhere.invalid" + SECRET,
        "https://u:SECRET@example.org/",
        "http://10.0.0.1" + SECRET,
    ],
)
def test_a_fault_before_the_sending_is_certain(url: str) -> None:
    with Client(allow_private=HOME) as client, pytest.raises(FetchError) as raised:
        client.post(url, content=b"x", deadline=5)
    assert not raised.value.ambiguous
    assert "SECRET" not in str(raised.value)
    assert "SECRET" not in repr(raised.value)


def test_a_dead_kept_connection_is_not_posted_to_twice() -> None:
    """Only the outbox tries again."""
    with (
        Server(lambda seen: reply(200, b"ok") if seen.target == "/" else [CLOSE]) as server,
        Client(allow_private=HOME) as client,
    ):
        client.post(server.url(), content=b"x")
        with pytest.raises(FetchError):
            client.post(server.url("/dead"), content=b"x")
    assert len(server.asked) == 2


def test_the_status_counts_even_when_the_body_breaks_off() -> None:
    with Server(lambda _: [reply(200, b"o", length=2), CLOSE]) as server, Client(allow_private=HOME) as client:
        got = client.post(server.url(), content=b"x")
    assert (got.status, got.body) == (200, b"o")


def test_a_long_answer_is_cut() -> None:
    with Server(lambda _: reply(500, b"x" * 200_000)) as server, Client(allow_private=HOME) as client:
        assert len(client.post(server.url(), content=b"x").body) == 64 * 1024


def test_a_receiver_that_does_not_read_ends_with_the_deadline() -> None:
    with Server(lambda _: [30.0]) as server, Client(allow_private=HOME) as client, pytest.raises(FetchError) as raised:
        client.post(server.url(), content=b"x" * 64 * 2**20, deadline=0.6)
    assert raised.value.ambiguous
