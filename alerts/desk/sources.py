"""The room of what is read: what needs attention first, what each source brought, and wishes to the daemon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from starlette.responses import Response

from alerts import plugins
from alerts.acts import troubles
from alerts.acts.troubles import Trouble
from alerts.desk import pages, wishes
from alerts.desk.call import Call
from alerts.desk.facets import source_code
from alerts.desk.picture import Spark, spark
from alerts.model.plan import Source
from alerts.render import wording
from alerts.render.clean import line
from alerts.store.readings import Reading
from alerts.store.sources import SourceState

#: Days that the small picture shows.
DAYS = 20
#: Single readings that the page of a source shows.
LAST = 50
PAUSE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """What the readings of a day brought."""

    day: str
    listed: int | None
    new: int
    failed: int
    readings: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One source, as it is shown."""

    code: str
    name: str
    kind: str
    host: str
    trouble: Trouble | None
    paused: str
    when: str
    told: str
    spark: Spark | None


def show(call: Call) -> Response:
    """All sources, those in trouble first."""
    states = _states(call)
    units = _units(call, states)
    day = call.store.readings.since(call.now - timedelta(days=1))
    values = {
        "bad": [unit for unit in units if unit.trouble],
        "good": [unit for unit in units if not unit.trouble],
        "new": sum(reading.new for reading in day),
        "readings": len(day),
    }
    return pages.page(call, "sources.html", values)


def as_json(call: Call) -> Response:
    """The same for programs, with the names of ``status --json``."""
    states = _states(call)
    found = troubles.of_sources(call.plan, states, call.store.facts_of("moved:"), call.now)
    return pages.data({"sources": [_record(call, state, found.get(state.key)) for state in states]})


def show_one(call: Call) -> Response:
    """One source with its days and its last readings."""
    state = _of_address(call)
    readings = call.store.readings.since(call.now - timedelta(days=DAYS), state.key)
    zone = call.plan.settings.timezone
    values = {
        "unit": _units(call, [state])[0],
        "state": state,
        "days": list(reversed(_days(readings, call))),
        "last": [(wording.clock(one.at, zone), one) for one in reversed(readings[-LAST:])],
        "read": wording.ago(state.read, call.now, zone) if state.read else "never",
        "changed": wording.ago(state.changed, call.now, zone) if state.changed else "never",
    }
    return pages.page(call, "source.html", values)


def one_as_json(call: Call) -> Response:
    """One source and its readings, for programs."""
    state = _of_address(call)
    found = troubles.of_sources(call.plan, [state], call.store.facts_of("moved:"), call.now)
    readings = call.store.readings.since(call.now - timedelta(days=DAYS), state.key)
    rows = [{"at": one.at, "listed": one.listed, "new": one.new, "failed": bool(one.failed)} for one in readings]
    return pages.data(_record(call, state, found.get(state.key)) | {"readings": rows})


def wish(call: Call) -> Response:
    """Read it now, let it rest, let it go on: asked of the daemon."""
    state, do = _of_address(call), call.field("do")
    name = line(state.name, 80)
    if do == "read":
        wishes.ask(call, "read", state.key, f"{name} is being read now; the next page shows it.")
    elif do == "pause":
        until = call.now + PAUSE
        day = wording.day(until, call.now, call.plan.settings.timezone)
        wishes.ask(call, "pause", state.key, f"{name} rests until {day}.", until=until)
    elif do == "resume":
        wishes.ask(call, "resume", state.key, f"{name} goes on.")
    else:
        raise LookupError(do)
    return call.back("/sources", f"src-{source_code(state.key)}")


def _states(call: Call) -> list[SourceState]:
    keys = {source.key for source in call.plan.sources}
    return [state for state in call.source_states if state.key in keys]


def _of_address(call: Call) -> SourceState:
    """The source that the address names; raises LookupError."""
    code = call.params["source"]
    for state in _states(call):
        if source_code(state.key) == code:
            return state
    raise LookupError(code)


def _units(call: Call, states: Sequence[SourceState]) -> list[Unit]:
    found = troubles.of_sources(call.plan, states, call.store.facts_of("moved:"), call.now)
    asked = call.store.requests.newest(call.now - wishes.TOLD_FOR)
    sources = {source.key: source for source in call.plan.sources}
    only = states[0].key if len(states) == 1 else None
    readings: dict[str, list[Reading]] = {}
    for one in call.store.readings.since(call.now - timedelta(days=DAYS), only):
        readings.setdefault(one.source, []).append(one)
    return [
        _unit(call, state, sources[state.key], found, readings.get(state.key, []), wishes.told(asked.get(state.key), call))
        for state in states
    ]


def _unit(
    call: Call, state: SourceState, source: Source, found: Mapping[str, Trouble], readings: Sequence[Reading], told: str
) -> Unit:
    rests = state.rests(call.now)
    return Unit(
        code=source_code(state.key),
        name=line(state.name, 80),
        kind=plugins.load("sources", state.kind).ABOUT.title,
        host=urlsplit(source.address).hostname or "",
        trouble=found.get(state.key),
        paused=wording.day(rests, call.now, call.plan.settings.timezone) if rests else "",
        when=_when(state, call),
        told=told,
        spark=_spark(_days(readings, call)),
    )


def _when(state: SourceState, call: Call) -> str:
    if state.read is None:
        return "Not read yet"
    words = f"Read {wording.ago(state.read, call.now, call.plan.settings.timezone)}"
    if not state.rests(call.now):
        minutes = round((state.due - call.now).total_seconds() / 60)
        words += f", next in {minutes} min" if minutes > 0 else ", next now"
    return words + (f"; {state.listed} listed" if state.listed is not None else "")


def _days(readings: Sequence[Reading], call: Call) -> list[Day]:
    """What was read by day, in the person's zone; days without a reading are not named."""
    days: dict[str, list[Reading]] = {}
    for one in readings:
        days.setdefault(_date(one.at, call), []).append(one)
    return [_day(day, some) for day, some in days.items()]


def _date(at: datetime, call: Call) -> str:
    return at.astimezone(ZoneInfo(call.plan.settings.timezone)).date().isoformat()


def _day(day: str, readings: Sequence[Reading]) -> Day:
    listed = [one.listed for one in readings if one.listed is not None]
    new, failed = sum(one.new for one in readings), sum(1 for one in readings if one.failed)
    return Day(day, listed[-1] if listed else None, new, failed, len(readings))


def _spark(days: Sequence[Day]) -> Spark | None:
    """What is listed, or what is new where a source never lists all."""
    if any(day.listed is not None for day in days):
        return spark([day.listed for day in days], "Postings listed")
    return spark([day.new for day in days if day.readings > day.failed], "New postings")


def _record(call: Call, state: SourceState, trouble: Trouble | None) -> dict[str, object]:
    names = ("name", "kind", "read", "due", "listed", "typical", "interval", "failures", "error", "requests", "saved", "changed")
    said = {"id": source_code(state.key)} | {name: getattr(state, name) for name in names}
    return said | {"paused": state.rests(call.now), "trouble": asdict(trouble) if trouble else None}
