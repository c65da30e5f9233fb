"""The listener: who is answered, what is said, and that it never costs the work anything."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from alerts.listener.asked import answers
from alerts.listener.listener import Listener
from alerts.model.plan import Http

pytest.importorskip("uvicorn", reason="needs the extra: pip install 'job-alerts[metrics]'")


class Process:
    """What is spoken for."""

    def __init__(self, trouble: str | None = None) -> None:
        self.said = trouble

    def trouble(self) -> str | None:
        if self.said == "raise":
            raise RuntimeError("no look is possible")
        return self.said

    def metrics(self) -> tuple[bytes, str] | None:
        return None


def free() -> Http:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return Http("127.0.0.1", sock.getsockname()[1])


@pytest.fixture
def process() -> Process:
    return Process()


@pytest.fixture
def listener(process: Process):
    one = Listener(process)
    yield one
    one.stop()


def test_health_and_readiness_are_two_things(listener: Listener, process: Process) -> None:
    listener.obey(http := free())
    assert httpx.get(f"{http}/healthz").status_code == 200
    assert httpx.get(f"{http}/readyz").text == "ready\n"
    process.said = "nobody could look for 40 s what is due"
    answer = httpx.get(f"{http}/readyz")
    assert (answer.status_code, answer.text) == (503, "nobody could look for 40 s what is due\n")
    assert httpx.get(f"{http}/healthz").status_code == 200


def test_a_look_that_fails_is_not_ready_and_not_silent(listener: Listener, process: Process, caplog) -> None:
    listener.obey(http := free())
    process.said = "raise"
    assert httpx.get(f"{http}/readyz").status_code == 503
    assert "no look is possible" in caplog.text


def test_whether_it_answers_can_be_asked(listener: Listener, tmp_path: Path) -> None:
    for http in (free(), Http(socket=tmp_path / "s")):
        assert not answers(http)
        listener.obey(http)
        assert answers(http)


@pytest.mark.parametrize("said", [b"", b"220 another program\r\n", b"HTTP/1.1 404 Not Found\r\n\r\n"])
def test_another_program_at_its_place_is_no_answer(said: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:

        def speak() -> None:
            with other.accept()[0] as peer:
                peer.sendall(said)

        thread = threading.Thread(target=speak)
        thread.start()
        assert not answers(Http("127.0.0.1", other.getsockname()[1]))
        thread.join()


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1:1", "localhost:", "", "127.0.0.1.", "localhost:80"]
)
def test_a_foreign_name_is_refused(listener: Listener, host: str) -> None:
    listener.obey(http := free())
    assert httpx.get(f"{http}/readyz", headers={"Host": host}).status_code == 421


def test_its_own_names_and_those_of_the_configuration_are_answered(listener: Listener) -> None:
    http = replace(free(), hosts=("jobs.example.org",))
    listener.obey(http)
    for host in ("localhost", f"LOCALHOST:{http.port}", f"127.0.0.1:{http.port}", "jobs.example.org", f"[::1]:{http.port}"):
        assert httpx.get(f"{http}/healthz", headers={"Host": host}).status_code == 200, host


def test_a_port_that_is_taken_is_one_line(process: Process, caplog) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        listener = Listener(process)
        listener.obey(Http("127.0.0.1", other.getsockname()[1]))
    assert listener.address is None
    assert [r.levelname for r in caplog.records] == ["ERROR"]
    assert "another program listens there" in caplog.text


def test_a_reload_moves_it(listener: Listener) -> None:
    listener.obey(first := free())
    listener.obey(second := free())
    assert httpx.get(f"{second}/healthz").status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{first}/healthz")
    listener.obey(None)
    assert listener.address is None
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{second}/healthz")


def test_a_unix_socket_is_for_this_user_and_is_taken_away(listener: Listener, tmp_path: Path) -> None:
    http = Http(socket=tmp_path / "http.sock")
    listener.obey(http)
    with httpx.Client(transport=httpx.HTTPTransport(uds=str(http.socket))) as client:
        assert client.get("http://localhost/healthz").status_code == 200
        assert client.get("http://evil.example/healthz").status_code == 421
    assert http.socket
    assert http.socket.stat().st_mode & 0o007 == 0
    listener.stop()
    assert not http.socket.exists()


def test_a_socket_left_behind_is_replaced_and_a_file_is_not(listener: Listener, tmp_path: Path, caplog) -> None:
    path = tmp_path / "http.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    listener.obey(Http(socket=path))
    assert listener.address
    (tmp_path / "file").write_text("mine")
    listener.obey(Http(socket=tmp_path / "file"))
    assert listener.address is None
    assert (tmp_path / "file").read_text() == "mine"
    assert "no socket" in caplog.text


async def page(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"the desk at " + scope["path"].encode()})


def test_a_page_answers_what_is_not_ours(process: Process) -> None:
    listener = Listener(process, page=lambda: page)
    listener.obey(http := free())
    try:
        assert httpx.get(f"{http}/jobs/7").text == "the desk at /jobs/7"
        assert httpx.get(f"{http}/").text == "the desk at /"
        assert httpx.get(f"{http}/healthz").text == "alive\n"
        assert httpx.get(f"{http}/", headers={"Host": "evil.example"}).status_code == 421
    finally:
        listener.stop()


def test_a_page_that_cannot_be_made_costs_itself(process: Process, caplog) -> None:
    def broken():
        raise RuntimeError("no templates")

    listener = Listener(process, page=broken)
    listener.obey(http := free())
    try:
        assert httpx.get(f"{http}/healthz").status_code == 200
        assert httpx.get(f"{http}/").status_code == 404
    finally:
        listener.stop()
    assert "no templates" in caplog.text


def test_a_stop_does_not_wait_for_who_hangs_on_the_line(process: Process) -> None:
    listener = Listener(process)
    listener.obey(http := free())
    with socket.create_connection((http.host, http.port)) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\n")
        thread = listener._running.thread
        listener.stop()
        assert not thread.is_alive()
