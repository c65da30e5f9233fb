"""Where a cold posting's time goes: reading, normalising and matching; CPU time in this process, best of three.

    python benchmarks/stages.py [--feeds 6] [--searches 100]

The last line is a digest of all postings and matches with their reasons: equal before and after a change, or it changed more
than the speed (``PYTHONPATH=another/worktree python benchmarks/stages.py`` measures that one).
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feeds as made
import whole

from alerts.config.load import load
from alerts.match.matcher import Matcher
from alerts.model.page import Page, Request
from alerts.model.raw import RawPosting
from alerts.normalise.posting import normalise
from alerts.sources import rss

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def read(body: bytes) -> tuple[RawPosting, ...]:
    """The raw postings of one feed."""
    request = Request("http://127.0.0.1/feed")
    return rss.read(Page(request, request.url, body, NOW), rss.Options(url=request.url)).postings


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of the best of three runs after one to warm up, and what came of it."""
    times, found = [], work()
    for _ in range(3):
        begun = time.process_time()
        found = work()
        times.append(time.process_time() - begun)
    return min(times), found


def main() -> None:
    """Measure and print."""
    call = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    call.add_argument("--feeds", type=int, default=6)
    call.add_argument("--searches", type=int, default=100)
    args = call.parse_args()
    bodies = made.Server(args.feeds, 50).bodies()
    with tempfile.TemporaryDirectory() as folder:
        plan = load(whole.configured(Path(folder), "http://127.0.0.1", 1, args.searches), {})
    matcher = Matcher(plan.searches)
    reading, raws = best(lambda: [raw for body in bodies for raw in read(body)])
    normalising, postings = best(lambda: [normalise(raw, source="s", now=NOW) for raw in raws])
    quiet, _ = best(lambda: matcher.find(postings, NOW, reasons=lambda *_: False))
    telling, found = best(lambda: matcher.find(postings, NOW))
    for name, seconds in (("read", reading), ("normalise", normalising), ("find, quiet", quiet), ("find, reasons", telling)):
        print(f"{name:14} {seconds / len(postings) * 1e6:7.0f} us a posting")
    print(hashlib.sha256(repr((postings, found)).encode()).hexdigest()[:16])


if __name__ == "__main__":
    main()
