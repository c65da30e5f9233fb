"""One form posted to a provider, and the JSON that it answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from alerts.fetch.client import Client
from alerts.model.errors import FetchError
from alerts.oauth.problem import NoToken, harmless
from alerts.oauth.settings import Oauth, providers

_HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
#: Errors of RFC 6749 that a provider answers when it is not well itself.
_PASSING = {"temporarily_unavailable", "server_error"}


def post(client: Client, url: str, form: Mapping[str, str], settings: Oauth) -> dict[str, Any]:
    """The fields of the answer, also of one that says an error (``error``); raises NoToken where there was none to read."""
    try:
        answer = client.post(url, content=urlencode(form).encode(), headers=_HEADERS)
    except FetchError as error:
        raise NoToken(f"{settings.title} was not reached: {error}") from None
    try:
        fields = json.loads(answer.body)
    except ValueError:
        fields = None
    if not isinstance(fields, dict) or (answer.status >= 300 and not isinstance(fields.get("error"), str)):
        raise NoToken(f"{settings.title} answered HTTP {answer.status} without the fields that are due; tried again later")
    return fields


def refused(fields: Mapping[str, Any], settings: Oauth, *secrets: str) -> NoToken:
    """What an error of the provider means, in a line."""
    code = harmless(str(fields["error"]), *secrets)
    known = providers()["errors"].get(code)
    if known:
        return NoToken(f"{known.replace('{title}', settings.title)} ({code})", permanent=True, login=code == "invalid_grant")
    said = harmless(str(fields.get("error_description") or ""), *secrets)
    return NoToken(f"{settings.title} says {code}{f': {said}' if said else ''}", permanent=code not in _PASSING)
