"""The heartbeat, against a real server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr

from alerts.config.load import load
from alerts.daemon.heartbeat import Heart
from alerts.fetch.client import Client
from alerts.model.errors import ConfigError
from alerts.model.plan import Heartbeat


class Server(HTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.heard: list[str] = []
        self.status = 200


class Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.heard.append(self.path)
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as one:
        thread = threading.Thread(target=one.serve_forever)
        thread.start()
        yield one
        one.shutdown()
        thread.join()


class Times:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def address(server: Server, *, fail: bool = True) -> Heartbeat:
    return Heartbeat(SecretStr(f"http://127.0.0.1:{server.server_port}/se-cret?a=1"), timedelta(minutes=5), fail)


def test_it_beats_at_its_interval_and_says_when_something_is_wrong(server: Server) -> None:
    times, trouble = Times(), [None]
    heart = Heart(lambda: trouble[0], times)
    with Client(allow_private=["127.0.0.1"]) as client:
        assert heart.beat(address(server), client) == "sent"
        times.now = 299
        assert heart.beat(address(server), client) is None
        times.now = 300
        trouble[0] = "nothing gets done"
        assert "wrong" in (heart.beat(address(server), client) or "")
        times.now = 600
        assert heart.beat(address(server, fail=False), client) == "not sent: nothing gets done"
        assert heart.beat(None, client) is None
    assert server.heard == ["/se-cret?a=1", "/se-cret/fail?a=1"]


def test_that_it_is_not_heard_is_told_once_and_names_no_secret(server: Server, caplog) -> None:
    times = Times()
    heart = Heart(lambda: None, times)
    server.status = 500
    with Client(allow_private=["127.0.0.1"]) as client:
        for times.now in (0, 300, 600):
            assert "HTTP 500" in (heart.beat(address(server), client) or "")
    assert len(caplog.records) == 1
    assert "se-cret" not in caplog.text


def test_it_stays_behind_the_guard(server: Server, caplog) -> None:
    with Client() as client:
        assert "not heard" in (Heart(lambda: None).beat(address(server), client) or "")
    assert server.heard == []
    assert "se-cret" not in caplog.text


def test_its_address_may_be_a_secret_and_must_be_one_of_the_web(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[channels.console]\nkind = 'console'\n[heartbeat]\nurl = { env = 'BEAT' }\n")
    assert "se-cret" not in repr(load(path, {"BEAT": "https://hc.example/se-cret"}).heartbeat)
    with pytest.raises(ConfigError) as error:
        load(path, {"BEAT": "ftp://se-cret"})
    assert "se-cret" not in str(error.value)
    assert load(path, {}, secrets="where there").heartbeat is None
