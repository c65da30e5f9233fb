"""Are two postings one job, their addresses hidden? For each labelled pair, from what the postings say."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alerts.dedupe.fingerprint import fingerprint
from alerts.dedupe.judge import judge
from alerts.model.identity import Fingerprint
from alerts.model.posting import Posting
from alerts.model.raw import RawPlace
from alerts.normalise import places


def predict(folder: Path) -> Iterator[dict[str, object]]:
    """One answer a pair: ``{id, same}``; *certain* and *likely* together count as same."""
    with (folder / "dedupe_content.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            verdict = judge(as_fingerprint(row["a"], "a"), as_fingerprint(row["b"], "b"))
            yield {"id": row["id"], "same": verdict.relation != "different"}


def as_fingerprint(said: dict[str, Any], source: str, number: str = "") -> Fingerprint:
    """The fingerprint of a labelled posting: company, title, places, dates and the text where there is one."""
    posting = Posting(
        source=source,
        source_id=number,
        url="",
        title=said["title"],
        company=said["company"],
        places=tuple(place for text in said["locations"] for place in places.read((RawPlace(text),))),
        work=("remote",) if any("remote" in text.lower() for text in said["locations"]) else (),
        posted=_day(said.get("posted")),
        text=said.get("description") or "",
    )
    return fingerprint(posting, with_text=True, seen=_day(said["first_seen"]))


def _day(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
