"""A recorded or invented series of boards, served in order through the whole house under a moved clock, and counted."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.model.event import EventKind
from alerts.model.posting import Posting
from alerts.store.short import short
from tests.story.conftest import Stage

EVENTS = [kind.value for kind in EventKind]
#: Between two steps a daemon reads on; these readings show the listing of the step before once more.
IDLE = (timedelta(hours=3), timedelta(hours=7), timedelta(hours=11))
#: Wants every job: an empty search is refused.
CATCH_ALL = f"""
[[searches]]
name = "all"
exclude = ["zzyzx"]
events = {json.dumps(EVENTS)}
[channels.out]
kind = "file"
path = "{{folder}}/out.jsonl"
"""


@dataclass(frozen=True)
class Step:
    """What the pages say from a moment on; and by source name, the ids that are open there."""

    at: datetime
    pages: dict[str, object]
    listed: dict[str, set[str]]


@dataclass
class Tally:
    """What came of a series."""

    steps: int = 0
    polls: int = 0
    #: Listings that were not there at the first reading of their source.
    appeared: int = 0
    #: Alerts that arrived, by event.
    told: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    #: Jobs or addresses that were told as new more than once.
    twice: list[str] = field(default_factory=list)
    #: Listings that appeared and whose job nobody heard of.
    missed: list[str] = field(default_factory=list)
    #: Listings of the first reading that were told as new.
    old: list[str] = field(default_factory=list)
    #: Listings that appeared and were taken for a job that was there from the start …
    joined_old: list[str] = field(default_factory=list)
    #: … or for one that was told with another listing.
    joined_told: list[str] = field(default_factory=list)
    #: By event: every alert in a line, for a person to read.
    lines: dict[str, list[str]] = field(default_factory=dict)


def run(steps: Sequence[Step], sources: str, folder: Path) -> Tally:
    """Serve the steps, reading and delivering at each and in between; ``sources`` is configuration with ``SITE`` in it."""
    tally = Tally(lines={event: [] for event in EVENTS})
    with ExitStack() as stack:
        stage = Stage(folder, stack)
        stage.now = steps[0].at
        stage.configure(sources + CATCH_ALL.format(folder=folder))
        received: list[dict] = []
        for step, moments in _timetable(steps):
            stage.pages.update(step.pages)
            tally.steps += 1
            for stage.now in moments:
                tally.polls += 1
                tally.errors += [f"{stage.now:%F %H:%M} {report.error}" for report in stage.poll() if report.error]
                tally.errors += [result.outcome.why for result in stage.deliver() if result.state != "sent"]
                received += stage.told()
        _count(received, tally)
        _judge(steps, received, stage, tally)
    return tally


def _timetable(steps: Sequence[Step]) -> Iterator[tuple[Step, list[datetime]]]:
    for number, step in enumerate(steps):
        end = steps[number + 1].at if number + 1 < len(steps) else step.at + timedelta(days=1)
        yield step, [step.at, *(step.at + wait for wait in IDLE if step.at + wait < end)]


def _count(received: Iterable[dict], tally: Tally) -> None:
    seen: set[str] = set()
    for alert in received:
        tally.told[alert["event"]] += 1
        tally.lines[alert["event"]].append(_line_of(alert))
        if alert["event"] != "new":
            continue
        for told in (f"job {alert['job']}", f"address {alert['posting']['url']}"):
            if told in seen:
                tally.twice.append(f"{told}: {_line_of(alert)}")
            seen.add(told)


def _judge(steps: Sequence[Step], received: Iterable[dict], stage: Stage, tally: Tally) -> None:
    """Hold what arrived against what was listed."""
    store = stage.means.store
    arrived = {alert["job"] for alert in received if alert["event"] == "new"}
    told_first: dict[int, str] = {}
    for source in stage.means.plan.sources:
        listings = [step.listed[source.name] for step in steps if source.name in step.listed]
        first, ever = listings[0], dict.fromkeys(one for listed in listings for one in sorted(listed))
        known = store.postings.known(source.key, list(ever))
        for one in ever:
            entry = known.get(one)
            if entry is None:
                tally.missed.append(f"{source.name} {one}: never stored")
                continue
            line, heard = f"{_line(store.postings.get(entry.id).posting)} → {short(entry.job)}", short(entry.job) in arrived
            state = store.postings.job(entry.job)
            if one in first:
                if heard:
                    tally.old.append(line)
                continue
            tally.appeared += 1
            if state and state.baseline:
                tally.joined_old.append(f"{line} ({_others(entry.job, one, stage)})")
            elif not heard:
                tally.missed.append(line)
            elif told_first.setdefault(entry.job, one) != one:
                tally.joined_told.append(f"{line} ({_others(entry.job, one, stage)})")


def _others(job: int, source_id: str, stage: Stage) -> str:
    others = [one.posting for one in stage.means.store.postings.of_job(job) if one.posting.source_id != source_id]
    return "as " + "; ".join(_line(posting) for posting in others[:3]) if others else "alone"


def _line(posting: Posting) -> str:
    where = " · ".join(place.raw for place in posting.places[:3])
    return f"{posting.company}: {posting.title} [{where}] {posting.url}"


def _line_of(alert: dict) -> str:
    posting = alert["posting"]
    where = " · ".join(place["raw"] for place in posting["locations"][:3])
    changes = "; ".join(f"{one['field']}: {one['before'][:60]} → {one['after'][:60]}" for one in alert.get("changes", ()))
    return f"{alert['at'][:10]} {posting['company']}: {posting['title']} [{where}] {posting['url']} {changes}".rstrip()


# --- where series come from -----------------------------------------------------------------------------------------


def greenhouse(folder: Path) -> tuple[list[Step], str]:
    """``NAME-20260808T195722Z.json`` …: one board of Greenhouse, as it was at each time."""
    steps = []
    for path in sorted(folder.glob("*.json")):
        page = json.loads(path.read_text("utf-8"))
        listed = {str(job["id"]) for job in page["jobs"]}
        steps.append(Step(_time(path), {f"/v1/boards/{folder.name}/jobs": page}, {folder.name: listed}))
    return steps, f'[[sources]]\nname="{folder.name}"\nkind="greenhouse"\nboard="{folder.name}"\nbase_url="SITE"\n'


def lever(folder: Path) -> tuple[list[Step], str]:
    """The same of Lever."""
    steps = []
    for path in sorted(folder.glob("*.json")):
        page = json.loads(path.read_text("utf-8"))
        steps.append(Step(_time(path), {f"/v0/postings/{folder.name}": page}, {folder.name: {job["id"] for job in page}}))
    return steps, f'[[sources]]\nname="{folder.name}"\nkind="lever"\nsite="{folder.name}"\nbase_url="SITE"\n'


def _time(path: Path) -> datetime:
    return datetime.strptime(path.stem.rpartition("-")[2], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def changes(path: Path, every: int = 1) -> tuple[list[Step], str]:
    """Successive changes of one ``listings.json``, each ``every``-th of its states."""
    rows: dict[str, dict] = {}
    steps, last = [], datetime.min.replace(tzinfo=UTC)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            change = json.loads(line)
            for row in [*change["added"], *(_after(row) for row in change["changed"])]:
                rows[row["id"]] = {**rows.get(row["id"], {}), **row}
            for gone in change["removed"]:
                rows.pop(gone if isinstance(gone, str) else gone["id"], None)
            if number % every == 0:
                last = max(datetime.fromtimestamp(change["ts"], UTC), last + timedelta(minutes=1))
                steps.append(_state(last, rows.values()))
    return steps, '[[sources]]\nname="list"\nkind="listings"\nurl="SITE/listings.json"\n'


def _after(row: dict) -> dict:
    return row.get("after", row)


def _state(at: datetime, rows: Iterable[dict]) -> Step:
    listed = {row["id"] for row in rows if row.get("active") and row.get("is_visible", True)}
    return Step(at, {"/listings.json": list(rows)}, {"list": listed})


def invented(path: Path) -> tuple[list[Step], str, dict]:
    """A series of our own: jobs by letter, steps that name them, the counts that must come out."""
    told = json.loads(path.read_text("utf-8"))
    steps = []
    for step in told["steps"]:
        board = [
            {**told["jobs"][name.rstrip("*")], **(told["variants"][name] if name.endswith("*") else {})} for name in step["board"]
        ]
        rows = [told["rows"][name] for name in step["list"]]
        pages = {"/v1/boards/kestrel/jobs": {"jobs": board}, "/listings.json": rows}
        listed = {"kestrel": {str(job["id"]) for job in board}, "list": {row["id"] for row in rows}}
        steps.append(Step(datetime.fromisoformat(step["at"]), pages, listed))
    sources = (
        '[[sources]]\nname="kestrel"\nkind="greenhouse"\nboard="kestrel"\nbase_url="SITE"\n'
        '[[sources]]\nname="list"\nkind="listings"\nurl="SITE/listings.json"\n'
    )
    return steps, sources, told["expected"]


def found(folder: Path) -> dict[str, tuple[list[Step], str]]:
    """The recorded series below a folder, by name."""
    series = {}
    for one in sorted((folder / "samples" / "greenhouse-series").glob("*")):
        series[f"greenhouse {one.name}"] = greenhouse(one)
    for one in sorted((folder / "samples" / "lever-series").glob("*")):
        series[f"lever {one.name}"] = lever(one)
    for path in sorted((folder / "replay").glob("*.jsonl.gz")):
        series[f"list {path.name.partition('.')[0]}"] = changes(path)
    return series


def run_alone(steps: Sequence[Step], sources: str) -> Tally:
    """:func:`run` in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return run(steps, sources, Path(folder))
