"""How fast postings find their searches: real postings against generated searches, beside regexes and tantivy in the same run.

usage: python benchmarks/match.py SAMPLES [--postings 1000] [--searches 100,1000,10000,100000] [--json FILE]

SAMPLES is a folder of recorded responses, one folder a kind of source. Searches are drawn (seeded) from the words and phrases of
the postings themselves: 1-4 groups of 1-3 alternatives, 0-2 exclusions, and for 30 % each a place, a least pay, remote work. The
engines are compared on the words alone, over the same folded words in order; ours is then measured with place, pay and work, too.
Times are the best of several runs. *match* starts from what each posting says (words, phrases, values found), as tantivy's starts
from its index of the batch; *whole* starts from the posting, tantivy's from the words. tantivy is optional.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from alerts import plugins
from alerts.match import words
from alerts.match.compile import Compiled
from alerts.match.compile import compile as compile_search
from alerts.match.conditions import Context
from alerts.match.index import Index
from alerts.model.page import Page, Request
from alerts.model.posting import Posting
from alerts.model.search import Search
from alerts.normalise.posting import normalise

NOW = datetime(2026, 6, 1, tzinfo=UTC)
TYPES = {".json": "application/json", ".xml": "application/xml", ".html": "text/html"}


def postings(samples: Path, most: int) -> list[Posting]:
    """Recorded postings, those with a text first."""
    found: list[Posting] = []
    for folder in sorted(samples.iterdir()):
        if folder.name in plugins.kinds("sources"):
            for file in sorted(folder.iterdir()):
                found += _read(folder.name, file)
    found.sort(key=lambda posting: not posting.text)
    return found[:most]


def _read(kind: str, file: Path) -> Iterator[Posting]:
    source = plugins.load("sources", kind)
    try:
        required = {name: "x" for name, field in source.Options.model_fields.items() if field.is_required()}
        options = source.Options(**required)
        request = Request("https://example.org/jobs")
        page = Page(request, request.url, file.read_bytes(), NOW, headers={"content-type": TYPES.get(file.suffix, "text/html")})
        raws = source.read(page, options).postings
    except Exception as error:
        print(f"  left out {file.name}: {type(error).__name__}", file=sys.stderr)
        return
    for raw in raws:
        yield normalise(raw, source=kind, now=NOW, company=kind)


def tokens(posting: Posting) -> list[str]:
    """The folded words of a posting in order, for every engine alike."""
    return [word for text in (posting.title, *posting.tags, posting.text) for at in words.readings(text) for word in at[:1]]


class Drawn:
    """Searches drawn from postings: as ours, and as groups of alternatives for the other engines."""

    def __init__(self, found: Sequence[Posting], seed: int = 7) -> None:
        self.random = random.Random(seed)
        counts: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for posting in found:
            run = [token for token in tokens(posting) if token.isalpha() and len(token) > 2]
            counts.update(set(run))
            pairs.update({f"{a} {b}" for a, b in pairwise(run)})
        self.skills = [word for word, n in counts.most_common() if n < len(found) / 8][:800]
        self.rare = [word for word, n in counts.items() if 1 < n < 10][:4000]
        self.phrases = [pair for pair, n in pairs.most_common() if n < len(found) / 12][:1500]
        self.roles = [
            "engineer",
            "manager",
            "developer",
            "designer",
            "analyst",
            "scientist",
            "sales",
            "product",
            "security",
            "data",
        ]
        self.companies = sorted({posting.company_key for posting in found if posting.company_key})
        self.places = ["United States", "Germany", "United Kingdom", "London", "New York", "Berlin", "Canada", "San Francisco"]

    def term(self) -> str:
        pick, at = self.random.random(), self.random.random() ** 2
        table = self.skills if pick < 0.55 else self.phrases if pick < 0.75 else self.roles if pick < 0.9 else self.rare
        return table[int(at * len(table))]

    def groups(self) -> tuple[list[list[str]], list[str]]:
        size = self.random.choices([1, 2, 3, 4], [15, 40, 30, 15])[0]
        groups = [[self.term() for _ in range(self.random.choices([1, 2, 3], [70, 20, 10])[0])] for _ in range(size)]
        return groups, [self.term() for _ in range(self.random.choices([0, 1, 2], [50, 30, 20])[0])]

    def search(self, number: int) -> tuple[Search, list[list[str]], list[str]]:
        groups, without = self.groups()
        quoted = [[f'"{term}"' for term in group] for group in groups]
        query = " AND ".join("(" + " OR ".join(group) + ")" for group in quoted[1:]) or None
        some = lambda chance: self.random.random() < chance  # noqa: E731
        return (
            Search(
                name=str(number),
                keywords=tuple(quoted[0]),
                exclude=tuple(f'"{term}"' for term in without),
                query=query,
                locations=(self.random.choice(self.places),) if some(0.3) else (),
                salary=f"{self.random.randrange(60, 260, 10)}k USD" if some(0.3) else None,
                work=("remote",) if some(0.3) else (),
                unknown="drop",
            ),
            groups,
            without,
        )


def timed(what: Callable[[], object], least: float = 0.3) -> tuple[float, object]:
    """Seconds, the best of some runs."""
    best, spent, result = float("inf"), 0.0, None
    while spent < least:
        start = time.perf_counter()
        result = what()
        took = time.perf_counter() - start
        best, spent = min(best, took), spent + took
    return best, result


def memory() -> float:
    """Resident megabytes now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if Path("/proc/self/statm").exists() else 0
    return pages * 4096 / 1e6


def ours(searches: list[Compiled], found: list[Posting]) -> dict[str, float]:
    before, start = memory(), time.perf_counter()
    index = Index(searches)
    built = time.perf_counter() - start
    context = Context(NOW)
    index.find(found, now=NOW)
    batch_memory = memory() - before
    whole, _ = timed(lambda: index.find(found, now=NOW))
    say, sayings = timed(lambda: [index.saying(index.words(posting), context) for posting in found])
    match, lists = timed(lambda: index.match(sayings))  # type: ignore[arg-type]
    count, _ = timed(lambda: sum(row.bit_count() for _, rows in index._batch.rows(sayings) for row in rows))  # type: ignore[arg-type]
    start = time.perf_counter()
    index.match(sayings[:1])  # type: ignore[index]
    single = time.perf_counter() - start
    ones = [timed(lambda saying=saying: index.match([saying]), 0.01)[0] for saying in sayings[::20]]  # type: ignore[index, misc]
    return {
        "build s": built,
        "memory MB": batch_memory,
        "words and values ms": say * 1e3,
        "count ms": count * 1e3,
        "match ms": match * 1e3,
        "whole ms": whole * 1e3,
        "single: build s": single,
        "single: memory MB more": memory() - before - batch_memory,
        "single: match us, mean": sum(ones) / len(ones) * 1e6,
        "single: match us, median": sorted(ones)[len(ones) // 2] * 1e6,
        "matches": sum(map(len, lists)),  # type: ignore[call-overload]
    }


def words_only(compiled: Compiled) -> Compiled:
    kept = tuple(condition for condition in compiled.conditions if condition.key in ("keywords", "exclude", "query"))
    return Compiled(compiled.search, kept)


def regexes(drawn: list[tuple[Search, list[list[str]], list[str]]], found: list[Posting]) -> float:
    """Microseconds a posting for one compiled regex per search (words only)."""
    texts = [" ".join(tokens(posting)) for posting in found[:100]]
    patterns = []
    for _, groups, without in drawn:
        ahead = "".join(rf"(?=.*\b(?:{'|'.join(map(re.escape, group))})\b)" for group in groups)
        patterns.append(re.compile("^" + ahead + "".join(rf"(?!.*\b{re.escape(term)}\b)" for term in without), re.DOTALL))
    took, _ = timed(lambda: sum(bool(pattern.match(text)) for text in texts for pattern in patterns), 0.1)
    return took / len(texts) * 1e6


def tantivy_run(drawn: list[tuple[Search, list[list[str]], list[str]]], found: list[Posting]) -> tuple[float, float, float, int]:
    """(ms to index the batch, ms to count every search's matches, ms to list them, matches) for tantivy."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=False, tokenizer_name="whitespace", index_option="position")
    schema = builder.build()
    start = time.perf_counter()
    index = tantivy.Index(schema)
    writer = index.writer(50_000_000, 1)
    for posting in found:
        writer.add_document(tantivy.Document(body=" ".join(tokens(posting))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    built = time.perf_counter() - start
    searcher = index.searcher()
    occur, query = tantivy.Occur, tantivy.Query

    def leaf(term: str) -> object:
        parts = term.split()
        return query.term_query(schema, "body", term) if len(parts) == 1 else query.phrase_query(schema, "body", parts)

    queries = []
    for _, groups, without in drawn:
        clauses = [(occur.Must, query.boolean_query([(occur.Should, leaf(term)) for term in group])) for group in groups]
        queries.append(query.boolean_query(clauses + [(occur.MustNot, leaf(term)) for term in without]))
    took, matches = timed(lambda: sum(searcher.search(q, 1, count=True).count for q in queries))
    listed, _ = timed(lambda: [[address.doc for _, address in searcher.search(q, 1024, count=False).hits] for q in queries])
    return built * 1e3, took * 1e3, listed * 1e3, int(matches)  # type: ignore[call-overload]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", type=Path)
    parser.add_argument("--postings", type=int, default=1000)
    parser.add_argument("--searches", default="100,1000,10000,100000")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    found = postings(args.samples, args.postings)
    size = sum(len(posting.text) for posting in found) // len(found)
    print(f"{len(found)} postings, {sum(bool(posting.text) for posting in found)} with a text, {size} characters on average")
    results = {}
    for size in map(int, args.searches.split(",")):
        drawn = Drawn(found)
        specs = [drawn.search(number) for number in range(size)]
        start = time.perf_counter()
        compiled = [compile_search(search) for search, _, _ in specs]
        print(f"\n{size:,} searches (compiled in {time.perf_counter() - start:.1f} s)")
        row = ours([words_only(one) for one in compiled], found)
        pairs = size * len(found)
        row["M pairs/s, match"] = pairs / row["match ms"] / 1e3
        row["postings/s, whole"] = len(found) / row["whole ms"] * 1e3
        if size <= 1000:
            row["regex us a posting"] = regexes(specs, found)
            row["x regex, whole"] = row["regex us a posting"] * len(found) / row["whole ms"] / 1e3
        try:
            names = ("tantivy index ms", "tantivy count ms", "tantivy list ms", "tantivy matches")
            row |= dict(zip(names, tantivy_run(specs, found), strict=True))
            row["x tantivy, count / count"] = row["tantivy count ms"] / row["count ms"]
            row["x tantivy, list / match"] = row["tantivy list ms"] / row["match ms"]
            row["x tantivy, whole"] = (row["tantivy index ms"] + row["tantivy list ms"]) / row["whole ms"]
        except ImportError:
            print("tantivy is not installed: left out")
        full = ours(compiled, found)
        row |= {
            f"with values: {name}": full[name]
            for name in (
                "build s",
                "count ms",
                "match ms",
                "whole ms",
                "single: match us, mean",
                "single: match us, median",
                "matches",
            )
        }
        for name, value in row.items():
            print(f"  {name:30} {value:12,.2f}")
        results[size] = row
    if args.json:
        args.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
