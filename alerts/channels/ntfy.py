"""ntfy: a push message on the phone, from ntfy.sh or a server of one's own.

The message goes as JSON, so that no title can become a header. A text of more than 4,096 bytes would become an attachment: the
limits keep below it. Many answers of one topic are best read with ``when = "hourly"``: ntfy.sh takes 250 messages a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from alerts.channels import _web
from alerts.channels._probe import Probe, web
from alerts.model import options
from alerts.model.message import Limits, Message, Outcome
from alerts.model.options import Secret

if TYPE_CHECKING:
    from alerts.fetch.client import Client

FORM = "text"
LIMITS = Limits(items=4, rows=20, size=3_800, pace=5.0)


class Options(options.Options):
    """``[channels.NAME]`` with ``kind = "ntfy"``."""

    #: The topic; who knows it can read it.
    topic: Secret
    server: str = "https://ntfy.sh"
    token: Secret | None = None
    #: 1 (least) to 5 (urgent)
    priority: int = Field(3, ge=1, le=5)
    tags: tuple[str, ...] = ("briefcase",)
    #: Seconds for one attempt.
    deadline: float = Field(20.0, gt=0, le=120)

    @field_validator("server")
    @classmethod
    def _address(cls, server: str) -> str:
        _web.checked(Secret(server))
        return server

    @field_validator("topic")
    @classmethod
    def _topic(cls, topic: Secret) -> Secret:
        name = topic.get_secret_value()
        if not (0 < len(name) <= 64 and name.isascii() and name.replace("-", "").replace("_", "").isalnum()):
            raise ValueError("must be letters, digits, - and _, at most 64")
        return topic


def send(message: Message, options: Options, client: Client) -> Outcome:
    """Publish ``message``."""
    body = {
        "topic": options.topic.get_secret_value(),
        "title": message.subject,
        "message": message.text,
        "priority": options.priority,
        "tags": list(options.tags),
    }
    headers = {"Content-Type": "application/json"}
    if options.token:
        headers["Authorization"] = f"Bearer {options.token.get_secret_value()}"
    address = Secret(options.server)
    return _web.post(message, address, _web.as_json(body), headers, client, deadline=options.deadline, kind="ntfy")


def probe(options: Options, client: Client) -> Probe:
    """Could it be reached? Nothing is sent."""
    return web(options.server, client)
