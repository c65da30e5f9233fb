"""Looks at the machine: permissions, disk, open files, and whether the database is whole."""

from __future__ import annotations

import os
import resource
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from alerts.daemon.findings import Finding
from alerts.model.errors import StoreError
from alerts.model.plan import Plan
from alerts.model.server import Database, Server
from alerts.store.backup import examine
from alerts.store.migrate import shapes
from alerts.store.places import beside, holder
from alerts.store.store import Store

#: Below this a database that grows, or its journal, may find no room.
LEAST_FREE = 200 * 2**20
#: Connections, the database, the log, the reading child.
LEAST_FILES = 256


def look(plan: Plan) -> Iterator[Finding]:
    """Everything that can be seen without the network."""
    database = plan.settings.database
    place = beside(database)
    yield from _configuration(plan)
    folder = _existing(place)
    yield _writable(place, folder)
    yield from _private(place)
    yield _disk(folder, place)
    yield _files()
    yield _server(database) if isinstance(database, Server) else _database(place)
    yield _service(database)


def _configuration(plan: Plan) -> Iterator[Finding]:
    there = f"{len(plan.sources)} sources, {len(plan.searches)} searches, {len(plan.channels)} channels"
    yield Finding("configuration", str(plan.path), "good", there)
    for what, count in (("sources", plan.sources), ("searches", plan.searches), ("channels", plan.channels)):
        if not count:
            yield Finding(
                "configuration", what, "wrong", f"there are no {what}, so nobody is told of anything", "see job-alerts check"
            )
    for remark in plan.remarks:
        yield Finding("configuration", "", "note", remark)


def _existing(place: Path) -> Path:
    """The nearest folder around the database that is there."""
    return next((one for one in place.absolute().parents if _seen(one)), Path("/"))


def _seen(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _writable(place: Path, folder: Path) -> Finding:
    if not os.access(folder, os.W_OK | os.X_OK):
        advice = "ask as the user of the daemon (for a system service: sudo), or set settings.database to a folder of yours"
        return Finding("permissions", str(folder), "wrong", "this user may not write there", advice)
    if _seen(place) and not os.access(place, os.R_OK | os.W_OK):
        return Finding("permissions", str(place), "wrong", "this user may not write it", f"sudo chown {os.getuid()} {place}")
    return Finding("permissions", str(folder), "good", "can be written to")


def _private(place: Path) -> Iterator[Finding]:
    if _seen(place) and place.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding("permissions", str(place), "wrong", "others of this machine can read it", f"chmod 600 {place}")


def _disk(folder: Path, place: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    size = place.stat().st_size if _seen(place) else 0
    said = f"{free / 2**20:,.0f} MB free, the database has {size / 2**20:,.0f} MB"
    # A migration or a backup needs room for the whole file once more.
    if free < max(LEAST_FREE, 2 * size):
        return Finding("disk", str(folder), "wrong", said, "make room, or set settings.database to another disk")
    return Finding("disk", str(folder), "good", said)


def _files() -> Finding:
    least, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if least != resource.RLIM_INFINITY and least < LEAST_FILES:
        return Finding(
            "files", "", "wrong", f"only {least} files may be open at once", f"ulimit -n {LEAST_FILES * 4} before the start"
        )
    return Finding("files", "", "good", "enough files may be open at once")


def _database(place: Path) -> Finding:
    if not _seen(place):
        return Finding("database", str(place), "note", "not there yet; the first job-alerts poll or run makes it")
    try:
        found = examine(place, advice="restore a backup: job-alerts restore FILE")
    except StoreError as error:
        said, _, advice = str(error).rpartition("; ")
        return Finding("database", str(place), "wrong", said, advice)
    if found.shape < len(shapes()):
        return Finding("database", str(place), "note", f"{found.words}; of an older version, the next start brings it up to date")
    return Finding("database", str(place), "good", f"{found.words}; whole, every row was read")


def _server(server: Server) -> Finding:
    """One that was never used says so in the words of a refusal, and is made by the first poll."""
    try:
        with Store(server, readonly=True) as store:
            jobs, postings, _ = store.postings.count()
    except StoreError as error:
        said, _, advice = str(error).rpartition("; ")
        return Finding("database", str(server), "note" if "yet" in said else "wrong", said, advice)
    return Finding("database", str(server), "good", f"{jobs} jobs, {postings} postings")


def _service(database: Database) -> Finding:
    if process := holder(database):
        return Finding("service", "", "good", f"a daemon or poll works on it (process {process})")
    return Finding(
        "service", "", "note", "nothing works on the database now", "start it: job-alerts run, or job-alerts service install"
    )
