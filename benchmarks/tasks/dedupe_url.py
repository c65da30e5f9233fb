"""Are two addresses one job? For each labelled pair, from the two addresses alone."""

import json
from collections.abc import Iterator
from pathlib import Path

from alerts.dedupe.address import identify
from alerts.dedupe.canonical import canonical


def predict(folder: Path) -> Iterator[dict[str, object]]:
    """One answer a pair: ``{id, same}``."""
    with (folder / "dedupe_url.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            a, b = identify(row["url_a"]), identify(row["url_b"])
            same = a == b if a and b else canonical(row["url_a"]) == canonical(row["url_b"])
            yield {"id": row["id"], "same": same}
