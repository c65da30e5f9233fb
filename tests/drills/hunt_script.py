"""Run by the hunts under a wall clock that it moves: reads a moment and a command a line, answers what it said a line."""

from __future__ import annotations

import contextlib
import io
import json
import math
import os
import sys
import time
import urllib.request
from datetime import datetime
from pathlib import Path

from alerts.cli.main import main


def set_clock(moment: str, real: float, began: float) -> None:
    """The clock that the library over us reads from a file stands at this moment."""
    offset = Path(os.environ["MOVED_CLOCK"])
    fresh = offset.with_suffix(".new")
    passed = real + time.monotonic() - began
    fresh.write_text(str(math.ceil(datetime.fromisoformat(moment).timestamp() - passed)), "ascii")
    fresh.replace(offset)


def step(words: list[str], config: str) -> dict[str, object]:
    """One command, a wish to the board (board ADDRESS), or nothing but the moment."""
    if not words:
        return {}
    if words[0] == "board":
        urllib.request.urlopen(words[1], data=b"").close()
        return {}
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([words[0], "--config", config, *words[1:]])
    return {"status": status, "out": out.getvalue(), "err": err.getvalue()}


if __name__ == "__main__":
    config, real = sys.argv[1:3]
    began = time.monotonic()
    for line in sys.stdin:
        moment, words = json.loads(line)
        if moment:
            set_clock(moment, float(real), began)
        print(json.dumps(step(words, config)), flush=True)
