"""Build alerts/sources/data/boards.tsv.gz, the list of known boards, from a folder of CSV files (name,slug,url), one a system.

    python benchmarks/build_boards.py FOLDER

The files are those of ``ats-companies/`` in the registry github.com/shivavvs7/ats-scrapers (MIT); only names and addresses
are taken. A board is kept when its kind recognises its address. Prints how many were kept of each.
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

from alerts import plugins
from alerts.sources._boards import Board, folded

TARGET = Path(__file__).parent.parent / "alerts" / "sources" / "data" / "boards.tsv.gz"
#: Ends of an address that are the same for all boards of a kind.
ENDS = {"eightfold": "/careers", "recruitee": "/api/offers/", "successfactors": "/sitemal.xml"}


def boards(path: Path) -> list[Board]:
    """The boards of one file whose addresses the kind of that name recognises."""
    kind = path.stem
    if kind not in plugins.kinds("sources"):
        return []
    recognise = plugins.load("sources", kind).recognise
    found = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            company, address = " ".join(row["name"].split()), row["url"].strip()
            if recognise(address) is None and kind in ENDS:
                address = address.rstrip("/") + ENDS[kind]
            if folded(company) and recognise(address) is not None:
                found[address] = Board(company, kind, address)
    return list(found.values())


def main(folder: Path) -> None:
    """Write the list, sorted, so that the same facts make the same file."""
    kept: list[Board] = []
    for path in sorted(folder.glob("*.csv")):
        mine = boards(path)
        kept += mine
        print(f"{path.stem:20} {len(mine):6}")
    lines = sorted(f"{each.kind}\t{each.company}\t{each.address.removeprefix('https://')}\n" for each in kept)
    packed = gzip.compress("".join(lines).encode(), 9, mtime=0)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(packed)
    print(f"{'all':20} {len(lines):6}  {len(packed):,} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
