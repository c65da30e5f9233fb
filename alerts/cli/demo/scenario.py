"""What happens when, and which alerts are due; the daemon that is shown is the real one, under a clock that runs fast."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.cli.demo.receivers import Hook, Inbox, Slack
from alerts.cli.demo.site import Site
from alerts.cli.demo.world import Opening, World
from alerts.config.load import load
from alerts.daemon.bootstrap import at_work
from alerts.daemon.clock import Clock
from alerts.daemon.daemon import Daemon

#: One real second is half an hour of the demo: six hours, after which a missing posting counts as closed, take twelve seconds.
SPEED = 1800
SECRET = "whsec_" + "ZGVtby1zZWNyZXQtb2YtdHdlbnR5LWZvdXItYnl0ZXM="

MANAGER = Opening(
    id="501",
    title="Engineering Manager, ML Platform",
    company="Northwind Robotics",
    place="Toronto, ON, Canada",
    text="You lead the team that builds our feature store and model serving. Hybrid, two days a week in the office.",
    pay="CA$190,000 – CA$220,000 per year",
    group="9001",
)
JAVA = Opening(
    id="6f1c2a34-0d5b-4c7e-9a10-2b3c4d5e6f70",
    title="Senior Java Developer",
    company="Bluefin Analytics",
    place="Berlin, Germany",
    text="You build our pricing services with Java and PostgreSQL. Permanent, full-time.",
    work="hybrid",
)
REMOTE = Opening(
    id="a1b2c3d4-1111-4222-8333-444455556666",
    title="Data Engineer",
    company="Juniper Health",
    place="Remote (Europe)",
    text="We work remotely from anywhere in Europe and meet twice a year in Lisbon.",
    work="remote",
)
#: What must not be told: the words only look alike.
TRAPS = {
    "JavaScript Developer": "it is not Java",
    "Data Engineer (US only)": "remote, but only in the United States",
    "Internal Auditor": "it was there before anybody asked",
}


def first_world() -> World:
    """Every board has something already; nothing of it may be told."""
    auditor = Opening("77", "Internal Auditor", "Harbour Museum", "Rotterdam", "You look after our books.")
    return World(
        greenhouse=[
            replace(MANAGER, pay="", id="400", group="8000", title="Engineering Manager, Firmware", place="Montreal, QC, Canada")
        ],
        lever=[replace(JAVA, id="0f1c2a34-0d5b-4c7e-9a10-2b3c4d5e6f71", title="Java Architect")],
        ashby=[replace(REMOTE, id="b1b2c3d4-1111-4222-8333-444455556667", title="Support Engineer")],
        feed=[replace(REMOTE, id="weekly-1", title="Copywriter", company="Pelican Press", link="https://pelican.example.org/1")],
        listings=[
            replace(JAVA, id="row-1", title="Graduate Java Developer", company="Kestrel", link="https://kestrel.example.org/1")
        ],
        page=[auditor],
    )


def publish(world: World) -> None:
    """One job in two cities and on two other boards; two good ones; two that only look good."""
    link = "https://job-boards.greenhouse.io/northwind/jobs/501"
    world.greenhouse += [MANAGER, replace(MANAGER, id="502", place="Vancouver, BC, Canada")]
    world.feed += [replace(MANAGER, id="weekly-2", link=f"{link}?utm_source=remote-weekly")]
    world.listings += [replace(MANAGER, id="row-2", link=f"{link}?gh_src=list")]
    script = replace(JAVA, id="7f1c2a34-0d5b-4c7e-9a10-2b3c4d5e6f72", title="JavaScript Developer", text="React and TypeScript.")
    world.lever += [JAVA, script]
    only = replace(
        REMOTE, id="c1b2c3d4-1111-4222-8333-444455556668", title="Data Engineer (US only)", place="Remote - United States"
    )
    world.ashby += [REMOTE, replace(only, text="Remote within the United States. You must be authorised to work in the US.")]


def raise_pay(world: World) -> None:
    """The employer changes the pay in both cities."""
    world.greenhouse = [replace(one, pay=one.pay and "CA$210,000 – CA$250,000 per year") for one in world.greenhouse]


def close(world: World) -> None:
    """The Java job is filled."""
    world.lever = [one for one in world.lever if one.id != JAVA.id]


#: How it is told.
WAYS = ("mail", "slack", "hook")
#: (event, title): each is due once by mail, once in Slack and once by webhook.
DUE = (
    ("new", MANAGER.title),
    ("new", JAVA.title),
    ("new", REMOTE.title),
    ("changed", MANAGER.title),
    ("closed", JAVA.title),
)

CONFIG = """
[settings]
database = "demo.db"
timezone = "Europe/Berlin"
currency = "EUR"
every    = "30m"
gather   = "45m"

[network]
allow_private = ["127.0.0.1"]
pace = "0s"

[[sources]]
name = "Northwind Robotics"
kind = "greenhouse"
board = "northwind"
base_url = "{site}"

[[sources]]
name = "Bluefin Analytics"
kind = "lever"
site = "bluefin"
company = "Bluefin Analytics"
base_url = "{site}"

[[sources]]
name = "Juniper Health"
kind = "ashby"
board = "juniper"
company = "Juniper Health"
base_url = "{site}"

[[sources]]
name = "Remote Weekly"
kind = "rss"
url = "{site}/remote-weekly.rss"
title = "company: role"

[[sources]]
name = "Community list"
kind = "listings"
url = "{site}/list/listings.json"

[[sources]]
name = "Harbour Museum"
kind = "page"
url = "{site}/museum/careers"

[[searches]]
name = "ML platform leadership"
title = ["engineering manager", "head of ml"]
keywords = ["feature store", "model serving"]
locations = ["Canada"]
salary = "180k CAD"
events = ["new", "changed"]

[[searches]]
name = "Java in Berlin"
title = ["java"]
locations = ["Berlin"]
events = ["new", "closed"]

[[searches]]
name = "Remote from Germany"
title = ["data engineer"]
work = ["remote"]
locations = ["Germany"]

[channels.mail]
kind = "email"
server = "smtp://{smtp}"
from = "Job alerts <alerts@example.org>"
to = ["me@example.org"]

[channels.slack]
kind = "slack"
url = "{slack}/services/T000/B000/demo"

[channels.hook]
kind = "webhook"
url = "{hook}/jobs"
secret = "{secret}"
"""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Everything that came in, and how long it took."""

    inbox: Inbox
    slack: Slack
    hook: Hook
    seconds: float
    #: (channel, event, title) → how often.
    counts: dict[tuple[str, str, str], int]

    @property
    def good(self) -> bool:
        """Did every due alert arrive exactly once, and nothing else?"""
        due = {(channel, event, title): 1 for channel in WAYS for event, title in DUE}
        return self.counts == due and not self.hook.unsigned


def run(folder: Path, step: Callable[[str], None]) -> Arrived:
    """Play the scenario with a real daemon in this process; ``step`` hears what happens. Raises nothing of its own."""
    begun, world = time.monotonic(), first_world()
    with Inbox() as inbox, Site(world.answer) as site:
        hook, slack = Hook(SECRET), Slack()
        with hook.site, slack.site:
            path = folder / "config.toml"
            words = {"site": site.url, "smtp": inbox.address, "slack": slack.site.url, "hook": hook.site.url, "secret": SECRET}
            path.write_text(CONFIG.format(**words), encoding="utf-8")
            with _daemon(path) as read_all:
                _until(read_all, 20)
                step("six boards read for the first time: what is there already is known, and told to nobody")
                _play(world, inbox, slack, hook, step)
                time.sleep(1.5)
            return Arrived(inbox, slack, hook, time.monotonic() - begun, _counts(inbox, slack, hook))


def _play(world: World, inbox: Inbox, slack: Slack, hook: Hook, step: Callable[[str], None]) -> None:
    for what, act, due in (
        ("three good jobs are published, one of them in two cities and on three boards", publish, 3),
        ("an employer raises the pay", raise_pay, 4),
        ("a job is filled and vanishes from its board", close, 5),
    ):
        act(world)
        step(what)
        _until(lambda due=due: min(_told(hook), len(slack.cards), len(list(_cards(inbox)))) >= due, 25)  # type: ignore[misc]


def _until(done: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.05)


def _told(hook: Hook) -> int:
    return sum(len(message["data"]["alerts"]) for _, message in hook.messages)


def _cards(inbox: Inbox) -> Iterator[tuple[str, str]]:
    """(event, title) of every job in every mail, as its plain text says: "CHANGED: Title at Company"."""
    for mail in inbox.mails:
        part = mail.get_body(("plain",))
        for line in (part.get_content() if part else "").splitlines():
            if found := re.fullmatch(r"(?:(CHANGED|CLOSED|REPOSTED|OPEN AGAIN): )?(\S.*) at \S.*", line):
                yield (found[1] or "new").lower(), found[2]


@contextmanager
def _daemon(path: Path) -> Iterator[Callable[[], bool]]:
    """The real daemon, on a clock that runs fast; yields whether every source was read."""
    begun, start = time.monotonic(), datetime.now(UTC)

    clock = Clock(lambda: start + timedelta(seconds=(time.monotonic() - begun) * SPEED), SPEED)
    with at_work(load(path), clock()) as means:
        daemon = Daemon(path, means, clock, tick=0.1)
        thread = threading.Thread(target=daemon.run)
        thread.start()
        try:
            yield lambda: all(state.read for state in means.store.sources.states())
        finally:
            daemon.stop()
            thread.join()


def _counts(inbox: Inbox, slack: Slack, hook: Hook) -> dict[tuple[str, str, str], int]:
    counts: dict[tuple[str, str, str], int] = {}
    told = [("mail", *card) for card in _cards(inbox)]
    told += [("hook", alert["event"], alert["posting"]["title"]) for _, m in hook.messages for alert in m["data"]["alerts"]]
    found = [re.match(r"(?:(\w[\w ]*): )?\*(.+?)\* at ", card) for card in slack.cards]
    told += [("slack", (one[1] or "new").lower(), one[2]) for one in found if one]
    for key in told:
        counts[key] = counts.get(key, 0) + 1
    return counts
