"""Many alerts for an inbox and a hook that fail in every way they can, under a moved clock; and what came of it, counted."""

from __future__ import annotations

import json
import random
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from alerts.cli.demo.site import Asked, Given
from alerts.model.event import EventKind
from alerts.notify.deliver import deliver
from alerts.store.outbox import QueuedAlert
from tests.drills.house import BOARD, HOOK, MAIL, SEARCH, job
from tests.drills.receivers import Smtp
from tests.story.conftest import Stage

JOBS = 100
#: Alerts of one moment, at most.
WAVE = 24
CHANNELS = ("mail", "hook")
HTTP_FAULTS = ("429", "429 until", "500", "503", "503 until", "drop before", "drop after")
SMTP_FAULTS = ("451", "451 rcpt", "452", "421", "drop before", "drop after")


@dataclass
class Tally:
    """What one channel saw."""

    attempts: int = 0
    messages: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    #: By alert: the messages that brought it, one entry an arrival.
    arrived: dict[str, list[str]] = field(default_factory=dict)
    #: Requests before the time that the receiver named.
    too_early: int = 0
    dead: int = 0

    @property
    def twice(self) -> int:
        """Messages that came again."""
        return sum(self._arrivals().values()) - len(self._arrivals())

    @property
    def broken(self) -> list[str]:
        """Alerts that came in two different messages."""
        return [alert for alert, names in self.arrived.items() if len(set(names)) > 1]

    def _arrivals(self) -> Counter[str]:
        most: Counter[str] = Counter()
        for names in self.arrived.values():
            most |= Counter(names)
        return most


class Flood:
    """The stage, its receivers and their faults; ``rate`` of all attempts fail."""

    def __init__(self, folder: Path, stack: ExitStack, seed: int, rate: float) -> None:
        self.chance = random.Random(seed)
        self.rate = rate
        self.tallies = {name: Tally() for name in CHANNELS}
        self.until: datetime | None = None
        self.stage = Stage(folder, stack)
        self.stage.pages["/v1/boards/acme/jobs"] = {"jobs": [job(number) for number in range(1, JOBS + 1)]}
        self.stage.hook = self._hook
        self.refuse_next = False
        self.smtp = stack.enter_context(Smtp(self._take, self._rcpt))
        # Faults are what this is about; the brake has a drill of its own.
        brake = "digest_above=1000000\nask_above=1000000\n"
        self.stage.configure(BOARD + brake + SEARCH + brake + MAIL.replace("SMTP", self.smtp.address) + brake + HOOK + brake)
        self.stage.poll()

    # --- receivers -----------------------------------------------------------------------------------------------

    def _fault(self, name: str, kinds: tuple[str, ...]) -> str:
        self.tallies[name].attempts += 1
        fault = self.chance.choice(kinds) if self.chance.random() < self.rate else ""
        self.tallies[name].faults[fault or "none"] += 1
        return fault

    def _hook(self, asked: Asked) -> Given:
        tally = self.tallies["hook"]
        if self.until and self.stage.now < self.until:
            tally.too_early += 1
        fault = self._fault("hook", HTTP_FAULTS)
        if fault in ("", "drop after"):
            for alert in json.loads(asked.body)["data"]["alerts"]:
                tally.arrived.setdefault(alert["id"], []).append(asked.headers["webhook-id"])
        if fault.startswith("drop"):
            raise ConnectionResetError
        if fault.endswith("until"):
            wait = self.chance.randrange(1, 900)
            self.until = self.stage.now + timedelta(seconds=wait)
            return Given(status=int(fault[:3]), headers={"Retry-After": str(wait)})
        return Given(status=int(fault or 204))

    def _rcpt(self, _who: str) -> str:
        self.refuse_next = False
        fault = self._fault("mail", SMTP_FAULTS)
        self.next = fault
        return "451 4.7.1 not now" if fault == "451 rcpt" else "250 ok"

    def _take(self, mail: EmailMessage) -> str | None:
        if self.next in ("", "drop after"):
            name = str(mail["Message-ID"]).strip("<>")
            for owed in self.stage.means.store.outbox.of_delivery(name.partition("@")[0]):
                self.tallies["mail"].arrived.setdefault(owed.id, []).append(name)
        if self.next.startswith("drop"):
            return None
        return f"{self.next} 4.3.0 in trouble" if self.next else "250 taken"

    # --- the flood -----------------------------------------------------------------------------------------------

    def run(self, alerts: int, most_days: int = 30) -> None:
        """Owe so many alerts to each channel, wave by wave, and deliver until everything is settled."""
        end, left = self.stage.now + timedelta(days=most_days), alerts
        while self.stage.now < end:
            if left:
                wave = min(left, self.chance.randint(1, WAVE))
                self._owe(alerts - left, wave)
                left -= wave
            self._deliver()
            if not left and self._settled():
                break
            self.stage.wait(timedelta(seconds=self.chance.choice((1, 5, 20, 120) if left else (30, 300))))
        for name, tally in self.tallies.items():
            tally.messages = len({one for names in tally.arrived.values() for one in names})
            tally.dead = self.stage.means.store.outbox.counts()[name].get("dead", 0)

    def _owe(self, start: int, count: int) -> None:
        outbox, now = self.stage.means.store.outbox, self.stage.now
        with self.stage.means.store.transaction():
            for number in range(start, start + count):
                key = str(number // JOBS)
                for name in CHANNELS:
                    alert = QueuedAlert(f"{name}{number}", name, number % JOBS + 1, EventKind.NEW, key, "engineers", now, now)
                    assert outbox.enqueue(alert)

    def _deliver(self) -> None:
        for channel in self.stage.means.plan.channels.values():
            while (result := deliver(channel, self.stage.means, self.stage.now)) and result.state == "sent":
                pass

    def _settled(self) -> bool:
        return not any(counts.get("owed") for counts in self.stage.means.store.outbox.counts().values())
