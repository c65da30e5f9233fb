"""How much of recorded answers each kind of source reads: postings found against the recorder's count, and shares of fields.

    python benchmarks/samples_table.py ../shared/samples

The folder holds one folder a system and an ``INDEX.md`` with a table "| file | postings | …" for each. Prints a Markdown table.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from alerts import plugins
from alerts.discover.detect_kind import options_for
from alerts.model.page import Page, Request
from alerts.model.raw import RawPosting

#: Folder → kind, where the two have different names. Files may be named too.
KIND_OF = {
    "greenhouse-series": "greenhouse",
    "lever-series": "lever",
    "simplify": "listings",
    "simplify-series": "listings",
    "job-page": "page",
    "jsonld": "page",
    "gusto": "page",
    "icims/icims-detail-jsonld.html": "page",
    "paylocity/paylocity-detail-sendcutsend-jsonld.html": "page",
    "workatastartup/workatastartup-detail-diode-senior.html": "page",
    "wp-job-feed": "rss",
    "rss-other": "rss",
    "neogov": "rss",
    "hackernews/hnrss-sample.xml": "rss",
    "readme-tables": "readme",
    "jobtech-se": "jobtech",
    "oracle-orc": "oracle",
}
#: Recorded answers that no kind reads: no postings in them, or sites that must not be read.
SKIPPED = (
    "_boards",
    "_corpora",
    "bundesagentur/",
    "linkedin",
    "github-issues",
    "usajobs/usajobs-historical",
    "hn-algolia-story-search",
)
#: Answers for one posting alone: they complete an entry of a list.
DETAIL = re.compile(r"detail")


def counted(folder: Path) -> dict[str, int | None]:
    """File → the recorder's count of postings (None where the index gives none), from ``INDEX.md``."""
    found: dict[str, int | None] = {}
    section = ""
    for line in (folder / "INDEX.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:].strip()
        elif (cells := [cell.strip() for cell in line.split("|")]) and len(cells) > 3 and "." in cells[1]:
            found[f"{section}/{cells[1]}"] = int(cells[2]) if cells[2].isdigit() else None
    return found


def kind_of(file: str) -> str:
    folder = file.partition("/")[0]
    return KIND_OF.get(file) or KIND_OF.get(folder) or folder


def postings(kind: str, file: Path) -> tuple[RawPosting, ...]:
    """What the kind reads from the file, as a page of a list or as the details of one posting."""
    module, options = plugins.load("sources", kind), options_for(kind, "")
    page = Page(Request("https://example.org/jobs"), "https://example.org/jobs", file.read_bytes(), datetime.now(UTC))
    if DETAIL.search(file.name) and hasattr(module, "read_detail"):
        entry = RawPosting("1", page.url, "(the entry)", detailed=False)
        return (module.read_detail(page, entry, options),)
    return tuple(module.read(page, options).postings)


def main(folder: Path) -> None:
    expected: Counter[str] = Counter()
    found: Counter[str] = Counter()
    files: Counter[str] = Counter()
    shares: dict[str, Counter[str]] = {}
    faults = []
    for name, count in sorted(counted(folder).items()):
        kind = kind_of(name)
        if any(part in name for part in SKIPPED):
            continue
        files[kind] += 1
        expected[kind] += count or 0
        try:
            read = postings(kind, folder / name)
        except Exception as wrong:
            faults.append(f"{name} as {kind}: {type(wrong).__name__}: {wrong}")
            continue
        if count is not None and len(read) != count:
            faults.append(f"{name} as {kind}: {len(read)} of {count}")
        found[kind] += len(read)
        has = shares.setdefault(kind, Counter())
        for posting in read:
            has["company"] += bool(posting.company)
            has["place"] += bool(posting.places or posting.remote_areas)
            has["date"] += posting.posted is not None
            has["pay"] += bool(posting.pay)
            has["text"] += bool(posting.html or posting.text)
    print("| kind | files | found / recorded | company | place | date | pay | text |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for kind in sorted(files):
        shown = " | ".join(
            share(shares.get(kind, Counter())[field], found[kind]) for field in ("company", "place", "date", "pay", "text")
        )
        print(f"| {kind} | {files[kind]} | {found[kind]} / {expected[kind]} | {shown} |")
    print(f"| all | {sum(files.values())} | {sum(found.values())} / {sum(expected.values())} | | | | | |")
    print("\nOther counts than the recorder's:", *(faults or ["none"]), sep="\n- ")


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
