"""Requests a second for answers of 304 on loopback: our client against a bare httpx.Client, in one run.

    python benchmarks/fetch.py [requests]

Both keep one connection; the rounds take turns, and the best round of each counts, so that a busy machine does little harm.
CPU time is that of the asking thread alone; the server runs in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

import httpx

from alerts.fetch.client import Client
from alerts.model.page import Request

ROUNDS = 5
ANSWER = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'


def serve(ready: Connection) -> None:
    import threading

    listener = socket.create_server(("127.0.0.1", 0))
    ready.send(listener.getsockname()[1])

    def answer(connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pending = b""
        while data := connection.recv(65536):
            pending += data
            while b"\r\n\r\n" in pending:
                pending = pending.partition(b"\r\n\r\n")[2]
                connection.sendall(ANSWER)

    while True:
        threading.Thread(target=answer, args=[listener.accept()[0]], daemon=True).start()


def measure(ask: Callable[[], object], count: int) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.thread_time()
    for _ in range(count):
        ask()
    return (time.perf_counter() - wall) / count, (time.thread_time() - cpu) / count


def main() -> None:
    count = min(int(sys.argv[1]) if len(sys.argv) > 1 else 500, 20_000)
    ours_end, theirs_end = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=[theirs_end], daemon=True)
    server.start()
    url = f"http://127.0.0.1:{ours_end.recv()}/feed"
    request, validators, headers = Request(url), {"etag": '"a"'}, {"If-None-Match": '"a"'}
    with Client(allow_private=["127.0.0.1"]) as client, httpx.Client(trust_env=False) as bare:
        askers: dict[str, Callable[[], object]] = {
            "Client.ask": lambda: client.ask(request, validators=validators),
            "httpx.Client": lambda: bare.get(url, headers=headers),
        }
        figures: dict[str, list[tuple[float, float]]] = {name: [] for name in askers}
        for _ in range(ROUNDS):
            for name, ask in askers.items():
                figures[name].append(measure(ask, count))
    server.terminate()
    best = {name: (min(wall for wall, _ in rounds), min(cpu for _, cpu in rounds)) for name, rounds in figures.items()}
    for name, (wall, cpu) in best.items():
        print(f"{name:<14}{1 / wall:8.0f} requests/s{cpu * 1e6:8.0f} µs CPU a request")
    (wall, cpu), (bare_wall, bare_cpu) = best["Client.ask"], best["httpx.Client"]
    print(f"Client.ask is {bare_wall / wall:.2f} times as fast, at {cpu / bare_cpu:.2f} of the CPU time")


if __name__ == "__main__":
    main()
