"""The configuration as its file says now: read anew when the file was changed; a broken one leaves the last good one in use."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from alerts.config.load import load
from alerts.model.errors import ConfigError
from alerts.model.plan import Plan


def watched(path: Path) -> Callable[[], Plan]:
    """Gives the plan of the file; raises ConfigError while there never was a good one."""
    lock = threading.Lock()
    known: list[tuple[object, Plan]] = []

    def plan() -> Plan:
        sign = _sign(path)
        with lock:
            if known and known[0][0] == sign:
                return known[0][1]
            try:
                known[:] = [(sign, load(path, secrets="where there"))]
            except ConfigError:
                if not known:
                    raise
                known[:] = [(sign, known[0][1])]
            return known[0][1]

    return plan


def _sign(path: Path) -> object:
    """What changes when the file, or one of those beside it that are part of it, is written."""
    files = [path, *sorted(folder for name in ("searches.d", "sources.d") if (folder := path.parent / name).is_dir())]
    inside = [file for folder in files[1:] for file in sorted(folder.glob("*.toml"))]
    return tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in [*files, *inside] if file.exists())
