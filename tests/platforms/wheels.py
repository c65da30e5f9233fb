"""Is there a wheel of every dependency for every promised platform? Asks the index: python tests/platforms/wheels.py"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Name in docs/platforms.md → the tags that pip takes for it. "no" stands for those of which the docs say so.
PLATFORMS = {
    "Linux x86-64 (glibc)": ["manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64"],
    "Linux arm64 (glibc)": ["manylinux2014_aarch64", "manylinux_2_17_aarch64", "manylinux_2_28_aarch64"],
    "Linux x86-64 (musl)": ["musllinux_1_1_x86_64", "musllinux_1_2_x86_64"],
    "Linux arm64 (musl)": ["musllinux_1_1_aarch64", "musllinux_1_2_aarch64"],
    "macOS arm64": ["macosx_11_0_arm64", "macosx_10_9_universal2", "macosx_12_0_arm64"],
    "macOS x86-64": ["macosx_10_9_x86_64", "macosx_10_13_x86_64", "macosx_11_0_x86_64", "macosx_10_12_x86_64"],
    "no: Linux 32-bit ARM": ["linux_armv7l", "manylinux2014_armv7l", "manylinux_2_17_armv7l", "manylinux_2_31_armv7l"],
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def dependencies() -> list[str]:
    """What a base install names, pinned as in constraints.txt."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [re.match(r"[A-Za-z0-9_.-]+", line)[0] for line in table["dependencies"]]  # type: ignore[index]
    pins = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if "==" in line)
    known = {name.lower(): f"{name}=={version}" for name, version in pins.items()}
    return [known.get(name.lower(), name) for name in named]


def missing(packages: list[str], python: str, tags: list[str]) -> str | None:
    """What pip says when there is no wheel of one of the packages; None where there is one of each."""
    with tempfile.TemporaryDirectory() as folder:
        call = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--dry-run",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            "--target",
            folder,
        ]
        call += ["--disable-pip-version-check", "--implementation", "cp", "--python-version", python, *packages]
        done = subprocess.run([*call, *(word for tag in tags for word in ("--platform", tag))], capture_output=True, text=True)
    return None if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


def main() -> int:
    """Print a table; 1 when a promise is not kept."""
    broken = 0
    packages = dependencies()
    for name, tags in PLATFORMS.items():
        for python in PYTHONS:
            # All at once first: nearly every time that is the whole answer.
            lacking = [one for one in packages if missing([one], python, tags)] if missing(packages, python, tags) else []
            broken += bool(lacking) and not name.startswith("no: ")
            print(f"{name:<24} {python}  {'every wheel' if not lacking else 'lacking: ' + ', '.join(lacking)}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
