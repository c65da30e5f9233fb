"""Are postings still read the same? Every field, evidence included, of all texts in some folders, kept and compared.

    python benchmarks/same_postings.py write /tmp/before.jsonl ../shared/samples ../shared/truth/dev ../shared/cases
    python benchmarks/same_postings.py compare /tmp/before.jsonl ../shared/samples ../shared/truth/dev ../shared/cases

A folder with an ``INDEX.md`` holds recorded answers of sources (see ``samples_table.py``); any other holds ``.jsonl`` files, of
which the raw postings (``raw``), jobs (``description``), pay strings (``text``) and places (``location``) are read. Write before
a change and compare after it: what differs is printed, field by field, and the script ends with 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from samples_table import SKIPPED, counted, kind_of, postings  # noqa: E402

from alerts.model.posting import Posting  # noqa: E402
from alerts.model.raw import RawPay, RawPlace, RawPosting  # noqa: E402
from alerts.normalise.posting import normalise  # noqa: E402

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
SHOWN = 20


def raws(folders: list[Path]) -> Iterator[RawPosting]:
    """Every raw posting that the folders hold, in an order that does not change."""
    for folder in folders:
        if (folder / "INDEX.md").exists():
            yield from _recorded(folder)
        else:
            for file in sorted(folder.glob("*.jsonl")):
                for line in file.read_text("utf-8").splitlines():
                    yield from _of_row(json.loads(line))


def _recorded(folder: Path) -> Iterator[RawPosting]:
    for name in sorted(counted(folder)):
        if not any(part in name for part in SKIPPED):
            try:
                yield from postings(kind_of(name), folder / name)
            except Exception as wrong:
                print(f"{name}: {type(wrong).__name__}: {wrong}", file=sys.stderr)


def _of_row(row: dict[str, Any]) -> Iterator[RawPosting]:
    head = {"source_id": "1", "url": "https://example.org/jobs/1", "title": row.get("title") or "Engineer"}
    if isinstance(raw := row.get("raw"), dict):
        shapes = {"places": RawPlace, "pay": RawPay}
        said = {name: _value(shapes.get(name), value) for name, value in raw.items()}
        yield RawPosting(**(head | said))
    elif "description" in row:
        places = tuple(map(RawPlace, row["locations"]))
        yield RawPosting(**head, company=row.get("company"), places=places, text=row["description"])
    elif "location" in row:
        yield RawPosting(**head, places=(RawPlace(row["location"]),), text=row.get("cue"))
    elif "text" in row:
        yield RawPosting(**head, text=row["text"])


def _value(shape: type | None, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return tuple(shape(**one) if shape and isinstance(one, dict) else one for one in value)


def read(raw: RawPosting) -> dict[str, str]:
    """Field → what was read, as it prints."""
    posting = normalise(raw, source="x", now=NOW)
    return {field.name: repr(getattr(posting, field.name)) for field in fields(Posting)}


def main(what: str, file: Path, folders: list[Path]) -> int:
    if what == "write":
        with file.open("w", encoding="utf-8") as kept:
            kept.writelines(json.dumps(read(raw)) + "\n" for raw in raws(folders))
        return 0
    count = faults = 0
    with file.open(encoding="utf-8") as kept:
        for raw, line in zip_longest(raws(folders), kept):
            if raw is None or line is None:
                print("not the same postings: write again")
                return 1
            count += 1
            before, after = json.loads(line), read(raw)
            wrong = [name for name in after if after[name] != before.get(name)]
            faults += bool(wrong)
            if wrong and faults <= SHOWN:
                print(raw.url, raw.title[:60], *(f"  {name}: {before.get(name)} → {after[name]}" for name in wrong), sep="\n")
    print(f"{count} postings, {faults} read differently")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]]))
