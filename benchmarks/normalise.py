"""Speed of normalising: the median of a posting of 3 KB, beside feedparser's time for the same posting, and the import.

    python benchmarks/normalise.py

Times are those of the processor, so that other work on the machine does not count. Each run normalises postings whose
titles, places and sentences differ, so that no cache answers for the parsing of text.
"""

from __future__ import annotations

import io
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

NOW = datetime(2026, 3, 2, tzinfo=UTC)
RUNS = 300
CITIES = ["Berlin, Germany", "Austin, TX", "Toronto, ON", "Remote (US/Canada)", "Paris, France", "Leeds, UK", "Pune, India"]
TITLES = ["Senior Backend Engineer", "Product Manager", "Werkstudent Marketing (m/w/d)", "Head of Data", "Nurse, Night Shift"]
PARAGRAPH = (
    "<p>We build number {n} of the tools that small teams use to plan their week, and we are looking for someone who likes to "
    "finish what they start. You will work with designers, talk to customers and own what you ship.</p>"
    "<ul><li>{years}+ years of experience with Python or Go</li><li>Experience with hybrid cloud platforms</li>"
    "<li>Good written English; German is a plus</li></ul>"
    "<p>This is a hybrid role: {days} days a week in our office. We offer health insurance, a pension and money to learn.</p>"
)
PAY = "<p>The pay range for this role is ${low:,} - ${high:,} a year, plus equity and bonus. We can sponsor visas.</p>"


def main() -> None:
    loaded = min(_seconds_of("import alerts.normalise.posting") for _ in range(3)) - min(_seconds_of("pass") for _ in range(3))
    print(f"import of alerts.normalise.posting: {loaded * 1000:.0f} ms")

    from alerts.normalise import places

    began = time.process_time()
    places.parse("Berlin")
    print(f"first place (a page of the gazetteer is unpacked): {(time.process_time() - began) * 1000:.0f} ms")
    raws = [_raw(n) for n in range(RUNS)]
    sizes = statistics.median(len(raw.html or "") for raw in raws)
    mine = _median([lambda raw=raw: _normalise(raw) for raw in raws])
    feeds = [_feed(raw) for raw in raws]
    theirs = _median([lambda feed=feed: _feedparser(feed) for feed in feeds])
    print(f"one posting of {sizes:.0f} characters: {mine:.2f} ms; feedparser reads the same posting in {theirs:.2f} ms")


def _seconds_of(code: str) -> float:
    """Time of the processor that a fresh interpreter takes."""
    before = os.times()
    subprocess.run([sys.executable, "-c", code], check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _raw(n: int):
    from alerts.model import RawPlace, RawPosting

    html = "".join(PARAGRAPH.format(n=n * 7 + part, years=n % 9 + part, days=n % 4 + 1) for part in range(5))
    html += PAY.format(low=90_000 + 500 * n, high=120_000 + 500 * n)
    title = f"{TITLES[n % len(TITLES)]} {n}"
    return RawPosting(
        str(n), f"https://example.org/{n}", title, "Acme GmbH", places=(RawPlace(CITIES[n % len(CITIES)]),), html=html
    )


def _normalise(raw) -> None:
    from alerts.normalise.posting import normalise

    normalise(raw, source="benchmark", now=NOW)


def _feed(raw) -> bytes:
    item = f"<item><title>{escape(raw.title)}</title><link>{raw.url}</link><description>{escape(raw.html)}</description></item>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{item}</channel></rss>'.encode()


def _feedparser(feed: bytes) -> None:
    import feedparser

    feedparser.parse(io.BytesIO(feed))


def _median(calls: list) -> float:
    for call in calls[:20]:
        call()
    times = []
    for call in calls[20:]:
        began = time.process_time()
        call()
        times.append(time.process_time() - began)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()
