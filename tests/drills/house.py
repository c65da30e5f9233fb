"""A real daemon process among a board, an inbox and a hook of its own, which all remember what happened."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType

from alerts.cli.demo.site import Asked, Given, Site
from alerts.model.server import Database, Server
from tests.drills.receivers import Smtp

ROOT = Path(__file__).parents[2]
BOARD = '[[sources]]\nname="Acme"\nkind="greenhouse"\nboard="acme"\nbase_url="SITE"\n'
SEARCH = '[[searches]]\nname="engineers"\ntitle=["engineer"]\n'
MAIL = '[channels.mail]\nkind="email"\nserver="smtp://SMTP"\nfrom="alerts@example.org"\nto=["me@example.org"]\n'
HOOK = '[channels.hook]\nkind="webhook"\nurl="SITE/hook"\nsecret="a secret of some length"\n'
FRAME = '[settings]\ndatabase="a.db"\ngather="0s"\nevery="1s"\n[network]\nallow_private=["127.0.0.1"]\npace="0s"\n'
#: Where more than fifty jobs come in an hour, and each is to be told by itself: the brake has tests of its own.
UNBRAKED = FRAME.replace("[network]", "digest_above=1000000\nask_above=1000000\n[network]")


def job(number: int) -> dict:
    """An invented job; every number is one of its own."""
    return {
        "id": number,
        "internal_job_id": number + 900_000,
        "title": f"Engineer {number}",
        "location": {"name": "Berlin, Germany"},
        "company_name": "Acme",
        "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{number}",
        "content": f"<p>Work of its own, number {number}.</p>",
        "first_published": "2026-11-20T10:00:00-05:00",
    }


class House:
    """Board, inbox and hook; ``delay`` seconds pass in each before it answers, so that a kill finds something in flight."""

    def __init__(self, delay: float = 0.0, database: Database | None = None) -> None:
        self.delay = delay
        #: A server; else a file in the folder of the house.
        self.server = database if isinstance(database, Server) else None
        self.published = [1001]
        #: What the board says instead of its jobs, where it is not None.
        self.page: Given | None = None
        #: Jobs that are published before each answer.
        self.publish = 0
        self.hook: Callable[[Asked], Given | None] = lambda _asked: None
        self.take: Callable[[EmailMessage], str | None] = lambda _mail: "250 taken"
        #: (message id, numbers of the jobs) in the order of arrival.
        self.hooked: list[tuple[str, list[int]]] = []
        self.mailed: list[tuple[str, list[int]]] = []
        self.reads = 0
        #: How often each of the quiet boards (``/v1/boards/quiet…``, which have no jobs) was read.
        self.quiet: Counter[str] = Counter()
        #: What stands at other places of the site.
        self.others: dict[str, Callable[[], Given]] = {}
        #: So many of its newest jobs the board still lists.
        self.lists = 1_000_000
        #: Does the daemon write its log into a pipe?
        self.pipe = False
        #: More for the environment of the daemon.
        self.extra: dict[str, str] = {}
        #: What is being answered at this moment.
        self.in_flight: list[str] = []
        self._lock = threading.Lock()
        self._stack = ExitStack()

    def __enter__(self) -> House:
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="drill")))
        self.site = self._stack.enter_context(Site(self._answer))
        self.smtp = self._stack.enter_context(Smtp(self._take))
        self.notify = self._stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        self.notify.bind(str(self.folder / "notify"))
        self.notify.setblocking(False)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    # --- what the others see -------------------------------------------------------------------------------------

    def _answer(self, asked: Asked) -> Given:
        if asked.path.startswith("/hook"):
            return self._hook(asked)
        if quiet := re.match(r"/v1/boards/(quiet\w*)/jobs", asked.path):
            self.quiet[quiet[1]] += 1
            return Given(b'{"jobs": []}')
        if other := self.others.get(asked.path):
            return other()
        if not asked.path.startswith("/v1/boards/acme/jobs"):
            return Given(b"nothing here", 404, "text/plain")
        with self._lock:
            self.reads += 1
            self.published += range(self.published[-1] + 1, self.published[-1] + 1 + self.publish)
            body = json.dumps({"jobs": [job(number) for number in self.published[-self.lists :]]}).encode()
        self._linger("board")
        return self.page or Given(body)

    def _hook(self, asked: Asked) -> Given:
        if given := self.hook(asked):
            return given
        alerts = json.loads(asked.body)["data"]["alerts"]
        self.hooked.append((asked.headers["webhook-id"], [int(alert["posting"]["source_id"]) for alert in alerts]))
        self._linger("hook")
        return Given(status=204)

    def _take(self, mail: EmailMessage) -> str | None:
        reply = self.take(mail)
        if reply and reply.startswith("250"):
            plain = mail.get_body(("plain",))
            numbers = re.findall(r"/jobs/(\d+)", plain.get_content() if plain else "")
            self.mailed.append((mail["Message-ID"], [int(number) for number in dict.fromkeys(numbers)]))
            self._linger("mail")
        return reply

    def _linger(self, what: str) -> None:
        self.in_flight.append(what)
        time.sleep(self.delay)
        self.in_flight.remove(what)

    # --- the daemon ----------------------------------------------------------------------------------------------

    def configure(self, text: str, frame: str = FRAME) -> Path:
        """Write the configuration; ``SITE`` and ``SMTP`` stand for the addresses of this house."""
        path = self.folder / "config.toml"
        if self.server:
            frame = frame.replace('"a.db"', json.dumps(self.server.address))
        path.write_text(frame + text.replace("SITE", self.site.url).replace("SMTP", self.smtp.address), "utf-8")
        return path

    def start(self) -> Running:
        """``job-alerts run`` in a process of its own."""
        return Running(self)

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command, to its end."""
        return subprocess.run(self.command(*words), cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=60)

    def command(self, *words: str) -> list[str]:
        """How a command is called."""
        return [sys.executable, "-m", "alerts", words[0], "--config", str(self.folder / "config.toml"), *words[1:]]

    def environment(self) -> dict[str, str]:
        """What the daemon finds around it."""
        return {**os.environ, "NOTIFY_SOCKET": str(self.folder / "notify"), "HOME": str(self.folder), **self.extra}

    def notes(self) -> list[str]:
        """What systemd was told since the last time, line by line."""
        lines: list[str] = []
        with suppress(BlockingIOError):
            while True:
                lines += self.notify.recv(4096).decode().splitlines()
        return lines

    def integrity(self) -> str:
        """What SQLite says of the database; a server looks after itself."""
        if self.server:
            return "ok"
        connection = sqlite3.connect(self.folder / "a.db")
        try:
            return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
        finally:
            connection.close()


class Running:
    """A daemon under way; leaving the block kills it if it still runs."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._log = (house.folder / "log").open("a+", encoding="utf-8")
        self._from = self._log.tell()
        # Through a pipe, the log is no file of the daemon, and a full disk does not silence it.
        out = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=self._log).stdin if house.pipe else self._log
        self.process = subprocess.Popen(
            house.command("run"), cwd=ROOT, env=house.environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
        if house.pipe and out:
            out.close()

    def __enter__(self) -> Running:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.kill()
        self._log.close()

    def kill(self) -> None:
        """``kill -9``, and nothing less."""
        self.process.kill()
        self.process.wait(10)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def log(self) -> str:
        """What it said since it was started."""
        text = (self._house.folder / "log").read_bytes()
        return text[self._from :].decode("utf-8", "replace")

    def until(self, true: Callable[[], object], seconds: float = 30) -> None:
        """Wait for something to become true; fails with the log when it does not, or when the daemon ends before."""
        end = time.monotonic() + seconds
        while not true():
            assert self.process.poll() is None, f"the daemon ended with {self.process.returncode}:\n{self.log()}"
            assert time.monotonic() < end, f"it did not happen within {seconds} s:\n{self.log()[-3000:]}"
            time.sleep(0.01)

    def ready(self) -> Sequence[str]:
        """Wait for READY=1; everything that systemd was told until then."""
        heard: list[str] = []

        def hear() -> bool:
            heard.extend(self._house.notes())
            return "READY=1" in heard

        self.until(hear)
        return heard

    def ended(self, seconds: float = 12) -> int:
        """Wait for the end; the exit status."""
        return self.process.wait(seconds)
