"""What every answer of every channel means: the one reader of data/answers.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, Literal, cast

from alerts.channels import _bodies
from alerts.fetch.headers import retry_after
from alerts.model.errors import FetchError
from alerts.model.message import Outcome

Ruling = Literal["sent", "later", "message", "destination"]


@cache
def tables() -> dict[str, Any]:
    """data/answers.toml."""
    text = resources.files("alerts.channels").joinpath("data/answers.toml").read_text("utf-8")
    return tomllib.loads(text)


def rule(table: str, code: int, over: str = "") -> Ruling:
    """What ``code`` means in ``table``; what ``over`` says of it comes first."""
    for name in (over, table):
        rows = tables().get(name, {})
        for key in (str(code), f"{code // 100}xx"):
            if key in rows:
                return cast(Ruling, rows[key])
    return cast(Ruling, tables()[table]["other"])


def http(status: int, kind: str = "") -> Ruling:
    """What an HTTP status means for a channel of ``kind``."""
    return rule("http", status, f"http_{kind}")


def slack(status: int, body: bytes) -> tuple[Ruling, str]:
    """What the answer of Slack, or of a hook that imitates it, means, and its error string where it is one."""
    if 200 <= status < 300:
        return _bodies.ruling(body, tables(), "slack")
    said = body[:200].decode("utf-8", "replace").strip()
    known = cast("Ruling | None", tables()["slack"].get(said))
    return (known, said) if known not in (None, "sent") and status != 429 else (http(status, "slack"), "")


def discord(status: int, body: bytes) -> tuple[Ruling, str]:
    """What Discord's answer means, and the code that it names where that is known."""
    if 200 <= status < 300:
        return _bodies.ruling(body, tables(), "discord")
    code = str(_bodies.fields(body).get("code", ""))
    known = cast("Ruling | None", tables()["discord"].get(code))
    return (known, code) if known and status != 429 else (http(status, "discord"), "")


def wait(headers: Mapping[str, str], body: bytes, now: datetime) -> float | None:
    """Seconds to wait, from ``Retry-After`` or ``retry_after`` in the body; the longer where both are there."""
    said = _bodies.fields(body).get("retry_after")
    number = float(said) if isinstance(said, int | float) and not isinstance(said, bool) and 0 < said < 1e9 else None
    asked = [one for one in (retry_after(headers, now), number and min(max(number, 1.0), 86_400.0)) if one]
    return max(asked, default=None)


def smtp(stage: str, code: int) -> Ruling:
    """What an SMTP code means at ``stage`` (connect, hello, starttls, auth, mail, rcpt, data); 421 is always *later*."""
    return "later" if code == 421 else rule(f"smtp_{stage}", code)


def advice(key: str) -> str:
    """What the operator can do about ``http_404`` or ``slack_no_service``; "" where nothing special is known."""
    return str(tables()["advice"].get(key, ""))


def outcome(ruling: Ruling, why: str, *, after: float | None = None) -> Outcome:
    """An Outcome from a ruling; ``why`` in a line."""
    said = said_line(why)
    if ruling in {"sent", "later"}:
        return Outcome("sent" if ruling == "sent" else "later", said, after=after)
    return Outcome("refused", said, after=after, destination=ruling == "destination")


def answered(ruling: Ruling, status: int, said: str = "", *, advise: str = "", after: float | None = None) -> Outcome:
    """An Outcome from an HTTP answer: its status, what it said, and what can be done."""
    hint = advice(advise or f"http_{status}") if ruling != "sent" else ""
    words = ": ".join(part for part in (f"HTTP {status}", said_line(said, 120)) if part)
    return outcome(ruling, f"{words} ({hint})" if hint else words, after=after)


def unanswered(error: FetchError) -> Outcome:
    """No answer came: try later; it may have arrived."""
    return Outcome("later", said_line(str(error)), after=error.retry_after, ambiguous=error.ambiguous)


def hidden(said: str, *secrets: str) -> str:
    """``said`` without the secrets, and without the path of a secret address, which another side may repeat."""
    for secret in secrets:
        path = re.sub(r"^https?://[^/]*", "", secret)
        for part in (secret, path, path.strip("/"), *path.split("/")):
            if len(part) >= 6:
                said = said.replace(part, "…")
    return said


def said_line(said: str | bytes, limit: int = 300) -> str:
    """What the other side said, on one harmless line; every address in it reduced to its host, for a path may be a secret."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    text = re.sub(r"(https?://)(?:[^\s/@]*@)?([^\s/?#\"'<>]*[^\s/?#\"'<>:])[^\s\"'<>]*", r"\1\2/…", text[: 4 * limit])
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
