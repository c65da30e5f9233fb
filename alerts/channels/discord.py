"""Discord, by a webhook of a channel.

Nothing in a message can mention anyone (``allowed_mentions`` is empty), and addresses are not unfolded. A hook that answers 404
is gone: Discord asks never to call it again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from alerts.channels import _web
from alerts.channels._probe import Probe, web
from alerts.model import options
from alerts.model.message import Limits, Message, Outcome
from alerts.render.clean import cut

if TYPE_CHECKING:
    from alerts.fetch.client import Client

FORM = "text"
#: 2,000 characters a message; what is escaped needs room.
LIMITS = Limits(items=5, rows=15, size=1_700, pace=1.0)
_MOST = 2_000
#: No embeds, so that a message stays as short as it is.
_SUPPRESS_EMBEDS = 4
_ALIKE = str.maketrans("*~`|#[]>\\", "∗∼ˋ¦＃［］›＼")


class Options(options.Options):
    """``[channels.NAME]`` with ``kind = "discord"``."""

    #: https://discord.com/api/webhooks/…
    url: options.Secret
    #: Seconds for one attempt.
    deadline: float = Field(20.0, gt=0, le=120)

    _address = field_validator("url")(_web.checked)


def send(message: Message, options: Options, client: Client) -> Outcome:
    """Post ``message``; Discord waits until it stands in the channel."""
    text = f"**{_literal(message.subject)}**\n{_literal(message.text)}".rstrip()
    if len(text) > _MOST:
        # Look-alikes need no room of their own.
        text = cut(f"{message.subject}\n{message.text}".translate(_ALIKE).rstrip(), _MOST)
    body = {"content": text, "allowed_mentions": {"parse": []}, "flags": _SUPPRESS_EMBEDS}
    headers = {"Content-Type": "application/json"}
    return _web.post(message, options.url, _web.as_json(body), headers, client, deadline=options.deadline, kind="discord")


def probe(options: Options, client: Client) -> Probe:
    """Could it be reached? Nothing is sent."""
    return web(options.url.get_secret_value(), client)


def _literal(text: str) -> str:
    """Words without markdown of Discord; addresses stay as they are."""
    parts = re.split(r"(https?://\S+)", text)
    return "".join(part if at % 2 else re.sub(r"([\\*_~`|>#\[\]])", r"\\\1", part) for at, part in enumerate(parts))
