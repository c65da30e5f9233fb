"""A listener of its own on loopback or a Unix socket, for ``job-alerts desk`` without a daemon."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp


def bound(listen: str) -> socket.socket:
    """A socket on "127.0.0.1:8484" (port 0: a free one) or "unix:/run/desk.sock", which only its owner may use."""
    if listen.startswith("unix:"):
        path = Path(listen.removeprefix("unix:"))
        path.unlink(missing_ok=True)
        found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            found.bind(str(path))
        finally:
            os.umask(before)
        return found
    host, _, port = listen.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.bind((host, int(port)))
    return found


def is_private(listen: str) -> bool:
    """Can only this machine reach it?"""
    import ipaddress

    if listen.startswith("unix:"):
        return True
    host = listen.rpartition(":")[0].strip("[]")
    try:
        return host in ("", "localhost") or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def server(app: ASGIApp) -> uvicorn.Server:
    """The server, with bounds: connections, headers, time; nothing is told of itself."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",
            loop="asyncio",
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=64,
            h11_max_incomplete_event_size=16 * 1024,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=3,
        )
    )
