"""Entries of a feed whose bytes were read before: under which key, as which posting, and what that said."""

from __future__ import annotations

import json
from collections.abc import Mapping

from alerts.dedupe.changes import content_key
from alerts.model.raw import Reading
from alerts.store.postings import Postings

#: Key of the bytes → (id of the posting, hash of what it said).
Seen = Mapping[str, tuple[str, str]]


def seen_of(validators: Mapping[str, str]) -> Seen:
    """What was kept with the validators of a page."""
    try:
        said = json.loads(validators.get("entries") or "{}")
        return {str(key): (str(one), str(content)) for key, (one, content) in said.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def still_stored(postings: Postings, source: str, seen: Seen) -> Seen:
    """Those whose posting is stored as it was then, and nothing of it is outstanding."""
    if not seen:
        return {}
    stored = postings.contents(source, [one for one, _ in seen.values()])
    return {key: (one, content) for key, (one, content) in seen.items() if stored.get(one) == content}


def kept(reading: Reading, seen: Seen) -> str:
    """All entries of a page, to be kept with its validators."""
    contents = {raw.source_id: content_key(raw) for raw in reading.postings}
    every = {key: seen[key] if key in seen else (one, contents.get(one, "")) for key, one in reading.entries}
    return json.dumps(every)
