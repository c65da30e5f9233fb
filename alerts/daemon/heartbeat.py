"""An address is told, again and again, that all is well; who hears nothing knows that something is wrong."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from alerts.model.errors import FetchError
from alerts.model.plan import Heartbeat

if TYPE_CHECKING:
    from alerts.fetch.client import Client

log = logging.getLogger("alerts")
#: Seconds that the address may take to answer.
DEADLINE = 10.0
#: The fact that holds the last result, for ``status``.
FACT = "heartbeat"


class Heart:
    """Beats at its interval; that it is not heard is told once, and stops nothing."""

    def __init__(self, trouble: Callable[[], str | None], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._trouble, self._monotonic = trouble, monotonic
        self._beaten: float | None = None
        self._unheard = False

    def beat(self, heartbeat: Heartbeat | None, client: Client) -> str | None:
        """Tell the address if it is time; how that went, in words for ``status``. None: it was not time."""
        if heartbeat is None or not self._is_time(heartbeat):
            return None
        self._beaten = self._monotonic()
        why = self._trouble()
        if why is not None and not heartbeat.fail:
            return f"not sent: {why}"
        error = _tell(client, _address(heartbeat, well=why is None))
        self._say(error)
        return f"not heard: {error}" if error else "sent" if why is None else f"sent that something is wrong: {why}"

    def _is_time(self, heartbeat: Heartbeat) -> bool:
        return self._beaten is None or self._monotonic() - self._beaten >= heartbeat.every.total_seconds()

    def _say(self, error: str | None) -> None:
        if error and not self._unheard:
            log.warning("the heartbeat is not heard, the work goes on: %s", error)
        elif self._unheard and not error:
            log.info("the heartbeat is heard again")
        self._unheard = error is not None


def _address(heartbeat: Heartbeat, *, well: bool) -> str:
    url = heartbeat.url.get_secret_value()
    if well:
        return url
    parts = urlsplit(url)
    return parts._replace(path=f"{parts.path.rstrip('/')}/fail").geturl()


def _tell(client: Client, url: str) -> str | None:
    """Posted as to a channel: behind the same guard, and what fails names the host only, for the path is the secret."""
    try:
        answer = client.post(url, content=b"", deadline=DEADLINE)
    except FetchError as error:
        return str(error)
    return None if 200 <= answer.status < 300 else f"{answer.url} answered HTTP {answer.status}; check [heartbeat] url"
