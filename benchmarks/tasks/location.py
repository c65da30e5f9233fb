"""location: a location field, a heading or a sentence → countries, cities, work types and remote scope."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from alerts.model.raw import RawPlace, RawPosting
from alerts.normalise import headline
from alerts.normalise.posting import normalise
from alerts.normalise.scope import codes

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def predict(folder: Path) -> Iterator[dict[str, object]]:
    for line in (folder / "location.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield {"id": row["id"], **answer(row.get("location"), row.get("title") or "", row.get("cue") or "")}


def answer(location: str | None, title: str, cue: str) -> dict[str, object]:
    """What the program says of one row; a heading stands where the title would."""
    raw = RawPosting(
        "1",
        "https://example.org/1",
        title if location else cue,
        places=(RawPlace(location),) if location else (),
        text=cue if location else "",
    )
    posting = normalise(raw, source="benchmark", now=NOW)
    words = location or headline.place_words(cue)
    scope = posting.remote_scope
    if not scope and "remote" not in posting.work and not posting.places and words:
        # The labels name a zone even where the job is not said to be remote.
        scope = codes(words)
    return {
        "countries": sorted({place.country for place in posting.places if place.country}),
        "cities": sorted({place.city for place in posting.places if place.city}),
        "work_types": sorted(posting.work),
        "remote_scope": sorted({code if code.startswith("TZ:") else code.partition("-")[0] for code in scope}),
    }
