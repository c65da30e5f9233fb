"""What of the daemon's own environment a program of the user's is given: none of it where secrets may be."""

from __future__ import annotations

import os
from collections.abc import Mapping

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


def environment(env: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables that are passed on."""
    return {name: env[name] for name in _PASSED if name in env}
