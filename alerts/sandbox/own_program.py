"""A program of the user's own: started without a shell and without our secrets, and ended with all that it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

#: What it sees of our own environment: nothing where secrets may be.
_PASSED = (
    "PATH",
    "HOME",
    "USER",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "TMPDIR",
    "XDG_RUNTIME_DIR",
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
)
#: A file, or what ``subprocess`` has for it.
Stream = IO[bytes] | int


class CannotStart(Exception):
    """Why, in words."""


def start(
    command: Sequence[str],
    *,
    stdin: Stream,
    stdout: Stream,
    stderr: Stream,
    env: Mapping[str, str] | None = None,
    folder: str | Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start it in a session of its own; raises CannotStart. ``env``: what it has besides. Whoever starts it calls :func:`end`."""
    environment = {name: os.environ[name] for name in _PASSED if name in os.environ} | dict(env or {})
    try:
        return subprocess.Popen(  # noqa: S603 - the user's own program, as a list, without a shell
            list(command), stdin=stdin, stdout=stdout, stderr=stderr, env=environment, cwd=folder, start_new_session=True
        )
    except (OSError, ValueError) as error:
        raise CannotStart(getattr(error, "strerror", None) or str(error)) from None


def kill(program: subprocess.Popen[bytes]) -> None:
    """Stop it and all that it started; the group goes by the number of its first process."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(program.pid, signal.SIGKILL)


def end(program: subprocess.Popen[bytes]) -> None:
    """Stop whatever still runs of it, and wait until it is gone."""
    kill(program)
    program.wait()
