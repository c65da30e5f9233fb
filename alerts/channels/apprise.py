"""Over a hundred services through the Apprise library: Telegram, Teams, Matrix, Pushover, Gotify, Signal … (an optional extra).

``url`` is an address as Apprise writes them (``tgram://token/chat``). Apprise makes its own connections, and returns whether
it worked with its log of the one call; an HTTP status in that decides as it does for other channels, and what names none is
tried later until the delivery's lifetime ends. Text only, without markup of any kind.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from pydantic import Field

from alerts.channels import _answers
from alerts.model import options
from alerts.model.message import Limits, Message, Outcome

if TYPE_CHECKING:
    from alerts.fetch.client import Client

FORM = "text"
#: What the narrowest of the well-known services takes (Discord 2,000, Telegram 4,096, ntfy 4,096 bytes).
LIMITS = Limits(items=5, rows=15, size=1_900, pace=1.0)
#: How its log writes the status that the other side answered with.
_STATUS = re.compile(r"\berror=([1-5]\d\d)\b")
_MISSING = 'Apprise is not installed; install it with: pip install "job-alerts[apprise]"'


class Options(options.Options):
    """``[channels.NAME]`` with ``kind = "apprise"``."""

    #: One address of Apprise; it holds the secrets of the service.
    url: options.Secret
    #: info | success | warning | failure: how services that know it colour the message.
    level: Literal["info", "success", "warning", "failure"] = "info"
    #: Seconds that Apprise may wait for a connection, and for an answer.
    deadline: float = Field(20.0, gt=0, le=120)


def send(message: Message, options: Options, client: Client | None = None) -> Outcome:
    """Hand ``message`` to Apprise once."""
    try:
        import apprise
    except ImportError:
        return Outcome("refused", _MISSING, destination=True)
    asset = apprise.AppriseAsset(app_id="job-alerts", interpret_escapes=False, interpret_emojis=False, plugin_paths=[])
    sender = apprise.Apprise(asset=asset)
    address = options.url.get_secret_value()
    mark = "&" if "?" in address else "?"
    # Its log lines may hold the address: they are asked for below, and reach no log of ours.
    log = logging.getLogger("apprise")
    log.propagate = False
    log.setLevel(logging.WARNING)
    try:
        known = sender.add(f"{address}{mark}cto={options.deadline:g}&rto={options.deadline:g}")
        if not known:
            return Outcome("refused", "Apprise does not know this kind of address; see its list of services", destination=True)
        done = sender.notify(body=message.text, title=message.subject, notify_type=options.level, body_format="text")
    except Exception as error:
        return Outcome("later", f"Apprise failed with {_answers.said_line(type(error).__name__)}")
    return Outcome("sent", "handed over by Apprise") if done else _refused([line.message for line in done.logs()], address)


def _refused(lines: list[str], address: str) -> Outcome:
    """What its log of the call means: the first line with a status is the cause, what follows are other ways that it tried."""
    if not lines:
        return Outcome("later", "Apprise could not hand it over; it does not say why", ambiguous=True)
    line, status = next(((one, int(found[1])) for one in lines if (found := _STATUS.search(one))), (lines[-1], 0))
    said = _answers.hidden(line, address, *(unquote(part) for part in re.split(r"[/:@?&=#,]+", address) if part))
    if status:
        return _answers.answered(_answers.http(status, "apprise"), status, said)
    return Outcome("later", _answers.said_line(f"Apprise: {said}"), ambiguous=True)
