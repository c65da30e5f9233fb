"""Two hundred boards on twenty hosts whose jobs come and go, and whose answers fail one time in twenty."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from contextlib import ExitStack

from alerts.cli.demo import site
from alerts.cli.demo.site import Asked, Given, Site
from tests.drills.house import job

HOSTS, BOARDS_OF_ONE = 20, 10
SOURCES = HOSTS * BOARDS_OF_ONE
#: Jobs of one board that are open, of all boards that come (and go) in one round, and characters of one text.
OPEN, FRESH, TEXT = 8, 8, 1_200
#: So many answers in a hundred are wrong in one of these ways.
PERCENT = 5
WRONG = {
    "503": Given(b"down", 503, "text/plain"),
    "429": Given(b"slower", 429, "text/plain", {"Retry-After": "60"}),
    "HTML": Given(b"<!doctype html><html><title>Sign in</title></html>", content_type="text/html"),
    "cut": Given(b'{"jobs": [{"id": 1, "ti'),
    "nothing": Given(b""),
    "bytes": Given(bytes(range(256)) * 20),
}
#: … or the line is dropped, or nothing is said for some seconds.
DROPPED, SLOW = "dropped", "slow"


class Town:
    """The boards, and what was asked of them."""

    def __init__(self, seed: int, sources: int = SOURCES) -> None:
        self.chance = random.Random(seed)
        self.faults: Counter[str] = Counter()
        #: When faults happen at all.
        self.faulty = False
        self.asked: set[str] = set()
        self.at = time.monotonic()
        self.reads = 0
        self.boards = {f"b{number}": list(range(number * 100_000 + 1, number * 100_000 + 1 + OPEN)) for number in range(sources)}
        #: Every job that was published after the first reading.
        self.fresh: list[int] = []
        self._next = {name: numbers[-1] + 1 for name, numbers in self.boards.items()}
        self._lock = threading.Lock()
        self._stack = ExitStack()

    def __enter__(self) -> Town:
        self.sites = [self._stack.enter_context(_Site(self._answer, f"127.0.1.{host + 1}")) for host in range(HOSTS)]
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def tables(self) -> str:
        """The sources for a configuration."""
        return "".join(
            f'[[sources]]\nname="{name}"\nkind="greenhouse"\nboard="{name}"\nbase_url="{self.sites[number % HOSTS].url}"\n'
            for number, name in enumerate(self.boards)
        )

    def begin_round(self) -> None:
        """Some jobs come, as many go; none any more once there are no faults."""
        with self._lock:
            self.asked.clear()
            for name in self.chance.sample(sorted(self.boards), FRESH if self.faulty else 0):
                self.boards[name] = [*self.boards[name][1:], self._next[name]]
                self.fresh.append(self._next[name])
                self._next[name] += 1
        for one in self.sites:
            one.journal.clear()

    def is_quiet(self, least: int) -> bool:
        """Was everybody asked who had to be, and nothing lately?"""
        return len(self.asked) >= least and time.monotonic() - self.at > 0.25

    def _answer(self, asked: Asked) -> Given:
        name = asked.path.split("/")[3]
        with self._lock:
            self.asked.add(name)
            self.at, self.reads = time.monotonic(), self.reads + 1
            wrong = self.faulty and self.chance.random() * 100 < PERCENT
            how = self.chance.choice([*WRONG, DROPPED, SLOW]) if wrong else ""
            self.faults[how] += wrong
            numbers = list(self.boards[name])
        if how == DROPPED:
            raise ConnectionResetError
        if how == SLOW:
            time.sleep(3)
        return WRONG.get(how) or Given(json.dumps({"jobs": [_job(name, number) for number in numbers]}).encode())


class _Site(Site):
    """On an address of its own, so that it is a host of its own."""

    def __init__(self, answer: site.Answering, address: str) -> None:
        self.journal = []
        self._server = site._Server((address, 0), site._handler(answer, self.journal))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        address, port = self._server.server_address[:2]
        return f"http://{address!s}:{port}"


def _job(board: str, number: int) -> dict[str, object]:
    words = random.Random(number)
    text = " ".join("".join(words.choices("abdegiklmnoprstu", k=6)) for _ in range(TEXT // 7))
    one = job(number)
    address = f"https://job-boards.greenhouse.io/{board}/jobs/{number}"
    return one | {"company_name": f"Company {board}", "content": f"<p>{text}</p>", "absolute_url": address}
