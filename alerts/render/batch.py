"""What one message is made of: the alerts, and all that the reader's eyes need to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from alerts.model.alert import Alert
from alerts.model.message import Limits
from alerts.normalise.rates import Rates
from alerts.render.split import in_rows


@dataclass(frozen=True, slots=True)
class Batch:
    """One message to be rendered. Without alerts it must carry ``facts["notes"]``: there are no empty messages."""

    #: The delivery's id: the same over all tries.
    id: str
    alerts: tuple[Alert, ...]
    limits: Limits
    now: datetime
    #: An IANA name; dates and hours are said in it.
    timezone: str = "UTC"
    #: The name of the search, or of the digest.
    heading: str = ""
    #: What the messages of one thread share.
    thread: str | None = None
    #: Alerts in the whole digest, over all of its parts; 0: those that are here.
    total: int = 0
    #: This is part 1 of 3, counted from 1.
    part: int = 1
    parts: int = 1
    #: Alerts that are held back and stand in no part.
    more: int = 0
    #: The user's own currency (ISO 4217), and the rates to say pay in it.
    currency: str | None = None
    rates: Rates | None = None
    #: The user's own templates: name (``subject``, ``text``, ``html``) → template. See docs/templates.md.
    templates: Mapping[str, str] = field(default_factory=dict)
    #: What else a message can say: ``notes`` (lines above the alerts), ``see_more`` (where the held back are seen),
    #: ``calendar`` (an entry for a calendar, as iCalendar text).
    facts: Mapping[str, object] = field(default_factory=dict)
    #: The language of the message (ISO 639, see tongue.py).
    language: str = "en"

    @property
    def compact(self) -> bool:
        """Are there so many alerts that each gets a row?"""
        return in_rows(max(self.total, len(self.alerts)) + self.more)
