"""The jobs ``send:NAME``: each channel delivers what is due there, and one that hangs holds up no other."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta

from alerts.daemon.polls import FORGOTTEN, HANGS
from alerts.daemon.report_lines import of_result
from alerts.daemon.services import Services
from alerts.model.errors import StoreError
from alerts.model.trace import traced
from alerts.notify.deliver import deliver

log = logging.getLogger("alerts")
#: Channels served side by side.
CHANNELS = 8
#: Seconds until a channel is looked at again where a write failed, or where something seemed due and was not.
AGAIN = 5.0


class Sends:
    """Every channel that has something to deliver has its job."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._lock = threading.Lock()
        self._planned: dict[str, datetime] = {}
        self._begun: dict[str, float] = {}
        #: Channels whose claim may still stand though its delivery came to no end.
        self._claimed: set[str] = set()

    def plan(self) -> list[str]:
        """Give every channel its job at the time of its next message; the channels that are overdue."""
        services, overdue = self._services, []
        now = services.clock()
        for name, when in services.means().store.outbox.channels_due(now).items():
            with self._lock:
                planned, began = self._planned.get(name), self._begun.get(name)
            if name not in services.means().plan.channels:
                continue
            if began is not None:
                overdue += [name] if time.monotonic() - began > HANGS else []
                continue
            overdue += [name] if when <= now else []
            if planned is None or when < planned or (now - planned).total_seconds() > FORGOTTEN * services.clock.speed:
                self._at(name, when)
        return overdue

    def replan(self) -> None:
        """The clock was moved: every job that has not begun gets its time anew."""
        with self._lock:
            self._planned.clear()

    def under_way(self) -> list[str]:
        """The channels that are being served."""
        with self._lock:
            return list(self._begun)

    def ended(self, name: str, following: datetime | None) -> None:
        """The job of a channel ended; its next one is added where one is known."""
        if following is not None and not self._services.stopping.is_set():
            self._at(name, following)

    # --- one job -------------------------------------------------------------------------------------------------

    def run(self, name: str) -> datetime | None:
        """The job: deliver until nothing is due, or the channel wants a pause; when it has something again."""
        if self._services.stopping.is_set():
            return None
        with self._lock:
            self._planned.pop(name, None)
            self._begun[name] = time.monotonic()
        try:
            return self._next(name, attempts=self._deliver(name))
        except StoreError as error:
            self._services.faults.happened(f"send:{name}", error)
            return self._again()
        except Exception as error:
            self._services.faults.happened(f"send:{name}", error)
            return self._again()
        finally:
            with self._lock:
                self._begun.pop(name, None)

    def _deliver(self, name: str) -> int:
        """How many messages were attempted; raises StoreError where the database could not be written."""
        services, attempts = self._services, 0
        while not services.stopping.is_set() and (channel := services.means().plan.channels.get(name)):
            if name in self._claimed:  # the claim of a delivery that came to no end is given back before anything else
                services.means().store.outbox.release(name)
            self._claimed.add(name)
            result = deliver(channel, services.means(), services.clock())
            self._claimed.discard(name)
            if result is None:
                break
            attempts += 1
            services.progress.done()
            services.tally.delivered(name, result.state)
            services.faults.over(f"send:{name}")
            with traced("delivery", result.delivery):
                log.log(logging.INFO if result.state == "sent" else logging.WARNING, "%s", of_result(result))
            if result.state == "later":
                break
        return attempts

    def _next(self, name: str, attempts: int) -> datetime | None:
        """What seemed due and was not (the hour of the channel is full) is looked at again a little later."""
        now = self._services.clock()
        due = self._services.means().store.outbox.channels_due(now).get(name)
        return self._again() if due is not None and due <= now and not attempts else due

    def _again(self) -> datetime:
        return self._services.clock() + timedelta(seconds=AGAIN * self._services.clock.speed)

    def _at(self, name: str, when: datetime) -> None:
        with self._lock:
            self._planned[name] = when
        self._services.scheduler.at(f"send:{name}", self._services.clock.seconds_until(when), "sends", self.run, name)
