"""Which postings of a stream from several sources are one job? Certain merges only, in the order of the stream."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alerts.dedupe.blocks import blocks
from alerts.dedupe.choose import assign
from alerts.model.identity import Fingerprint
from benchmarks.tasks.dedupe_content import as_fingerprint


def predict(folder: Path) -> Iterator[dict[str, object]]:
    """One answer a posting: ``{rec, cluster}``. Read in the order in which the postings were first seen."""
    with (folder / "dedupe_cluster.jsonl").open(encoding="utf-8") as lines:
        rows = sorted(map(json.loads, lines), key=lambda row: row["first_seen"])
    index: dict[str, list[int]] = defaultdict(list)
    stored: list[tuple[str, Fingerprint]] = []
    for row in rows:
        new = of_stream(row)
        keys = blocks(new)
        near = sorted({number for key in keys for number in index[key]})
        job = assign(new, [stored[number] for number in near]).job or row["rec"]
        for key in keys:
            index[key].append(len(stored))
        stored.append((job, new))
        yield {"rec": row["rec"], "cluster": job}


def of_stream(row: dict[str, Any]) -> Fingerprint:
    """The fingerprint of a row, from the fields that a program may see."""
    return as_fingerprint(
        {name: row[name] for name in ("company", "title", "locations", "first_seen")}, row["source"], row["rec"]
    )
