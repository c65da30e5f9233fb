"""What a preview costs at the desk: python benchmarks/previews.py [--postings 20000].

CPU time of the newest 2,000 and of all, first asked and asked again, with the longest portion, beside a unit: the time in which
this machine reads the words of one text. Units can be compared between machines, and between busy and idle ones.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from alerts.match import words
from alerts.match.compile import compile as compile_search
from alerts.match.prepared import Prepared
from alerts.match.preview import Trial
from alerts.model.posting import Pay, Place, Posting
from alerts.model.search import Search
from alerts.normalise.rates import Rates

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TITLES = ("Software Engineer", "Engineering Manager", "Data Scientist", "Nurse", "Account Executive", "Product Designer")
TOOLS = ("Python", "Kubernetes", "Terraform", "Rust", "Go", "Java", "React", "SQL", "machine learning", "C++", "R&D")
PLACES = (("Berlin", "DE"), ("Toronto", "CA"), ("Paris", "FR"), ("Austin", "US"))
SEARCHES = (
    Search("words and values", title=("engineering manager", "software engineer"), keywords=("python", "kubernetes"),
           salary="100k EUR", locations=("Germany",)),
    Search("one word changed", title=("engineering manager", "software engineer"), keywords=("python", "terraform"),
           salary="100k EUR", locations=("Germany",)),
    Search("a name", title=("engineer",), keywords=("Go",)),
    Search("two words", title=("engineer",), keywords=("machine learning",)),
    Search("no title", keywords=("rust", "react"), exclude=("senior", "lead"), work=("remote",)),
    Search("a dead word", keywords=("pyton",), work=("remote",)),
)  # fmt: skip


def some(count: int) -> list[tuple[Posting, datetime]]:
    """Invented postings of some 450 words."""
    chance = random.Random(1)
    stock = ["".join(chance.choices("abcdefghiklmnoprstuvw", k=chance.randint(2, 11))) for _ in range(12_000)]
    return [(_posting(number, chance, stock), NOW - timedelta(minutes=number)) for number in range(count)]


def _posting(number: int, chance: random.Random, stock: Sequence[str]) -> Posting:
    said = chance.choices(stock[: chance.choice((400, 12_000))], k=440) + chance.sample(TOOLS, 2) + ["and", "go"] * 5
    chance.shuffle(said)
    city, country = chance.choice(PLACES)
    low = chance.randrange(40, 200) * 1000.0
    return Posting(
        "s", str(number), f"https://jobs.example/{number}", chance.choice(TITLES), company=f"Company {number % 900}",
        places=(Place(city, city=city, country=country),), work=(chance.choice(("remote", "onsite")),),
        pay=Pay(low, low, "EUR", "year") if number % 3 else None,
        text=". ".join(" ".join(said[at : at + 15]) for at in range(0, 450, 15)),
    )  # fmt: skip


def unit() -> float:
    """Seconds of CPU in which the words of one text are read."""
    text, begun = some(1)[0][0].text, time.process_time()
    for _ in range(200):
        words.flat(text)
    return (time.process_time() - begun) / 200


def cost(search: Search, ready: Prepared, rates: Rates) -> tuple[float, float]:
    """CPU seconds in all, and of the longest portion."""
    begun = last = time.process_time()
    trial, longest = Trial(compile_search(search), ready, now=NOW, rates=rates), 0.0
    for _ in trial.portions():
        now = time.process_time()
        longest, last = max(longest, now - last), now
    trial.so_far()
    return time.process_time() - begun, longest


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postings", type=int, default=20_000)
    args = parser.parse_args()
    stored, rates = some(args.postings), Rates.load()
    for count in sorted({min(2_000, args.postings), args.postings}):
        ready = Prepared.of(stored[:count])
        cost(Search("x", title=("warm",)), Prepared.of(stored[:50]), rates)
        for search in SEARCHES:
            one = unit()
            (first, longest), (again, _) = cost(search, ready, rates), cost(search, ready, rates)
            print(
                f"{count:6,} {search.name:18} {first * 1000:7.0f} ms first ({first / one:7,.0f} units,"
                f" portion {longest * 1000:4.0f} ms)  {again * 1000:5.0f} ms again"
            )


if __name__ == "__main__":
    main()
