"""What both hunts have in common: the board that edits and closes, the configuration, the program under a clock that moves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from alerts.cli.demo.site import Asked, Given
from tests.cli import board
from tests.sources.test_forms import GREENHOUSE

BERLIN = ZoneInfo("Europe/Berlin")
CONFIG = """
[settings]
database = "a.db"
gather = "0s"
timezone = "Europe/Berlin"
profile = "profile.toml"
letter = "letter.md"

[network]
allow_private = ["127.0.0.1"]
pace = "0s"

[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "SITE"

[[searches]]
name = "engineers"
title = ["engineer"]

[channels.out]
kind = "file"
path = "out.jsonl"
"""
PROFILE = 'name = "Ada Example"\ncity = "Berlin"\n[answers]\n"Are you entitled to work in Canada?" = "Yes"\n'
FIRST = "You build pipelines in Berlin.\n\nWe pay €70,000 - €90,000 per year and mean it."
AFTER = "You answer the telephone, in shifts, and nothing else that we could think of. We pay €50,000 - €55,000 per year."


class Board:
    """Three jobs; then the first is edited, and then it is gone."""

    def __init__(self) -> None:
        self.state = "first"

    def answer(self, asked: Asked) -> Given:
        if asked.method == "POST":
            self.state = asked.path.rpartition("/")[2]
            return Given()
        if "questions" in asked.path:
            return Given(json.dumps(GREENHOUSE).encode())
        text = {"first": FIRST, "edited": AFTER}.get(self.state)
        jobs = [board.job(n, f"{name} Engineer") for n, name in ((2, "Search"), (3, "Night"))]
        if text:
            content = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
            jobs.insert(0, board.job(1, "Data Engineer") | {"content": content})
        return Given(json.dumps({"jobs": jobs}).encode())


def at(day: datetime, clock: str, days: int = 0) -> str:
    """A moment by the clock on the wall in Berlin."""
    hour, minute = map(int, clock.split(":"))
    return (day + timedelta(days=days)).replace(hour=hour, minute=minute, tzinfo=BERLIN).isoformat()


def at_day(change: str, days: int) -> str:
    """A day so many days after that on which the clocks change."""
    return (datetime.fromisoformat(change) + timedelta(days=days)).strftime("%Y-%m-%d")


def told(folder: Path) -> list[tuple[str, str, str]]:
    """Every message once, in its order: the day and the hour by the clock in Berlin, and what it is."""
    found = []
    for line in (folder / "out.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        when = datetime.fromisoformat(row["timestamp"]).astimezone(BERLIN)
        if row["entry"] == "note-0" or "note" not in row:
            found.append((f"{when:%Y-%m-%d}", f"{when:%H:%M}", row["heading"] if "note" in row else row["event"]))
    return found


class Hunt:
    """The program in a folder, under a wall clock that every step moves."""

    def __init__(self, folder: Path, process: subprocess.Popen[str]) -> None:
        self.folder, self._process = folder, process

    def step(self, moment: str, *words: str) -> dict[str, object]:
        """A moment ("": go on) and a command; what it said."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([moment, words]) + "\n")
        self._process.stdin.flush()
        said: dict[str, object] = json.loads(self._process.stdout.readline())
        return said

    def say(self, moment: str, *words: str) -> str:
        """The same, where nothing may go wrong; what was printed."""
        done = self.step(moment, *words)
        assert not done.get("status"), (words, done)
        return str(done.get("out", ""))


def environment(folder: Path, preload: Path) -> dict[str, str]:
    """What a program needs to be under the moved clock of a folder."""
    root = Path(__file__).parents[2]
    more = {"LD_PRELOAD": str(preload), "MOVED_CLOCK": str(folder / "offset"), "PYTHONPATH": str(root)}
    return {**os.environ, **more}


@contextmanager
def hunting(folder: Path, preload: Path, site: str, **more: str) -> Iterator[Hunt]:
    """A folder with all that a hunt needs, and the program over it. ``more``: of its environment."""
    (folder / "profile.toml").write_text(PROFILE)
    (folder / "letter.md").write_text("Dear {{ job.company }}, I am {{ me.name }}.")
    (folder / "config.toml").write_text(CONFIG.replace("SITE", site))
    (folder / "offset").write_text("0", "ascii")
    words = [sys.executable, Path(__file__).with_name("hunt_script.py"), folder / "config.toml", str(time.time())]
    pipe = subprocess.PIPE
    env = environment(folder, preload) | more
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, env=env, cwd=folder, text=True) as process:
        try:
            yield Hunt(folder, process)
        finally:
            process.kill()
