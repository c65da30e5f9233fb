"""The lock of the one worker on a database; and, in the same file, the sign that a database was there before."""

from __future__ import annotations

import fcntl
import os
import random
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from alerts.model.errors import StoreError, StoreLost
from alerts.store.owner import another

#: So often the lock is tried while others only ask who holds it: some seconds in all.
_TRIES = 1000


def lock(path: Path | str) -> IO[str]:
    """Be the one worker on this database until the returned file is closed; raises StoreError when another is."""
    place = _place(path)
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Opened without truncating: the holder's number, and the sign of an older life, must stay readable.
        number = os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        advice = another(Path(path)) or "set settings.database to a writable place"
        why = f"the database {path} cannot be made: {error.strerror}; {advice}"
        raise StoreError(why) from None
    file = os.fdopen(number, "r+")
    if not _taken(file):
        holder = file.readline(20).strip() or "unknown"
        file.close()
        raise StoreError(f"another job-alerts (process {holder}) works on {path}; stop it first, or let it do the work") from None
    _write(file, str(os.getpid()), sign(path))
    return file


def _taken(file: IO[str]) -> bool:
    """Take the lock; False when another works. Who only asks holds it for a moment, shared, and is waited for."""
    for _ in range(_TRIES):
        if _lock(file, fcntl.LOCK_EX):
            return True
        if not _lock(file, fcntl.LOCK_SH):
            return False
        fcntl.flock(file, fcntl.LOCK_UN)
        time.sleep(random.uniform(0.0005, 0.005))  # noqa: S311 - so that two who begin at once do not meet for ever
    return False


def _lock(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def holder(path: Path | str) -> str | None:
    """The number of the process that works on this database, in words; None when nothing does."""
    try:
        with _place(path).open("r+") as file:
            if not _lock(file, fcntl.LOCK_SH):
                return file.readline(20).strip() or "unknown"
    except OSError:
        return None
    return None


def sign(path: Path | str) -> str:
    """The identity of the database that was there before; empty where none was ever known."""
    try:
        lines = _place(path).read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return lines[1].strip() if len(lines) > 1 else ""


def keep_sign(path: Path | str, identity: str) -> None:
    """Remember that the database of this identity is there; only the holder of the lock may call this."""
    if sign(path) != identity:
        with _place(path).open("r+", encoding="utf-8") as file:
            _write(file, file.readline(20).strip(), identity)


def refuse_to_begin_anew(path: Path) -> None:
    """Raise StoreLost when the file is missing or empty though a database was in use here before."""
    with suppress(OSError):
        if path.stat().st_size:
            return
    log = Path(f"{path}-wal")
    with suppress(OSError):
        if log.stat().st_size:
            raise StoreLost(lost(path, "is missing or empty, though its log is still there", log.name))
    if sign(path):
        raise StoreLost(lost(path, "is missing or empty, though it was in use before"))


def lost(path: Path, how: str, *rest: str) -> str:
    """What to say of a database that is no longer what it was."""
    names = ", ".join((*rest, _place(path).name))
    anew = f"remove {names} beside it to begin anew and forget what was known"
    if Path(f"{path}-wal").exists():
        return f"the database {path} {how}; move it back, or restore a backup without the old -wal and -shm, or {anew}"
    return f"the database {path} {how}; move it back, or restore a backup, or {anew}"


def _place(path: Path | str) -> Path:
    # Beside the file itself, by whichever symbolic link it is reached.
    return Path(f"{Path(path).resolve()}.lock")


def _write(file: IO[str], holder: str, identity: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(f"{holder}\n{identity}\n" if identity else f"{holder}\n")
    file.flush()
    os.fsync(file.fileno())
