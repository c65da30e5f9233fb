"""One message through one channel; a fault in the channel's own code is an answer like another."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from alerts import plugins
from alerts.model.errors import AlertsError
from alerts.model.message import Message, Outcome
from alerts.model.plan import Channel

if TYPE_CHECKING:
    from alerts.fetch.client import Client

log = logging.getLogger(__name__)


def send(channel: Channel, message: Message, client: Client) -> Outcome:
    """What became of it. A fault of the kind is named by its type alone: its words may hold the channel's secrets.

    Raises:
        AlertsError: ours, such as ``RenderError``, whose words are safe to show.
    """
    try:
        outcome: Outcome = plugins.load("channels", channel.kind).send(message, channel.options, client)
    except AlertsError:
        raise
    except Exception as error:  # the message keeps its tries and its end, as at any failure
        log.exception("%s: a fault of the channel kind %s", channel.name, channel.kind)
        why = f"the channel kind {channel.kind!r} ran into a fault of its own ({type(error).__name__}); please report it"
        return Outcome("later", why, ambiguous=True)
    return outcome
