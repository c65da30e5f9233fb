"""How fast postings find their searches: real postings against generated searches, beside regexes and tantivy in the same run.

usage: python benchmarks/match.py SAMPLES [--postings 1000] [--searches 100,1000,10000,100000] [--json FILE]

SAMPLES is a folder of recorded responses, one folder a kind of source. Searches are drawn (seeded) from the words and phrases of
the postings themselves: 1-4 groups of 1-3 alternatives, 0-2 exclusions, and for 30 % each a place, a least pay, remote work.

The engines are compared on the words alone. All start from the same texts (words folded, ``|`` where a sentence ends)
and must find the same pairs of search and posting, or the benchmark stops. *whole* is what counts: from the texts to the lists of
matches, reading or indexing them included. *match* starts from what each posting says, as tantivy's *list* does from its index of
the batch. Ours is then measured on the postings themselves with place, pay and work, too. Times are CPU time of the process with
all its threads, the best of several runs. tantivy is optional.
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
from functools import cache
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
#: (number of the search, number of the posting)
Pairs = set[tuple[int, int]]
#: As our search, and as groups of alternatives and what must not stand there.
Spec = tuple[Search, list[list[str]], list[str]]
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
    """The folded words of a posting in order, for every engine alike; ``|`` ends a sentence or field, and stands for what is more
    than one word to us (``Node.js`` is also *node*)."""
    run: list[str] = []
    for text in (posting.title, *posting.tags, posting.text):
        run += [at[0] if len(at) == 1 and _plain(at[0]) else "|" for at in words.flat(text)]
        run.append("|")
    return run


@cache
def _plain(word: str) -> bool:
    return words.flat(word) == [(word,)]


def words_of(posting: Posting) -> Posting:
    """A posting that says these words and nothing else."""
    return Posting(posting.source, posting.source_id, posting.url, "", text=" ".join(tokens(posting)), language=posting.language)


class Drawn:
    """Searches drawn from postings: as ours, and as groups of alternatives for the other engines."""

    def __init__(self, found: Sequence[Posting], seed: int = 7) -> None:
        self.random = random.Random(seed)
        counts: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for posting in found:
            every = tokens(posting)
            run = [token for token in every if token.isalpha() and len(token) > 2]
            long = set(run)
            counts.update(list(dict.fromkeys(run)))
            beside = (f"{a} {b}" for a, b in pairwise(every) if a in long and b in long)
            pairs.update(list(dict.fromkeys(beside)))
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

    def search(self, number: int) -> Spec:
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
    """Seconds of CPU, the best of some runs."""
    best, spent, result = float("inf"), 0.0, None
    while spent < least:
        start = time.process_time()
        result = what()
        took = time.process_time() - start
        best, spent = min(best, took), spent + took
    return best, result


def memory() -> float:
    """Resident megabytes now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if Path("/proc/self/statm").exists() else 0
    return pages * 4096 / 1e6


def ours(searches: list[Compiled], found: list[Posting]) -> tuple[dict[str, float], Pairs]:
    before, start = memory(), time.process_time()
    index = Index(searches)
    built = time.process_time() - start
    context = Context(NOW)
    index.find(found, now=NOW)
    batch_memory = memory() - before
    whole, lists = timed(lambda: index.find(found, now=NOW))
    say, sayings = timed(lambda: [index.saying(index.words(posting), context) for posting in found])
    match, again = timed(lambda: index.match(sayings))  # type: ignore[arg-type]
    assert again == lists
    count, _ = timed(lambda: sum(row.bit_count() for _, rows in index._batch.rows(sayings) for row in rows))  # type: ignore[arg-type]
    start = time.process_time()
    index.match(sayings[:1])  # type: ignore[index]
    single = time.process_time() - start
    ones = [timed(lambda saying=saying: index.match([saying]), 0.01)[0] for saying in sayings[::20]]  # type: ignore[index, misc]
    row = {
        "whole ms": whole * 1e3,
        "words and values ms": say * 1e3,
        "match ms": match * 1e3,
        "count ms": count * 1e3,
        "build s": built,
        "memory MB": batch_memory,
        "single: build s": single,
        "single: memory MB more": memory() - before - batch_memory,
        "single: match us, mean": sum(ones) / len(ones) * 1e6,
        "single: match us, median": sorted(ones)[len(ones) // 2] * 1e6,
        "matches": sum(map(len, lists)),  # type: ignore[call-overload]
    }
    return row, {(search, at) for at, numbers in enumerate(lists) for search in numbers}  # type: ignore[arg-type]


def words_only(compiled: Compiled) -> Compiled:
    kept = tuple(condition for condition in compiled.conditions if condition.key in ("keywords", "exclude", "query"))
    return Compiled(compiled.search, kept)


def regexes(drawn: list[Spec], texts: list[str]) -> tuple[float, Pairs]:
    """Microseconds a posting for one compiled regex per search, and what they find."""
    patterns = []
    for _, groups, without in drawn:
        ahead = "".join(rf"(?=.*(?<!\S)(?:{'|'.join(map(re.escape, group))})(?!\S))" for group in groups)
        refused = "".join(rf"(?!.*(?<!\S){re.escape(term)}(?!\S))" for term in without)
        patterns.append(re.compile("^" + ahead + refused, re.DOTALL))

    def run() -> Pairs:
        return {(n, at) for at, text in enumerate(texts) for n, pattern in enumerate(patterns) if pattern.match(text)}

    took, found = timed(run, 0.1)
    return took / len(texts) * 1e6, found  # type: ignore[return-value]


def tantivy_run(drawn: list[Spec], texts: list[str]) -> tuple[float, float, float, Pairs]:
    """(ms to index the batch, ms to count every search's matches, ms to list them, the pairs) for tantivy."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=False, tokenizer_name="whitespace", index_option="position")
    schema = builder.build()
    start = time.process_time()
    index = tantivy.Index(schema)
    writer = index.writer(50_000_000, 1)
    for text in texts:
        writer.add_document(tantivy.Document(body=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    built = time.process_time() - start
    searcher = index.searcher()
    assert searcher.num_segments == 1, "documents are numbered as they were added"
    occur, query = tantivy.Occur, tantivy.Query

    def leaf(term: str) -> object:
        parts = term.split()
        return query.term_query(schema, "body", term) if len(parts) == 1 else query.phrase_query(schema, "body", parts)

    queries = []
    for _, groups, without in drawn:
        clauses = [(occur.Must, query.boolean_query([(occur.Should, leaf(term)) for term in group])) for group in groups]
        queries.append(query.boolean_query(clauses + [(occur.MustNot, leaf(term)) for term in without]))
    count, _ = timed(lambda: sum(searcher.search(q, 1, count=True).count for q in queries))
    most = len(texts)
    took, listed = timed(lambda: [[at.doc for _, at in searcher.search(q, most, count=False).hits] for q in queries])
    pairs = {(search, at) for search, hits in enumerate(listed) for at in hits}  # type: ignore[arg-type]
    return built * 1e3, count * 1e3, took * 1e3, pairs


def same(ours: Pairs, theirs: Pairs, who: str) -> None:
    """Stop where another engine answers another question."""
    assert ours == theirs, f"{who}: {len(ours - theirs)} pairs fewer, {len(theirs - ours)} more: {sorted(ours ^ theirs)[:5]}"


def compared(compiled: list[Compiled], specs: list[Spec], found: list[Posting]) -> dict[str, float]:
    """All engines on the words alone; ratios of the whole first."""
    plain = [words_of(posting) for posting in found]
    texts = [posting.text for posting in plain]
    mine, pairs = ours([words_only(one) for one in compiled], plain)
    row: dict[str, float] = {}
    if len(specs) <= 1000:
        took, theirs = regexes(specs, texts[:100])
        same({pair for pair in pairs if pair[1] < 100}, theirs, "regexes")
        row["x regex, whole"] = took * len(found) / mine["whole ms"] / 1e3
        row["regex us a posting"] = took
    try:
        indexed, count, listed, theirs = tantivy_run(specs, texts)
    except ImportError:
        print("tantivy is not installed: left out")
    else:
        same(pairs, theirs, "tantivy")
        row = {"x tantivy, whole": (indexed + listed) / mine["whole ms"], **row}
        row |= {"x tantivy, list / match": listed / mine["match ms"], "x tantivy, count / count": count / mine["count ms"]}
        row |= {"tantivy index ms": indexed, "tantivy list ms": listed, "tantivy count ms": count}
    row["postings/s, whole"] = len(found) / mine["whole ms"] * 1e3
    row["M pairs/s, match"] = len(specs) * len(found) / mine["match ms"] / 1e3
    return row | mine


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
        start = time.process_time()
        compiled = [compile_search(search) for search, _, _ in specs]
        print(f"\n{size:,} searches (compiled in {time.process_time() - start:.1f} s)")
        row = compared(compiled, specs, found)
        row |= {f"with values: {name}": value for name, value in ours(compiled, found)[0].items() if "memory" not in name}
        for name, value in row.items():
            print(f"  {name:30} {value:12,.2f}")
        results[size] = row
    if args.json:
        args.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
