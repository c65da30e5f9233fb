"""The socket: bound before anything else, so that a port that is taken is one clear line."""

from __future__ import annotations

import errno
import os
import socket
import stat
from contextlib import suppress
from pathlib import Path

from alerts.model.plan import Http

_BACKLOG = 64


class CannotListen(Exception):
    """Why."""


def bind(http: Http, mode: int = 0o660) -> socket.socket:
    """A socket that listens; raises CannotListen. ``mode``: who may speak to a Unix socket, as a rule this user and its group."""
    if http.socket:
        return _at_path(http.socket, mode)
    family = socket.AF_INET6 if ":" in http.host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((http.host, http.port))
        sock.listen(_BACKLOG)
    except OSError as error:
        sock.close()
        raise CannotListen(_why(error)) from None
    return sock


def _at_path(path: Path, mode: int) -> socket.socket:
    """A socket that a dead process left behind is replaced, nothing else is."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _clear(path)
        sock.bind(str(path))
        path.chmod(mode)
        sock.listen(_BACKLOG)
    except OSError as error:
        sock.close()
        raise CannotListen(_why(error)) from None
    return sock


def _clear(path: Path) -> None:
    with suppress(FileNotFoundError):
        if not stat.S_ISSOCK(path.lstat().st_mode):
            raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
            try:
                asking.connect(str(path))
            except ConnectionRefusedError:
                path.unlink()
                return
        raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))


def unbind(http: Http, sock: socket.socket) -> None:
    """Close it, and take its file away."""
    sock.close()
    if http.socket:
        with suppress(OSError):
            http.socket.unlink()


def _why(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "another program listens there"
    if error.errno == errno.EEXIST:
        return "there is a file of that name that is no socket"
    if error.errno == errno.EADDRNOTAVAIL:
        return "this machine has no such address"
    return f"{error.strerror}"
