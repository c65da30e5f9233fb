"""The tables ``[http]``, ``[desk]`` and ``[heartbeat]``: how the daemon is seen from outside."""

from __future__ import annotations

from collections.abc import Mapping

from alerts.config import build, listening
from alerts.config.document import Document
from alerts.config.problems import Problems
from alerts.config.schema import DeskTable, HeartbeatTable, HttpTable
from alerts.config.table import table_of
from alerts.model.plan import Heartbeat, Http


def listener(doc: Document, problems: Problems) -> Http | None:
    """Where the listener is, with the desk on it where that is asked for."""
    return _desk(doc, _http(doc, problems), problems)


def _http(doc: Document, problems: Problems) -> Http | None:
    table = table_of(doc, ("http",), doc.values.get("http", {}), HttpTable, problems)
    if table is None or table.listen is None:
        return None
    try:
        return listening.read(table.listen, table.hosts, public=table.public, folder=doc.path.parent, sources=table.sources)
    except ValueError as error:
        problems.add(doc, ("http", "listen"), str(error))
        return None


def _desk(doc: Document, http: Http | None, problems: Problems) -> Http | None:
    """The listener with the desk on it, where the table is there."""
    value = doc.values.get("desk")
    table = None if value is None else table_of(doc, ("desk",), value, DeskTable, problems)
    if table is None or not table.enabled:
        return http
    try:
        return listening.with_desk(http, table.url)
    except ValueError as error:
        problems.add(doc, ("desk",), str(error))
        return http


def heartbeat(doc: Document, problems: Problems, env: Mapping[str, str]) -> Heartbeat | None:
    """The address that is told that all is well; None also where its secret cannot be read, which is remarked."""
    value = doc.values.get("heartbeat")
    if isinstance(value, dict):
        known = build.given(value, doc, ("heartbeat",), problems, env)
        if known.why:
            problems.remarks.append(f"the heartbeat is not sent: {known.why}")
            return None
        value = known.options
    table = None if value is None else table_of(doc, ("heartbeat",), value, HeartbeatTable, problems)
    if table is None:
        return None
    if not table.url.get_secret_value().startswith(("https://", "http://")):
        problems.add(doc, ("heartbeat", "url"), "must be an address that begins with https:// or http://")
    return Heartbeat(table.url, table.every, table.fail)
