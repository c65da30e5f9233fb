"""Its addresses: /healthz, /readyz, /metrics, and the page that is hung into it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from alerts.listener.hosts import OnlyHosts, names
from alerts.listener.watched import Watched
from alerts.model.plan import Http

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

log = logging.getLogger("alerts")
_FRESH = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def create_app(http: Http, watched: Watched, page: ASGIApp | None = None) -> ASGIApp:
    """The whole; ``page`` answers every address that is none of ours."""
    from starlette.applications import Starlette
    from starlette.routing import Mount, Route

    routes: list[Route | Mount] = [
        Route("/healthz", _healthz),
        Route("/readyz", _Answers(watched).readyz),
        Route("/metrics", _Answers(watched).metrics),
    ]
    if page is not None:
        routes.append(Mount("/", page))
    return OnlyHosts(Starlette(routes=routes), names(http))


async def _healthz(_request: Request) -> Response:
    return _text("alive")


class _Answers:
    """Plain functions, so that they run on threads and one that waits for a disk holds up no other request."""

    def __init__(self, watched: Watched) -> None:
        self._watched = watched

    def readyz(self, _request: Request) -> Response:
        """200 where all is well, else 503; why stands in the log and in ``status``, and here in a line."""
        try:
            why = self._watched.trouble()
        except Exception:  # who asks must get an answer, and "not ready" is the true one
            log.exception("the look whether all is well failed")
            why = "the look whether all is well failed; see the log"
        return _text("ready") if why is None else _text(why, 503)

    def metrics(self, _request: Request) -> Response:
        """What Prometheus reads."""
        from starlette.responses import Response

        figures = self._watched.metrics()
        if figures is None:
            return _text("metrics need one more package: pip install 'job-alerts[metrics]'", 501)
        body, kind = figures
        return Response(body, headers={**_FRESH, "Content-Type": kind})


def _text(words: str, status: int = 200) -> Response:
    from starlette.responses import PlainTextResponse

    return PlainTextResponse(f"{words}\n", status, headers=_FRESH)
