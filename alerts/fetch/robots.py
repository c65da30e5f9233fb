"""What a site's robots.txt asks of us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urllib.robotparser import RobotFileParser

#: A site may ask for patience, but not bring reading to a halt.
_LONGEST_DELAY = 60.0
_NAME = "job-alerts"
MOST_BYTES = 512 * 2**10
_KEEP = timedelta(hours=24)
_KEEP_FAILURE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows, and until when this is believed."""

    until: datetime
    #: None: the same for every address.
    parser: RobotFileParser | None
    otherwise: bool = True
    #: Seconds between two requests, where the site says so.
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        """May ``url`` be asked for?"""
        return self.otherwise if self.parser is None else self.parser.can_fetch(_NAME, url)


def rules(status: int | None, body: bytes, now: datetime) -> Rules:
    """From the answer for robots.txt (``status`` None: there was none).

    No such file allows everything; a site that cannot say at the moment is left alone for a while.
    """
    if status is not None and 400 <= status < 500 and status != 429:
        return Rules(now + _KEEP, None)
    if status != 200:
        return Rules(now + _KEEP_FAILURE, None, otherwise=False)
    from urllib.robotparser import RobotFileParser

    parser = RobotFileParser()
    parser.parse(body.decode("utf-8-sig", "replace").splitlines())
    delay = parser.crawl_delay(_NAME)
    return Rules(now + _KEEP, parser, delay=min(float(delay), _LONGEST_DELAY) if delay else 0.0)
