"""A web address of one's own: signed JSON as the Standard Webhooks specification has it (docs/webhook.md).

``secret`` signs every request. One that begins with ``whsec_`` is base64, as the specification's libraries make it; any
other is taken as the bytes of its text. A status 2xx is success, a redirect is not followed, 410 pauses the channel.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from alerts.channels import _web
from alerts.channels._probe import Probe, web
from alerts.model import options
from alerts.model.message import Limits, Message, Outcome

if TYPE_CHECKING:
    from alerts.fetch.client import Client

FORM = "webhook"
#: The specification asks for less than 20 KB.
LIMITS = Limits(items=50, size=20_000)
_LEAST_SECRET = 8


class Options(options.Options):
    """``[channels.NAME]`` with ``kind = "webhook"``."""

    url: options.Secret
    #: Signs every request; without it requests are not signed.
    secret: options.Secret | None = None
    #: The secret before a change of secrets: while it stands here, requests carry both signatures.
    old_secret: options.Secret | None = None
    #: Further headers, for a receiver that wants a token.
    headers: dict[str, options.Secret] = Field(default_factory=dict)
    #: Seconds for one attempt.
    deadline: float = 20.0

    _address = field_validator("url")(_web.checked)

    @field_validator("secret", "old_secret")
    @classmethod
    def _usable(cls, secret: options.Secret | None) -> options.Secret | None:
        if secret is not None and len(_key(secret)) < _LEAST_SECRET:
            raise ValueError(f"must have at least {_LEAST_SECRET} bytes; make one with: openssl rand -base64 32")
        return secret


def send(message: Message, options: Options, client: Client) -> Outcome:
    """Post ``message``, signed at this attempt's time under the delivery's own id."""
    content = message.text.encode("utf-8", "replace")
    headers = {name: value.get_secret_value() for name, value in options.headers.items()}
    headers |= {"Content-Type": "application/json", **_signed(message, content, options)}
    return _web.post(message, options.url, content, headers, client, deadline=options.deadline)


def probe(options: Options, client: Client) -> Probe:
    """Could it be reached? Nothing is sent."""
    return web(options.url.get_secret_value(), client)


def _signed(message: Message, content: bytes, options: Options) -> dict[str, str]:
    from standardwebhooks import Webhook

    # The id and the time are joined to the body by dots, so they may hold none.
    name = re.sub(r"[^A-Za-z0-9_-]", "_", message.id)[:200]
    at = (message.at or datetime.now(UTC)).astimezone(UTC)
    secrets = [secret for secret in (options.secret, options.old_secret) if secret is not None]
    signatures = [Webhook(_key(secret)).sign(name, at, content.decode()) for secret in secrets]
    headers = {"webhook-id": name, "webhook-timestamp": str(int(at.timestamp()))}
    return headers | ({"webhook-signature": " ".join(signatures)} if signatures else {})


def _key(secret: options.Secret) -> bytes:
    said = secret.get_secret_value()
    if not said.startswith("whsec_"):
        return said.encode()
    try:
        return base64.b64decode(said.removeprefix("whsec_") + "==", validate=False)
    except binascii.Error:
        raise ValueError("begins with whsec_ but is not base64 after it") from None
