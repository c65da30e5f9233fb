"""Replay recorded feeds through identity and presence: ``python benchmarks/replay.py FOLDER``.

FOLDER holds ``replay/*.jsonl.gz`` (successive changes of one list) and ``samples/{greenhouse,lever}-series`` (one board at
several times). Each is read as a poll would read it; what would be told is counted, with ten of each to be read by a
person. *Told again* is counted apart from the rules: a posting, or a native id, that was told as new before. It must be 0.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alerts.dedupe.blocks import blocks
from alerts.dedupe.changes import compare, content_key, without_boilerplate
from alerts.dedupe.choose import assign
from alerts.dedupe.fingerprint import fingerprint
from alerts.dedupe.presence import Presence, is_closed, is_repost, judge_listing, not_seen, seen
from alerts.model.event import Change
from alerts.model.identity import Fingerprint
from alerts.model.page import Page, Request
from alerts.model.posting import Posting
from alerts.model.raw import RawPosting
from alerts.normalise.posting import normalise
from alerts.sources import greenhouse, lever, listings

KINDS = ("new", "told again", "changed", "closed", "reopened", "reposted", "joined", "possibly")


@dataclass
class Known:
    """One posting as the store would keep it."""

    job: str
    posting: Posting
    key: str
    fingerprint: Fingerprint
    presence: Presence = field(default_factory=Presence)


@dataclass
class World:
    """All that is known, in memory, and all that was told."""

    known: dict[tuple[str, str], Known] = field(default_factory=dict)
    index: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    listed: dict[str, int] = field(default_factory=dict)
    told: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    #: Postings, native ids and jobs that were told as new.
    told_as_new: set[str] = field(default_factory=set)
    listings: int = 0
    not_counted: int = 0

    def tell(self, kind: str, now: datetime, posting: Posting, words: str = "") -> None:
        self.told[kind].append(f"{now:%Y-%m-%d %H:%M} {posting.company} | {posting.title} | {words}"[:170])


def poll(world: World, source: str, raws: tuple[RawPosting, ...], now: datetime) -> None:
    """One complete listing of a source."""
    world.listings += 1
    changed: dict[str, tuple[Change, ...]] = {}
    mine = {number: known for (name, number), known in world.known.items() if name == source}
    for raw in raws:
        known = mine.get(raw.source_id)
        if known is None:
            take_up(world, normalise(raw, source=source, now=now), content_key(raw), now)
        else:
            changed[raw.source_id] = look_again(world, known, raw, now)
    for number, changes in without_boilerplate(changed).items():
        words = "; ".join(f"{c.field}: {c.before[:40]!r} -> {c.after[:40]!r}" for c in changes)
        world.tell("changed", now, mine[number].posting, words)
    miss(world, source, mine, {raw.source_id for raw in raws}, now)


def take_up(world: World, posting: Posting, key: str, now: datetime) -> None:
    """A posting that its source has not had before: a new job, or another posting of one that is known."""
    new = fingerprint(posting, with_text=True, seen=now)
    keys = blocks(new)
    near = sorted({place for name in keys for place in world.index.get(name, ())})
    found = assign(new, [(world.known[place].job, world.known[place].fingerprint) for place in near])
    job = found.job or f"{posting.source}/{posting.source_id}"
    if found.job is None:
        tell_new(world, job, posting, new, now)
        if found.possibly:
            world.tell("possibly", now, posting, f"as {world_title(world, found.possibly[0])}: {'; '.join(found.evidence[:2])}")
    else:
        others = [world.known[place] for place in near if world.known[place].job == job]
        closings = [other.presence.closed_at for other in others]
        last = max((at for at in closings if at), default=None) if all(closings) else None
        kind = "reposted" if is_repost(last, None, posting.posted, new_id=True) else "joined"
        world.tell(kind, now, posting, f"with {others[0].posting.title}: {'; '.join(found.evidence[:2])}")
    world.known[posting.source, posting.source_id] = Known(job, posting, key, new)
    for name in keys:
        world.index[name].add((posting.source, posting.source_id))


def tell_new(world: World, job: str, posting: Posting, new: Fingerprint, now: datetime) -> None:
    names = {f"{posting.source}/{posting.source_id}", job, *new.ids}
    again = names & world.told_as_new
    world.tell("told again" if again else "new", now, posting, ", ".join(sorted(again)))
    world.told_as_new |= names


def look_again(world: World, known: Known, raw: RawPosting, now: datetime) -> tuple[Change, ...]:
    """A posting that is known: seen again, and what is news in it."""
    if is_closed(known.presence, now):
        world.tell(
            "reopened", now, known.posting, f"closed {known.presence.closed_at:%Y-%m-%d}" if known.presence.closed_at else ""
        )
    known.presence = seen(known.presence)
    key = content_key(raw)
    if key == known.key:
        return ()
    after = normalise(raw, source=known.posting.source, now=now)
    changes = compare(known.posting, after)
    known.posting, known.key = after, key
    return changes


def miss(world: World, source: str, mine: dict[str, Known], listed: set[str], now: datetime) -> None:
    """The postings that the listing lacks, where it counts."""
    open_before = sum(not is_closed(known.presence, now) for known in mine.values())
    verdict = judge_listing(open_before, len(listed), world.listed.get(source), complete=True)
    world.listed[source] = len(listed)
    if not verdict.counts:
        world.not_counted += 1
        return
    for number, known in mine.items():
        if number not in listed and known.presence.closed_at is None:
            known.presence = not_seen(known.presence, now)
            if known.presence.closed_at:
                world.tell("closed", now, known.posting, f"missing since {known.presence.first_missed:%Y-%m-%d %H:%M}")


def world_title(world: World, job: str) -> str:
    return next((known.posting.title for known in world.known.values() if known.job == job), job)


def board_series(folder: Path) -> Iterator[tuple[str, datetime, tuple[RawPosting, ...]]]:
    """The recorded boards, each file one listing; the time stands in its name."""
    for kind in ("greenhouse", "lever"):
        for file in sorted((folder / "samples" / f"{kind}-series").glob("*/*.json")):
            now = datetime.strptime(file.stem.rpartition("-")[2], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            page = Page(Request("https://example.org"), "https://example.org", file.read_bytes(), now)
            if kind == "greenhouse":
                yield file.parent.name, now, greenhouse.read(page, greenhouse.Options(board=file.parent.name)).postings
            else:
                yield file.parent.name, now, lever.read(page, lever.Options(site=file.parent.name)).postings


def list_changes(file: Path) -> Iterator[tuple[str, datetime, tuple[RawPosting, ...]]]:
    """The list after each recorded change."""
    options = listings.Options.model_validate({"url": "https://example.org/listings.json"})
    rows: dict[str, RawPosting] = {}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for step in map(json.loads, lines):
            now = datetime.fromtimestamp(step["ts"], UTC)
            touched = step["added"] + step["changed"]
            body = json.dumps(touched).encode()
            for gone in [row["id"] for row in touched] + step["removed"]:
                rows.pop(gone, None)
            for raw in listings.read(Page(Request("https://example.org"), "https://example.org", body, now), options).postings:
                rows[raw.source_id] = raw
            yield re.sub(r"\W.*", "", file.name), now, tuple(rows.values())


def main(folder: Path) -> int:
    streams = [(file.name, list_changes(file)) for file in sorted((folder / "replay").glob("*.jsonl.gz"))]
    streams.append(("board series", board_series(folder)))
    again = 0
    for name, stream in streams:
        world = World()
        for source, now, raws in stream:
            poll(world, source, raws, now)
        report(name, world)
        again += len(world.told["told again"])
    return 1 if again else 0


def report(name: str, world: World) -> None:
    print(
        f"\n== {name}: {world.listings} listings, {len(world.known)} postings;"
        f" {world.not_counted} listings did not count for what they lack"
    )
    print("   " + ", ".join(f"{kind} {len(lines)}" for kind, lines in world.told.items()))
    for kind, lines in world.told.items():
        if lines:
            print(f"-- {kind}")
            step = max(1, len(lines) // 10)
            for line in lines[::step][:10]:
                print("   ", line)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
