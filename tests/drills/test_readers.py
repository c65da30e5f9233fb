"""Many people read the desk while many sources are polled: nothing is read or told late for it, and everybody gets their pages.

A size for every day; the whole one: ``READERS=50 SOURCES=500 SECONDS=60 EVERY=60 pytest -s tests/drills/test_readers.py``.
"""

from __future__ import annotations

import json
import os
import random
import re
import socket
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from alerts.cli.demo.site import Asked, Given
from tests.drills.house import HOOK, SEARCH, UNBRAKED, House, Running
from tests.drills.town import Town

READERS, SOURCES, SECONDS, EVERY = (
    int(os.environ.get(name, usual)) for name, usual in (("READERS", 12), ("SOURCES", 80), ("SECONDS", 20), ("EVERY", 10))
)
pytestmark = [pytest.mark.drill, pytest.mark.timeout(300 + 10 * SECONDS)]
pytest.importorskip("starlette", reason='the desk is not installed: pip install "job-alerts[desk]"')
#: A person looks at a page for so long, in seconds.
LOOKS = (1.0, 3.0)


class Watched(Town):
    """Boards that remember when they were read, and when a job was first shown."""

    def __init__(self) -> None:
        super().__init__(1, SOURCES)
        self.times: dict[str, list[float]] = defaultdict(list)
        self.shown: dict[int, float] = {}

    def _answer(self, asked: Asked) -> Given:
        answer, name, now = super()._answer(asked), asked.path.split("/")[3], time.monotonic()
        self.times[name].append(now)
        for one in json.loads(answer.body)["jobs"]:
            self.shown.setdefault(one["id"], now)
        return answer

    def publish(self) -> None:
        """One job more, somewhere."""
        name = self.chance.choice(sorted(self.boards))
        self.boards[name] = [*self.boards[name], self._next[name]]
        self.fresh.append(self._next[name])
        self._next[name] += 1


class Told:
    """When the hook heard of each job."""

    def __init__(self) -> None:
        self.at: dict[int, float] = {}

    def __call__(self, asked: Asked) -> None:
        for alert in json.loads(asked.body)["data"]["alerts"]:
            self.at.setdefault(int(alert["posting"]["source_id"]), time.monotonic())


def some(values: Sequence[float]) -> str:
    """The middle, nearly the most, and the most, in milliseconds."""
    found = sorted(values) or [0.0]
    return " / ".join(f"{found[min(len(found) - 1, int(len(found) * part))] * 1000:,.0f}" for part in (0.5, 0.95, 1.0)) + " ms"


def read_pages(origin: str, cookie: str, seed: int, until: float) -> list[tuple[str, int, float]]:
    """One person: (page, answer, seconds) of each page."""
    chance, found = random.Random(seed), []
    with httpx.Client(base_url=origin, cookies={"desk": cookie}, timeout=60) as browser:
        pages = ["/inbox", "/inbox?since=7d&work=remote", "/inbox?q=engineer", "/sources", "/channels", "/searches/engineers"]
        while time.monotonic() < until:
            path, begun = chance.choice(pages), time.monotonic()
            answer = browser.get(path)
            found.append((path, answer.status_code, time.monotonic() - begun))
            pages[6:] = list(dict.fromkeys(re.findall(r'href="(/jobs/[0-9a-z]+)"', answer.text)))[:5] or pages[6:]
            time.sleep(chance.uniform(*LOOKS))
    return found


def signed_in(house: House, origin: str) -> str:
    """The cookie of a person who pressed the button of the link."""
    link = json.loads(house.call("desk", "--json").stdout)["link"]
    once = link.partition("once=")[2]
    answer = httpx.post(f"{origin}/login", data={"once": once}, headers={"origin": origin})
    return answer.cookies["desk"]


def cpu(daemon: Running) -> float:
    """Seconds of the processor that the daemon has had, its reading child left out."""
    fields = Path(f"/proc/{daemon.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def phase(town: Watched, told: Told, daemon: Running) -> dict[str, str]:
    """For some seconds jobs come; how late boards were read, and how long it took to tell what was read."""
    begun, first, worked = time.monotonic(), len(town.fresh), cpu(daemon)
    while time.monotonic() < begun + SECONDS:
        town.publish()
        time.sleep(0.5)
    fresh = town.fresh[first:]
    daemon.until(lambda: all(number in told.at for number in fresh), 60 + 3 * EVERY)
    worked, took = cpu(daemon) - worked, time.monotonic() - begun
    late = [max(0.0, b - a - EVERY) for times in town.times.values() for a, b in pairwise(times) if b >= begun]
    return {
        "reads": str(len(late)),
        "processor": f"{worked:.1f} of {took:.1f} s",
        "late": some(late),
        "told after": some([told.at[n] - town.shown[n] for n in fresh]),
    }


def test_readers_make_nothing_late():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{free.getsockname()[1]}"
    with House() as house, Watched() as town:
        told = Told()
        house.hook = told
        frame = UNBRAKED.replace('"127.0.0.1"', '"127.0.0.0/8"').replace('every="1s"', f'every="{EVERY}s"')
        house.configure(f'{town.tables}{SEARCH}{HOOK}[http]\nlisten="{origin[7:]}"\n[desk]\n', frame)
        with house.start() as daemon:
            daemon.until(lambda: len(town.times) == SOURCES and all(len(one) > 1 for one in town.times.values()), 120 + 4 * EVERY)
            cookie = signed_in(house, origin)
            alone = phase(town, told, daemon)
            with ThreadPoolExecutor(READERS) as people:
                until = time.monotonic() + SECONDS
                reading = [people.submit(read_pages, origin, cookie, seed, until) for seed in range(READERS)]
                beside = phase(town, told, daemon)
                pages = [page for one in reading for page in one.result()]
            status = house.call("status", "--json")
    assert {answer for _, answer, _ in pages} == {200}
    assert status.returncode == 0, f"status says that something is late: {status.stdout[:2000]}"
    assert set(town.fresh) <= set(told.at), "every job was told"
    print(f"{SOURCES} sources every {EVERY} s; {READERS} readers, {len(pages)} pages in {SECONDS} s (middle / 95 % / most)")
    print("alone ", alone, "\nbeside", beside)
    by_room: dict[str, list[float]] = defaultdict(list)
    for path, _, seconds in pages:
        by_room[re.sub(r"/jobs/.*", "/jobs/…", path)].append(seconds)
    for room, seconds in sorted(by_room.items()):
        print(f"{room:30} {some(seconds)}")
