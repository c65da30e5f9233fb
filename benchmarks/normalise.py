"""Speed of normalising: a posting of 3 KB of text beside feedparser's time for the same posting, each part, and the import.

    python benchmarks/normalise.py

Times are those of the processor, so that waiting does not count; ours and feedparser's are taken in turn, so that a busy
machine slows both. The sentences, figures, title and place of each posting differ, so that no cache answers for the reading of
text. The ratio is what to compare between machines.
"""

from __future__ import annotations

import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

NOW = datetime(2026, 3, 2, tzinfo=UTC)
WARM, ROUNDS, POSTINGS = 2, 20, 20
CITIES = ["Berlin, Germany", "Austin, TX", "Toronto, ON", "Remote (US/Canada)", "Paris, France", "Leeds, UK", "Pune, India"]
TITLES = ["Senior Backend Engineer", "Product Manager", "Werkstudent Marketing (m/w/d)", "Head of Data", "Nurse, Night Shift"]
SYLLABLES = ["ba", "ce", "di", "fo", "lu", "me", "ni", "ro", "su", "ta"]
POSTING = """
<p><strong>About {name}</strong></p>
<p>{name} builds the tools with which small teams plan their week. Thousands of people in {lands} countries rely on them &amp;
trust them every day, and {name} has been profitable from the start. We are a team of {team} who finish what they begin.</p>
<h3>The role</h3>
<p>On the {name} team you will own a part of our product from the first talk with customers to the day it is used, and a good
while after that. You will work closely with design, support and sales; the team is spread over many countries and meets twice
a year. You will report to the head of {name} products.</p>
<h3>What you&rsquo;ll do</h3>
<ul>
<li>Build and run the services behind {name}, and keep them simple enough to be understood</li>
<li>Talk with customers of {name} each month to learn what holds them up, and write down what you heard</li>
<li>Review the work of others and ask for reviews of your own; we release several times a day</li>
<li>Improve our tests, our monitoring and the way in which we respond to incidents</li>
<li>Help to decide what {name} builds next, and what it had better leave alone</li>
<li>Write documentation that colleagues enjoy reading, and keep it up to date</li>
<li>Share the duty of being called at night, about one week in six, with pay for every hour</li>
</ul>
<h3>What you bring</h3>
<ul>
<li>{years}+ years of experience with Python, {name} or a similar language in production</li>
<li>A degree in computer science or a related field, or equivalent practical experience with {name}</li>
<li>Experience with relational databases, message queues and hybrid cloud platforms</li>
<li>Very good written and spoken English; German is a plus at {name}</li>
<li>An eye for detail, and patience with the long list of things that could be better</li>
</ul>
<h3>What we offer</h3>
<ul>
<li>The base pay range for this role is ${low:,} - ${high:,} per year, depending on where you live and on what you bring</li>
<li>A yearly bonus of up to {days}0%, equity, and a 401(k) plan with a match of {days}%</li>
<li>{holidays} days of paid leave, health insurance for you and your family, and a budget of $1,{team}0 a year to learn</li>
<li>This is a hybrid role: at {name} we meet in the office {days} days a week, and work from home on the others</li>
</ul>
<p>How we hire: a short call with a person from the team, a conversation of an hour about something you have built, a small task
that we pay for, and a day with the people you would work with. It takes about {days} weeks from your first letter to our answer,
and you hear from {name} after each step, whatever we decided.</p>
<p>{name} can sponsor visas for this position and help with relocation. Applications are read by people; tell us in a few lines
why you would be a good fit, and add whatever shows your work best.</p>
<p>{name} is an equal opportunity employer. All qualified applicants will receive consideration for employment without regard to
race, color, religion, sex, gender identity, national origin, disability or veteran status. If you need help or an accommodation
during the interviews, please let us know at jobs@example.org.</p>
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as compiled:
        loaded, nothing = (
            min(_seconds_of(code, compiled) for _ in range(6)) for code in ("import alerts.normalise.posting", "pass")
        )
    print(f"import of alerts.normalise.posting: {(loaded - nothing) * 1000:.0f} ms")

    from alerts.normalise import places, posting, text

    took = _milliseconds(lambda: places.parse("Berlin"))
    print(f"first place (a page of the gazetteer is unpacked): {took:.0f} ms")
    import feedparser

    mine, theirs, ratios = [], [], []
    for turn in range(WARM + ROUNDS):
        raws = [_raw(n) for n in range(turn * POSTINGS, (turn + 1) * POSTINGS)]
        ours = _median([lambda raw=raw: posting.normalise(raw, source="benchmark", now=NOW) for raw in raws])
        feeds = _median([lambda feed=feed: feedparser.parse(io.BytesIO(feed)) for feed in map(_feed, raws)])
        if turn >= WARM:
            mine.append(ours)
            theirs.append(feeds)
            ratios.append(ours / feeds)
    size = statistics.median(len(text.clean(raw.html, None)) for raw in raws)
    print(f"one posting of {size:.0f} characters of text: {statistics.median(mine):.2f} ms")
    print(f"feedparser, for the same posting as a feed: {statistics.median(theirs):.2f} ms")
    print(f"ratio: {statistics.median(ratios):.2f} ({ROUNDS} rounds of {POSTINGS}: {min(ratios):.2f} to {max(ratios):.2f})")
    print("\n| part | ms |\n|---|---:|")
    for part, spent in sorted(_parts().items(), key=lambda item: -item[1]):
        print(f"| {part} | {spent:.3f} |")


def _seconds_of(code: str, compiled: str) -> float:
    """Time of the processor that a fresh interpreter takes; bytecode is in the folder ``compiled``, as an installation has it."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    subprocess.run([sys.executable, "-c", code], check=True, env=settings | {"PYTHONPYCACHEPREFIX": compiled}, cwd=ROOT)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _parts() -> dict[str, float]:
    """Part → its median, each called in turn as it is for a posting."""
    from alerts.normalise import (
        category,
        company,
        eligibility,
        employment,
        experience,
        language,
        level,
        pay,
        places,
        scope,
        text,
        work,
    )

    parts: dict[str, Callable[[Any, str], object]] = {
        "text (cleaning)": lambda raw, body: text.clean(raw.html, raw.text),
        "title and company": lambda raw, body: (text.line(raw.title), text.line(raw.company), company.key(f"{raw.title} Ltd")),
        "places": lambda raw, body: places.read(raw.places, title=raw.title),
        "work": lambda raw, body: work.read(raw.work, "", raw.title, body),
        "remote scope": lambda raw, body: scope.read((), (), (), raw.title, body, ("remote",)),
        "employment": lambda raw, body: employment.read((), raw.title, body),
        "level and category": lambda raw, body: (level.read((), raw.title), category.category((), raw.title)),
        "experience": lambda raw, body: experience.least_years(body),
        "pay": lambda raw, body: (pay.from_text(raw.title), pay.from_text(body)),
        "language": lambda raw, body: language.detect(body),
        "eligibility": lambda raw, body: eligibility.read(body, {}),
    }
    spent: dict[str, list[float]] = {name: [] for name in parts}
    for raw in map(_raw, range(10_000, 10_000 + ROUNDS * POSTINGS)):
        body = text.clean(raw.html, raw.text)
        for name, part in parts.items():
            spent[name].append(_milliseconds(lambda part=part, raw=raw, body=body: part(raw, body)))
    return {name: statistics.median(times) for name, times in spent.items()}


def _raw(n: int) -> Any:
    from alerts.model.raw import RawPlace, RawPosting

    name = "".join(SYLLABLES[int(digit)] for digit in str(n)).capitalize() + "soft"
    html = POSTING.format(
        name=name, lands=n % 40 + 3, team=n % 90 + 10, years=n % 9 + 1, days=n % 4 + 1, holidays=n % 10 + 25,
        low=90_000 + 50 * n, high=120_000 + 50 * n,
    )  # fmt: skip
    place = RawPlace(CITIES[n % len(CITIES)])
    title = f"{TITLES[n % len(TITLES)]}, {name}"
    return RawPosting(str(n), f"https://example.org/{n}", title, f"{name} GmbH", places=(place,), html=html)


def _feed(raw: Any) -> bytes:
    item = f"<item><title>{escape(raw.title)}</title><link>{raw.url}</link><description>{escape(raw.html)}</description></item>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{item}</channel></rss>'.encode()


def _median(calls: list[Callable[[], object]]) -> float:
    """Milliseconds of the processor."""
    return statistics.median(map(_milliseconds, calls))


def _milliseconds(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    main()
