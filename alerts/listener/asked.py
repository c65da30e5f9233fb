"""Does the listener answer? Asked by ``status`` as anybody else would ask it."""

from __future__ import annotations

import socket

from alerts.model.plan import Http

#: Seconds: it is on this machine, and answers without looking anything up.
PATIENCE = 2.0


def answers(http: Http, patience: float = PATIENCE) -> bool:
    """Is it a listener of ours that answers there, and no other program or none?"""
    where = str(http.socket) if http.socket else (http.host, http.port)
    family = socket.AF_UNIX if http.socket else socket.AF_INET6 if ":" in http.host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as sock:
            sock.settimeout(patience)
            sock.connect(where)
            sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            with sock.makefile("rb") as answer:
                return answer.readline(100).startswith(b"HTTP/1.1 200 ")
    except OSError:
        return False
