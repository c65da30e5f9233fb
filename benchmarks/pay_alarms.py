"""Every statement of pay that is read in the running text of recorded postings, one a line, for a person to judge.

    python benchmarks/pay_alarms.py FOLDER… [--judged FILE] > hits.tsv

Looks at each long text of the JSON files in the folders and of the postings that a kind of source reads from the others, each
text once. A line holds a key, the kind of pay, the pay, and the words round it. ``--judged`` names such a file whose false
alarms a person has marked with "no" in front: those keys are counted, and only lines that it does not hold are printed.
The last line says, on the error channel, how many texts were read and how many hits there are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import samples_table

from alerts.model.errors import AlertsError
from alerts.normalise import pay, text

#: Shorter strings are fields, not running text.
_LEAST = 300


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folders", nargs="+", type=Path)
    arguments.add_argument("--judged", type=Path)
    given = arguments.parse_args()
    judged = marks(given.judged) if given.judged else {}
    count = hits = false = 0
    for body in texts(given.folders):
        count += 1
        for found in pay.from_text(body):
            key = hashlib.sha256(f"{body}|{found.words}".encode()).hexdigest()[:10]
            hits += 1
            false += judged.get(key) == "no"
            if key not in judged:
                print(f"{key}\t{found.kind}\t{pay.say(found)}\t{around(body, found.words)}")
    print(f"{count} texts, {hits} statements of pay, {false} of them judged false", file=sys.stderr)
    return 0


def marks(file: Path) -> dict[str, str]:
    """Key → "no" where a person says that it is no pay, else ""."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.rpartition("no\t") if line.startswith("no\t") else ("", "", line)
        found[rest.partition("\t")[0]] = "no" if line.startswith("no\t") else mark
    return found


def around(body: str, words: str) -> str:
    """The words with what stands round them, on one line."""
    place = body.find(words)
    return " ".join(body[max(0, place - 60) : place + len(words) + 60].split()) if place >= 0 else words


def texts(folders: list[Path]) -> Iterator[str]:
    """Each long text once, clean."""
    seen = set()
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            for raw in strings(folder, file):
                body = text.clean(raw, None) if "<" in raw else text.clean(None, raw)
                if len(body) >= _LEAST and body not in seen:
                    seen.add(body)
                    yield body


def strings(folder: Path, file: Path) -> Iterator[str]:
    """The texts of one file: of all JSON, else of the postings in it."""
    if file.suffix in (".json", ".jsonl"):
        lines = file.read_text(encoding="utf-8", errors="replace")
        for part in [lines] if file.suffix == ".json" else lines.splitlines():
            try:
                yield from walk(json.loads(part))
            except ValueError:
                continue
    elif file.suffix in (".xml", ".html", ".rss", ".atom"):
        name = str(file.relative_to(folder))
        try:
            for raw in samples_table.postings(samples_table.kind_of(name), file):
                yield raw.html or raw.text or ""
        except (AlertsError, LookupError, ValueError, ImportError):
            return


def walk(value: Any) -> Iterator[str]:
    """Every long string in a JSON value."""
    if isinstance(value, str):
        if len(value) >= _LEAST:
            yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from walk(each)
    elif isinstance(value, list):
        for each in value:
            yield from walk(each)


if __name__ == "__main__":
    sys.exit(main())
