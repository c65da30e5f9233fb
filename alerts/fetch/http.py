"""httpx without its command line, which it would import where rich is installed: that takes longer than all the rest."""

from __future__ import annotations

import sys

_COMMAND_LINE = "httpx._main"
if _COMMAND_LINE not in sys.modules:
    # What is None here is not to be had, and the library goes on without it, as where rich is not installed.
    sys.modules[_COMMAND_LINE] = None  # type: ignore[assignment]
    import httpx

    del sys.modules[_COMMAND_LINE]
else:
    import httpx

__all__ = ["httpx"]
