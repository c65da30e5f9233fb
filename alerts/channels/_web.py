"""What the channels over HTTP share: an address that is checked when the configuration is read, and one JSON attempt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alerts.channels import _answers, _bodies
from alerts.fetch.address import BadAddress, parse
from alerts.model.errors import FetchError
from alerts.model.message import Message, Outcome
from alerts.model.options import Secret

if TYPE_CHECKING:
    from alerts.fetch.client import Answer, Client


def checked(url: Secret) -> Secret:
    """The address when a channel can post to it; raises ValueError that does not show it."""
    try:
        parse(url.get_secret_value())
    except BadAddress as error:
        raise ValueError(f"must be an http(s) address: {error}") from None
    return url


def post(
    message: Message, url: Secret, content: bytes, headers: Mapping[str, str], client: Client, *, deadline: float, kind: str = ""
) -> Outcome:
    """One attempt, judged by its status, and for kinds that have a table of their own by its body.

    The answer's first words stand in ``why`` unless it is a success.
    """
    try:
        answer = client.post(url.get_secret_value(), content=content, headers=headers, deadline=deadline)
    except FetchError as error:
        return _answers.unanswered(error)
    ruling, code = _judged(answer, kind)
    secrets = [url.get_secret_value(), *(value for name, value in headers.items() if name.lower() != "content-type")]
    said = "" if ruling == "sent" else _answers.hidden(answer.body[:500].decode("utf-8", "replace"), *secrets)
    after = _answers.wait(answer.headers, answer.body, message.at or datetime.now(UTC))
    advise = f"{kind}_{code}" if code and _answers.advice(f"{kind}_{code}") else ""
    return _answers.answered(ruling, answer.status, said, advise=advise, after=after)


def _judged(answer: Answer, kind: str) -> tuple[_answers.Ruling, str]:
    """What the answer means, and the code that says so. A hook of the user's own may answer what it likes with a 2xx."""
    if kind == "discord":
        return _answers.discord(answer.status, answer.body)
    if kind and 200 <= answer.status < 300:
        return _bodies.ruling(answer.body, _answers.tables(), kind)
    return _answers.http(answer.status, kind), ""


def as_json(body: Mapping[str, object]) -> bytes:
    """``body`` as UTF-8 JSON."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
