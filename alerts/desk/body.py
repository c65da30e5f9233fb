"""The body of a request, bounded, as a form."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from alerts.desk import guard

#: Seconds that a body may take.
PATIENCE = 30.0
#: What may hold a text of its own.
_LONG = ("/letter", "/preview")
#: Fields of which there may be several.
_SEVERAL = {"work", "employment", "level", "category", "industry", "languages", "events", "channels"}


class BadBody(Exception):
    """A body that is not read; ``status`` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def form_of(request: Request) -> dict[str, list[str]]:
    """The fields of a form; raises BadBody."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise BadBody(415)
    most = guard.LONG_BODY if request.url.path.endswith(_LONG) or request.url.path.startswith("/searches/") else guard.BODY
    try:
        async with asyncio.timeout(PATIENCE):
            data = await _read(request, most)
    except (TimeoutError, ClientDisconnect):
        raise BadBody(408) from None
    return fields(data)


async def _read(request: Request, most: int) -> bytes:
    if int(length) > most if (length := request.headers.get("content-length", "")).isdecimal() else False:
        raise BadBody(413)
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > most:
            raise BadBody(413)
    return data


def fields(data: bytes) -> dict[str, list[str]]:
    """Field → values; raises BadBody for what no form of ours sends."""
    try:
        pairs = parse_qsl(data.decode("ascii"), keep_blank_values=True, max_num_fields=guard.FIELDS, errors="strict")
    except ValueError:
        raise BadBody(400) from None
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in found and name not in _SEVERAL:
            raise BadBody(400)
        found.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return found
