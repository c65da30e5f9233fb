"""The listener in a thread of its own: started, moved at a reload, stopped in time."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from alerts.listener.bound import CannotListen, bind, unbind
from alerts.listener.watched import Watched
from alerts.model.plan import Http

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

log = logging.getLogger("alerts")
#: Seconds that a stop gives those who are being answered, and then waits for the thread.
GRACE, PATIENCE = 1, 3.0
#: Requests answered side by side; more are refused, so that nobody who floods it takes memory from the work.
MOST = 64
MISSING = "[http] needs two more packages: pip install 'job-alerts[metrics]'; until then nothing listens"


class Listener:
    """At most one address at a time. Nothing that goes wrong here stops the work: it is one line in the log.

    ``page`` makes the ASGI application that answers all other addresses (the desk), once for each start.
    """

    def __init__(self, watched: Watched, page: Callable[[], ASGIApp | None] = lambda: None) -> None:
        self._watched, self._page = watched, page
        self._lock = threading.Lock()
        self._running: _Running | None = None

    @property
    def address(self) -> Http | None:
        """Where it listens now."""
        running = self._running
        return running.http if running and running.thread.is_alive() else None

    def obey(self, http: Http | None) -> None:
        """Listen there and nowhere else; nothing happens where it does already."""
        with self._lock:
            if http is not None and self.address == http:
                return
            self._stop()
            if http is None:
                return
            try:
                self._running = self._start(http)
            except ImportError as error:
                log.error("%s (%s)", MISSING, error)
            except CannotListen as error:
                advice = "choose another [http] listen, and reload"
                log.error("nothing listens on %s, the work goes on without: %s; %s", http, error, advice)
            else:
                log.info("listening on %s", http)

    def stop(self) -> None:
        """Stop listening; returns when that is so, at the latest after some seconds."""
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        running, self._running = self._running, None
        if running:
            running.server.should_exit = True
            running.thread.join(PATIENCE)
            unbind(running.http, running.sock)

    def _start(self, http: Http) -> _Running:
        from alerts.listener.app import create_app

        serving = server(create_app(http, self._watched, self._made()))
        sock = bind(http)
        thread = threading.Thread(target=_serve, args=(serving, sock), name="listener", daemon=True)
        running = _Running(http, sock, serving, thread)
        thread.start()
        return running

    def _made(self) -> ASGIApp | None:
        try:
            return self._page()
        except Exception:  # health and metrics are answered all the same
            log.exception("the page cannot be shown; health and metrics are")
            return None


class _Running:
    """One address that is listened on."""

    def __init__(self, http: Http, sock: socket.socket, server: uvicorn.Server, thread: threading.Thread) -> None:
        self.http, self.sock, self.server, self.thread = http, sock, server, thread


def server(app: ASGIApp) -> uvicorn.Server:
    """What serves the application: h11 alone, no WebSocket, no log of its own, no word about what answers, and bounds."""
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=MOST,
            h11_max_incomplete_event_size=16 * 1024,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=GRACE,
        )
    )


def _serve(server: uvicorn.Server, sock: socket.socket) -> None:
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # what is worth a line is said by us
    try:
        server.run(sockets=[sock])
    except BaseException as error:
        log.error("the listener ended, the work goes on without: %s: %s", type(error).__name__, error)
