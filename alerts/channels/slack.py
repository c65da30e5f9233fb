"""Slack, by an incoming webhook.

Also for hooks that imitate Slack (Rocket.Chat, Mattermost, Zulip): a 2xx is success unless its body plainly refuses, or is a
login page; data/answers.toml says which. A hook takes about one message a second; its address is its secret. When Slack does not
like the blocks, the message goes once more as plain text within the same attempt.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import field_validator

from alerts.channels import _answers, _web
from alerts.channels._probe import Probe, web
from alerts.model import options
from alerts.model.errors import FetchError
from alerts.model.message import Limits, Message, Outcome

if TYPE_CHECKING:
    from alerts.fetch.client import Answer, Client

FORM = "slack"
#: Slack refuses more than about 13,000 characters over all blocks (``msg_blocks_too_long``).
LIMITS = Limits(items=14, rows=60, size=10_000, pace=1.0)
_FALLBACK = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}


class Options(options.Options):
    """``[channels.NAME]`` with ``kind = "slack"``."""

    #: The address of the hook: https://hooks.slack.com/services/…
    url: options.Secret
    #: Seconds for one attempt.
    deadline: float = 20.0

    _address = field_validator("url")(_web.checked)


def send(message: Message, options: Options, client: Client) -> Outcome:
    """Post ``message``; one plain-text fallback when the blocks are refused."""
    try:
        answer = _post(dict(message.payload), options, client)
        ruling, said = _answers.slack(answer.status, answer.body)
        if ruling == "message" and said in _FALLBACK:
            plain = {"text": message.text, "unfurl_links": False, "unfurl_media": False}
            answer = _post(plain, options, client)
            ruling, said = _answers.slack(answer.status, answer.body)
            said = "ok, as plain text: the blocks were refused" if ruling == "sent" else said
    except FetchError as error:
        return _answers.unanswered(error)
    said = _answers.hidden(said, options.url.get_secret_value())
    words = said or ("it answered with a page for people, not as a hook does" if answer.status < 300 and ruling != "sent" else "")
    after = _answers.wait(answer.headers, answer.body, message.at or datetime.now(UTC))
    return _answers.answered(
        ruling, answer.status, words, advise=f"slack_{said}" if _answers.advice(f"slack_{said}") else "", after=after
    )


def probe(options: Options, client: Client) -> Probe:
    """Could it be reached? Nothing is sent."""
    return web(options.url.get_secret_value(), client)


def _post(body: dict[str, object], options: Options, client: Client) -> Answer:
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    headers = {"Content-Type": "application/json; charset=utf-8"}
    return client.post(options.url.get_secret_value(), content=content, headers=headers, deadline=options.deadline)
