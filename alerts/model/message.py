"""One message, ready for one attempt on one channel, and how the attempt ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel can carry in one message."""

    #: Alerts in one message, told in full.
    items: int = 50
    #: Characters of text (or bytes, as the channel's renderer counts).
    size: int = 100_000
    #: The least time between two messages, in seconds.
    pace: float = 0.0
    #: How long a message that does not arrive is tried, in time that the machine is awake.
    lifetime: timedelta = timedelta(days=3)
    #: Alerts in one message that gives each a row (see render/split.py); 0: as many as ``items``.
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready for one attempt on one channel."""

    #: Stays the same over all tries; becomes Message-ID or webhook-id.
    id: str
    subject: str
    text: str = field(repr=False)
    html: str | None = field(default=None, repr=False)
    #: The channel's own form: Slack blocks, the webhook's JSON.
    payload: Mapping[str, object] = field(default_factory=dict, repr=False)
    #: What the messages of one thread share (one thread per search).
    thread: str | None = None
    #: (file name, media type, content)
    attachments: tuple[tuple[str, str, bytes], ...] = field(default=(), repr=False)
    #: When this attempt is made.
    at: datetime | None = None
    #: Recipients still to be served; empty: all that the channel has.
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt ended."""

    state: Literal["sent", "later", "refused"]
    #: What the other side said, in a line, free of secrets.
    why: str = ""
    #: Not before this many seconds from now (``Retry-After``).
    after: float | None = None
    #: True when the fault is the destination's, not the message's (hook gone, login refused): pause the whole channel.
    destination: bool = False
    #: True when the message may have arrived although no answer came.
    ambiguous: bool = False
    #: Recipients to be tried again, and those given up, where the channel knows them apart.
    retry: tuple[str, ...] = ()
    dead: Mapping[str, str] = field(default_factory=dict)
