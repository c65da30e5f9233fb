"""Small libraries for LD_PRELOAD, made where a C compiler is: a wall clock that can be moved, a network that can be lost."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.drills.house import House


class NoPreload(Exception):
    """It cannot be made on this machine; the message says why."""


def build(name: str, folder: Path) -> Path:
    """Compile ``name.c`` of this folder into ``folder``."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise NoPreload(f"no C compiler (cc), which makes {name}.so")
    made = folder / f"{name}.so"
    source = Path(__file__).parent / f"{name}.c"
    done = subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, source], capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise NoPreload(f"cc cannot make a shared library here: {done.stderr[:200]}")
    return made


def move(house: House, seconds: int) -> None:
    """Set the wall clock of the daemon so far from the real one."""
    fresh = house.folder / "offset.new"
    fresh.write_text(str(seconds), "ascii")
    fresh.replace(house.folder / "offset")


def environment(house: House, *libraries: Path) -> dict[str, str]:
    """What a daemon needs to be under them."""
    return {
        "LD_PRELOAD": ":".join(map(str, libraries)),
        "MOVED_CLOCK": str(house.folder / "offset"),
        "LOST_NETWORK": str(house.folder / "lost"),
    }
