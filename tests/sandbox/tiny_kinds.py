"""Kinds of sources that misbehave, each in its own way; found by ``load``, in the reading process as in the test."""

import contextlib
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from alerts.model import options
from alerts.model.errors import FetchError, ReadError, UnknownKind
from alerts.model.page import Page, Request
from alerts.model.raw import RawPay, RawPlace, RawPosting, Reading


class Options(options.Options):
    word: str = "hello"
    key: options.Secret | None = None


def posting(text: str) -> RawPosting:
    return RawPosting("1", "https://example.org/1", text, places=(RawPlace("Oslo"),), pay=(RawPay(1, 2),), facts={"a": "b"})


def reading(text: str) -> Reading:
    return Reading((posting(text),), next=Request("https://example.org/2", state={"page": "2"}))


def echo(page: Page, opts: Options) -> Reading:
    return reading(f"{opts.word} {page.body.decode()}")


def secret(_: Page, opts: Options) -> Reading:
    return reading(opts.key.get_secret_value() if opts.key else "")


def endless(*_: Any) -> Any:
    while True:
        pass


def asleep(*_: Any) -> Any:
    time.sleep(60)


def held(page: Page, opts: Options) -> Reading:
    """Comes to no end before a file is there."""
    while not Path(page.body.decode()).exists():
        time.sleep(0.01)
    return reading("let go")


slow = held


def stubborn(*_: Any) -> Any:
    while True:
        with contextlib.suppress(BaseException):
            time.sleep(60)


def hungry(*_: Any) -> Any:
    return bytes(4 << 30)


def greedy(*_: Any) -> Any:
    hoard = []
    while True:
        hoard.append(bytes(1 << 20))


def fat(page: Page, opts: Options) -> Reading:
    return reading(str(len(b"x" * (350 << 20))))


def deep(page: Page, opts: Options) -> Any:
    return deep(page, opts)


def overflows(number: Any, *_: Any) -> Any:
    """A recursion that no interpreter stops before the system does."""
    sys.setrecursionlimit(10**9)
    return sorted([number], key=overflows)


def raises(page: Page, _: Options) -> Any:
    raise KeyError(page.body.decode() + "\n\x1b[31mforged log line\x00" + "x" * 5000)


def unreadable(*_: Any) -> Any:
    raise ReadError("this is HTML,\nnot a feed")


def fetches(*_: Any) -> Any:
    raise FetchError("no answer")


def leaves(*_: Any) -> Any:
    raise SystemExit(3)


def exits(*_: Any) -> Any:
    os._exit(0)


def killed(*_: Any) -> Any:
    os.kill(os.getpid(), 11)


def loud(*_: Any) -> Any:
    print("x" * 100_000, flush=True)
    os.write(2, b"noise")
    return reading("said")


def wrong(*_: Any) -> Any:
    return ["not a reading"]


def foreign(*_: Any) -> Any:
    return Reading((replace(posting("x"), facts={"a": os.system}),))  # type: ignore[dict-item]


def connects(page: Page, _: Options) -> Any:
    socket.create_connection(("127.0.0.1", int(page.body)), 2)


def resolves(*_: Any) -> Any:
    socket.getaddrinfo("localhost", 80)


def starts(*_: Any) -> Any:
    subprocess.run(["true"], check=True)


def writes(page: Page, _: Options) -> Any:
    with Path(page.body.decode()).open("wb") as file:
        file.write(b"x" * 100)
        file.flush()


def surroundings(*_: Any) -> Reading:
    files = []
    for number in range(3, 64):
        with contextlib.suppress(OSError):
            files.append(str(Path(f"/proc/self/fd/{number}").readlink()))
    limits = {name: resource.getrlimit(getattr(resource, name))[0] for name in ("RLIMIT_CORE", "RLIMIT_NOFILE")}
    return reading(repr({"env": sorted(os.environ), "files": files, "pid": os.getpid(), "oom": _oom(), **limits}))


def _oom() -> str | None:
    with contextlib.suppress(OSError):
        return Path("/proc/self/oom_score_adj").read_text("ascii").strip()
    return None


def load(family: str, kind: str) -> SimpleNamespace:
    found: Callable[..., Any] | None = globals().get(kind)
    if family != "sources" or found is None:
        raise UnknownKind(f"unknown kind {kind!r}")

    def detail(page: Page, raw: RawPosting, opts: Options) -> RawPosting:
        return replace(raw, text=page.body.decode(), company=opts.word)

    return SimpleNamespace(read=found, read_detail=detail)
