"""Sixteen hosts that take their time do not hold up the forty that answer at once, not even on the first day."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.drills.house import FRAME, SEARCH, House

pytestmark = [pytest.mark.drill, pytest.mark.timeout(200)]
SLOW, QUICK, SECONDS = 16, 40, 18.0


class Hosts(ThreadingHTTPServer):
    """Every address of the loopback network is a host of its own; those with a low number are slow."""

    daemon_threads = True
    request_queue_size = 200

    def __init__(self) -> None:
        super().__init__(("0.0.0.0", 0), Answering)
        self.read: dict[str, float] = {}
        self.ended = 0


class Answering(BaseHTTPRequestHandler):
    server: Hosts

    def do_GET(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        self.server.read.setdefault(host, time.monotonic())
        if int(host.rpartition(".")[2]) < 100:
            time.sleep(SECONDS)
            self.server.ended += 1
        body = b'{"jobs": []}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""


def test_slow_hosts_hold_up_nobody():
    with House() as house, Hosts() as hosts:
        threading.Thread(target=hosts.serve_forever, daemon=True).start()
        port = hosts.server_address[1]
        numbers = [*range(2, 2 + SLOW), *range(100, 100 + QUICK)]
        tables = "".join(
            f'[[sources]]\nname="h{number}"\nkind="greenhouse"\nboard="b{number}"\nbase_url="http://127.0.0.{number}:{port}"\n'
            for number in numbers
        )
        frame = FRAME.replace('"127.0.0.1"', '"127.0.0.0/8"').replace('every="1s"', 'every="1m"')
        house.configure(tables + SEARCH, frame)
        with house.start() as daemon:
            quick = {f"127.0.0.{number}" for number in range(100, 100 + QUICK)}
            daemon.until(lambda: hosts.read, 60)
            began = time.monotonic()
            daemon.until(lambda: quick <= set(hosts.read), 60)
            took = time.monotonic() - began
            assert took < SECONDS, f"{took:.1f} s"
        hosts.shutdown()
    print(f"{SLOW} hosts of {SECONDS:.0f} s each: {QUICK} quick ones were all asked within {took:.1f} s")
