"""What the channels over HTTP share: an address that is checked when the configuration is read, and one JSON attempt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from alerts.channels import _answers
from alerts.fetch.address import BadAddress, parse
from alerts.fetch.client import Client
from alerts.fetch.headers import retry_after
from alerts.model.errors import FetchError
from alerts.model.message import Message, Outcome
from alerts.model.options import Secret


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
    """One attempt, judged by its status alone; the answer's first words stand in ``why`` unless it is a success."""
    try:
        answer = client.post(url.get_secret_value(), content=content, headers=headers, deadline=deadline)
    except FetchError as error:
        return _answers.unanswered(error)
    ruling = _answers.http(answer.status, kind)
    secrets = [url.get_secret_value(), *(value for name, value in headers.items() if name.lower() != "content-type")]
    said = "" if ruling == "sent" else _answers.hidden(answer.body[:500].decode("utf-8", "replace"), *secrets)
    after = retry_after(answer.headers, message.at or datetime.now(UTC))
    return _answers.answered(ruling, answer.status, said, after=after)


def as_json(body: Mapping[str, object]) -> bytes:
    """``body`` as UTF-8 JSON."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
