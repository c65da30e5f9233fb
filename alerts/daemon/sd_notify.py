"""Tell systemd how the service is (``sd_notify``); nothing happens where there is no systemd."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

#: Seconds by which a start that is under way asks systemd to wait longer.
EXTEND = 30.0


def sd_notify(*lines: str, env: Mapping[str, str] = os.environ) -> bool:
    """Send ``READY=1``, ``STATUS=…``, ``WATCHDOG=1`` … to ``$NOTIFY_SOCKET``; False where there is none to hear it."""
    address = env.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    if address.startswith("@"):  # an abstract socket
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sock:
            sock.settimeout(2)
            sock.sendto("\n".join(line.replace("\n", " ") for line in lines).encode(), address)
    except OSError:
        return False
    return True


def reloading(env: Mapping[str, str] = os.environ) -> bool:
    """The pair that newer systemd waits for when it asked for a reload; follow it with ``READY=1``."""
    return sd_notify("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}", env=env)


def watchdog_seconds(env: Mapping[str, str] = os.environ) -> float | None:
    """How often systemd wants a sign of life; None where it wants none."""
    microseconds = env.get("WATCHDOG_USEC", "")
    return int(microseconds) / 1_000_000 / 2 if microseconds.isdigit() and int(microseconds) > 0 else None


@contextmanager
def starting(env: Mapping[str, str] = os.environ) -> Iterator[Callable[[], None]]:
    """While the start takes its time (a lock to wait for), systemd is asked for patience; yields its end."""
    ready = threading.Event()

    def ask() -> None:
        while not ready.wait(EXTEND / 3):
            sd_notify(f"EXTEND_TIMEOUT_USEC={int(EXTEND * 1_000_000)}", env=env)

    if env.get("NOTIFY_SOCKET"):
        threading.Thread(target=ask, name="starting", daemon=True).start()
    try:
        yield ready.set
    finally:
        ready.set()
