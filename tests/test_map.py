"""The map in ``alerts/__init__.py`` and the captions of the files are true; the example and the units name what exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "alerts"
FILES = sorted(path for path in HOUSE.rglob("*.py") if path.name != "__main__.py")
#: The folder is the registry: no list of these may exist.
REGISTRIES = {"sources", "channels", "commands"}


def caption(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def entries(path: Path) -> dict[str, str]:
    """The lines ``    name.py    caption`` of a docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")), clean=False) or ""
    return dict(re.findall(r"^ *([a-z0-9_]+(?:\.py|/)) +(\S.*)$", text, re.MULTILINE))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_each_file_opens_with_one_line_that_says_what_it_is_for(path):
    words = caption(path)
    assert words.endswith((".", "?", ")")), "a sentence"
    assert len(words) > 8


def test_the_map_names_every_file_and_package_with_its_own_caption():
    there = {f"{path.stem}.py": caption(path) for path in HOUSE.glob("*.py") if not path.stem.startswith("__")}
    there |= {f"{path.parent.name}/": caption(path) for path in HOUSE.glob("*/__init__.py")}
    assert entries(HOUSE / "__init__.py") == there


@pytest.mark.parametrize(
    "package", sorted(p.parent for p in HOUSE.rglob("*/__init__.py") if p.parent.name not in REGISTRIES), ids=lambda p: p.name
)
def test_a_package_lists_its_files(package):
    listed = {name for name in entries(package / "__init__.py") if name.endswith(".py")}
    there = {path.name for path in package.glob("*.py") if path.name != "__init__.py"}
    assert listed == there


def test_no_file_tells_where_it_was_written():
    """Neither a path of a machine nor the address of a package registry stands in any file of the project."""
    forbidden = re.compile(r"/work/|/home/[a-z]|files\.pythonhosted|pypi\.org/simple")
    mine = Path(__file__)
    suffixes = {".py", ".toml", ".md", ".txt", ".service", ".j2", ".sql", ".json"}
    folders = [HOUSE, ROOT / "tests", ROOT / "docs", ROOT / "benchmarks", ROOT / "systemd"]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes] + list(ROOT.glob("[!.]*.*"))
    found = [
        str(p.relative_to(ROOT)) for p in files if p != mine and p.is_file() and forbidden.search(p.read_text("utf-8", "ignore"))
    ]
    assert found == []
