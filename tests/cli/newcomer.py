"""A newcomer's run: ``python -m tests.cli.newcomer`` rewrites docs/first-five-minutes.md with real output and times."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from alerts.cli.demo.site import Given, Site
from tests.cli.test_init import item, talk

PAGE = Path(__file__).parents[2] / "docs" / "first-five-minutes.md"
HEAD = """# The first five minutes

Written by a script (`python -m tests.cli.newcomer`) on a terminal of 80 columns with `LANG=de_DE.UTF-8`, against a feed on
this machine, in a home folder with nothing in it: what is shown is what was printed. What is typed stands behind the questions.
"""


def main() -> None:
    """Run it, and write the page."""
    items = item(1, "Data Engineer", 1) + item(2, "Senior Data Engineer", 60) + item(3, "Data Analyst", 2) + item(4, "Nurse", 1)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Jobs in our town</title>{items}</channel></rss>'
    site = Site(lambda _: Given(body.encode(), content_type="application/rss+xml"))
    with site, tempfile.TemporaryDirectory() as home:
        environment = {name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV") if name in os.environ}
        environment |= {"HOME": home, "LANG": "de_DE.UTF-8", "TERM": "dumb", "COLUMNS": "80", "TZ": "Europe/Berlin"}
        parts = [HEAD, *(_step(number, *step, environment) for number, step in enumerate(_steps(site.url), 1))]
        text = "\n".join(parts).replace(home, "~").replace(sys.prefix, "").replace(site.url, "http://127.0.0.1:8080")
    PAGE.write_text(text, encoding="utf-8")


def _steps(address: str) -> list[tuple[str, list[tuple[str, str]]]]:
    answers = [
        ("Where are you?", "Berlin, Germany"),
        ("Your time zone?", ""),
        ("What do you look for?", "data engineer"),
        ("Where could you work?", ""),
        ("What shall be watched?", f"{address}/feed"),
        ("How shall you be told?", ""),
    ]
    return [("init --allow-private 127.0.0.1", answers), ("poll", []), ("jobs", []), ("jobs --all --csv", []), ("status", [])]


def _step(number: int, call: str, answers: list[tuple[str, str]], environment: dict[str, str]) -> str:
    began = time.monotonic()
    status, shown = talk(call.split(), answers, environment)
    took = time.monotonic() - began
    lines = "\n".join(line.rstrip() for line in shown.replace("\r", "").split("\n")).strip("\n")
    return f"## {number}. `job-alerts {call}` ({took:.0f} s, exit status {status})\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    main()
