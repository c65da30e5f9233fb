"""Puts one fault at a time into a copy of the tree and reports which of them the tests see: ``make mutants``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
#: Longer than the tests of one fault take; a fault that makes them hang was seen.
PATIENCE = 300


def table() -> list[dict[str, Any]]:
    """Every fault: name, file, old, new, tests."""
    found: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/mutants.toml").read_text(encoding="utf-8"))["mutant"]
    return found


def copy(to: Path) -> None:
    """The code and its tests, without what they leave behind."""
    for name in ("alerts", "tests", "docs"):
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ROOT.glob("*.*"):
        if path.is_file():
            shutil.copy(path, to)


def passes(tree: Path, tests: list[str]) -> bool:
    """Do the tests pass over the code in ``tree``?"""
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-m", "not drill", *tests]
    env = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return False
    if done.returncode not in (0, 1):
        raise SystemExit(f"the tests {' '.join(tests)} could not be run:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.returncode == 0


def is_seen(tree: Path, mutant: dict[str, Any]) -> bool:
    """Put the fault in, run its tests, take it out again."""
    path = tree / mutant["file"]
    text = path.read_text(encoding="utf-8")
    if text.count(mutant["old"]) != 1:
        raise SystemExit(f"{mutant['name']}: its old text must stand in {mutant['file']} exactly once")
    path.write_text(text.replace(mutant["old"], mutant["new"]), encoding="utf-8")
    try:
        return not passes(tree, mutant["tests"])
    finally:
        path.write_text(text, encoding="utf-8")


def main(words: list[str]) -> int:
    """All faults, or those whose name or file holds one of the words."""
    mutants = [one for one in table() if not words or any(word in one["name"] + one["file"] for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        copy(tree)
        if not passes(tree, sorted({test for one in mutants for test in one["tests"]})):
            print("the tests fail without any fault; mend that first")
            return 2
        seen = 0
        for mutant in mutants:
            found = is_seen(tree, mutant)
            seen += found
            print(f"{'seen  ' if found else 'UNSEEN'} {mutant['file']}: {mutant['name']}", flush=True)
    print(f"{seen} of {len(mutants)} faults were seen")
    return 0 if seen == len(mutants) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
