"""Room for the files and lines that are open at once: asked for at the start, so that nothing fails later."""

from __future__ import annotations

import resource

from alerts.model.errors import AlertsError

#: Polls and messages side by side, each with a line or two, the database, the reading child; and what is comfortable.
LEAST, WANTED = 128, 1024


def make_room() -> None:
    """Raise our own limit as far as the machine lets us; raises AlertsError where that is too little to work with."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= WANTED:
        return
    most = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
    if max(soft, most) < LEAST:
        raise AlertsError(
            f"only {max(soft, most)} files may be open at once, which is too few (at least {LEAST});"
            " allow more: ulimit -n 1024, or LimitNOFILE=1024 in a unit"
        )
