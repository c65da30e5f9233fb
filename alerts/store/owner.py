"""Whose is it? The commonest reason why a database cannot be used: somebody asked as another user before."""

from __future__ import annotations

import os
from pathlib import Path


def another(path: Path) -> str | None:
    """What to say when the database, its companions or its folder belong to another user who keeps us out; else None."""
    for place in (path.parent, path, Path(f"{path}.lock"), Path(f"{path}-wal"), Path(f"{path}-shm"), Path(f"{path}.unsettled")):
        try:
            owner = place.stat().st_uid
        except OSError:
            continue
        if owner != os.geteuid() and not os.access(place, os.R_OK | os.W_OK | (os.X_OK if place.is_dir() else 0)):
            name = _name(owner)
            return f"{place} belongs to another user ({name}): ask as that one (sudo -u {name}), or give it over with chown"
    return None


def _name(number: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"#{number}"
