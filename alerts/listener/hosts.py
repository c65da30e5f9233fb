"""Only who asks for it by its own name is answered: a page elsewhere cannot read it through a browser (DNS rebinding)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.model.plan import Http

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


def names(http: Http) -> frozenset[str]:
    """What the Host of a request may be, exactly: each name alone, and with the port."""
    bare = ["localhost", *http.hosts]
    if http.host:
        bare += ["127.0.0.1", "[::1]", f"[{http.host}]" if ":" in http.host else http.host]
    return frozenset([*bare, *(f"{name}:{http.port}" for name in bare if http.port)])


class OnlyHosts:
    """421 for every other name; it stands before everything that answers."""

    def __init__(self, app: ASGIApp, allowed: frozenset[str]) -> None:
        self._app, self._allowed = app, allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        from starlette.responses import PlainTextResponse

        said = [value.decode("latin-1").lower() for name, value in scope.get("headers", ()) if name == b"host"]
        if len(said) == 1 and said[0] in self._allowed:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            refusal = "this is not who you asked for; names of its own stand in [http] hosts\n"
            await PlainTextResponse(refusal, 421)(scope, receive, send)
