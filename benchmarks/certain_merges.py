"""Every certain merge over recorded boards of which two titles differ: ``python benchmarks/certain_merges.py ../shared/samples``.

Each recorded answer is a source of its own, read one after another as polls would. Printed for a person to judge: the jobs that
hold two titles, with employer, place and source, and why the later one joined; then the counts.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alerts.dedupe.blocks import blocks
from alerts.dedupe.choose import assign
from alerts.dedupe.fingerprint import fingerprint
from alerts.dedupe.nearby import Nearby
from alerts.model.errors import AlertsError
from alerts.model.identity import Fingerprint
from alerts.model.posting import Posting
from alerts.normalise.posting import normalise
from benchmarks.samples_table import SKIPPED, kind_of, postings

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def main(folder: Path) -> None:
    near, jobs, rows, pairs = Nearby(), defaultdict[int, list[tuple[Posting, str]]](list), 0, 0
    for posting in recorded(folder):
        one: Fingerprint = fingerprint(posting, with_text=True, seen=NOW)
        keys = blocks(one)
        found = assign(one, [(str(job), other) for job, other in near.of(one, keys)])
        job = int(found.job) if found.job else rows
        near.add(job, one, keys)
        jobs[job].append((posting, found.evidence[0] if found.job and found.evidence else ""))
        rows, pairs = rows + 1, pairs + len(found.possibly)
    differ = [each for each in jobs.values() if len({posting.title.casefold() for posting, _ in each}) > 1]
    for each in differ:
        print("--")
        for posting, why in each:
            places = "; ".join(place.raw or place.city or "" for place in posting.places)[:60]
            print(f"  {posting.title[:80]} | {posting.company} | {places} | {posting.source} | {why[:70]}")
    joined = sum(len(each) > 1 for each in jobs.values())
    print(
        f"{rows} postings, {len(jobs)} jobs, {joined} of several postings, {len(differ)} with two titles; {pairs} told as likely"
    )


def recorded(folder: Path):  # type: ignore[no-untyped-def]  # an iterator of postings
    """The postings of every recorded list that some kind reads; of a series the last only."""
    files = [
        file for file in sorted(folder.rglob("*")) if file.is_file() and not str(file.relative_to(folder)).startswith(SKIPPED)
    ]
    last = {file.parent: file for file in files if "-series" in str(file)}
    for file in files:
        if "detail" in file.name or last.get(file.parent, file) != file:
            continue
        name = str(file.relative_to(folder))
        try:
            found = postings(kind_of(name), file)
        except (AlertsError, ValueError, KeyError, ImportError):
            continue
        yield from (normalise(raw, source=name, now=NOW) for raw in found)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
