"""The searches as they stand in their files: found with their place, changed, added and removed; comments are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alerts.config import document, edit
from alerts.config.load import included
from alerts.model.errors import UsageError

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Placed:
    """One search, rested ones too."""

    file: Path
    #: Its number among the searches of the file.
    number: int
    table: Table
    #: Its line in the file, where it is known.
    line: int | None

    @property
    def name(self) -> str:
        """As it is written."""
        return str(self.table.get("name", ""))


def placed(path: Path) -> list[Placed]:
    """Every search of a configuration that can be loaded; raises ConfigError."""
    found = []
    for file in (path, *included(path)):
        doc = document.read(file)
        rows = doc.values.get("searches", [])
        for number, row in enumerate(rows if isinstance(rows, list) else []):
            if isinstance(row, dict):
                found.append(Placed(file, number, row, doc.lines.get(("searches", number))))
    return found


def text_of(file: Path) -> str:
    """The file as it is; what is changed and what ``sign`` is of."""
    return file.read_bytes().decode("utf-8")


def sign(text: str) -> str:
    """What changes when anybody changes the file."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def added(text: str, table: Table) -> str:
    """The text with one more search."""
    return edit.with_source(text, table, "searches")


def changed(text: str, number: int, table: Table) -> str:
    """The text in which one search says what ``table`` says; keys that say the same are left as they are written."""
    import tomlkit

    before = edit.values(text)
    rows = _rows(before)
    bare = text.removeprefix("\ufeff")
    doc = tomlkit.parse(bare)
    row: Any = doc["searches"][number]
    old, more = rows[number], {}
    for key in [key for key in old if key not in table]:
        del row[key]
    for key, value in table.items():
        if key not in old:
            more[key] = value
        elif old[key] != value:
            _set(row, key, value)
    new = text[: len(text) - len(bare)] + _with_keys(tomlkit.dumps(doc), number, more)
    wanted = {**before, "searches": [dict(table) if at == number else one for at, one in enumerate(rows)]}
    return _certain(new, wanted)


def removed(text: str, number: int) -> str:
    """The text without one search."""
    before = edit.values(text)
    rows = _rows(before)
    start, end = block(text, number)
    lines = text.splitlines(keepends=True)
    while end < len(lines) and not lines[end].strip():
        end += 1
    wanted: dict[str, object] = {**before, "searches": [one for at, one in enumerate(rows) if at != number]}
    if not wanted["searches"]:
        del wanted["searches"]
    return _certain("".join(lines[:start] + lines[end:]), wanted)


def block(text: str, number: int) -> tuple[int, int]:
    """The lines of one search: from its heading to behind its last line, tables of its own among them."""
    lines = text.splitlines(keepends=True)
    head = edit.head_of("searches")
    heads = [at for at, line in enumerate(lines) if head.match(line) and line.lstrip().startswith("[[")]
    if number >= len(heads):
        raise UsageError("this search is not written as a table of its own under [[searches]]; change it by hand")
    start = heads[number]
    end = edit.end_of(lines, start)
    for at in range(end, heads[number + 1] if number + 1 < len(heads) else len(lines)):
        if head.match(lines[at]) and not lines[at].lstrip().startswith("[["):
            end = edit.end_of(lines, at)
    return start, end


def count(text: str) -> int:
    """How many searches the text has."""
    return len(_rows(edit.values(text)))


def difference(old: str, new: str, was: int | None, now: int | None) -> list[tuple[str, str]]:
    """(“-”, “+” or “ ”, line) of one search, before and after; nothing else of the file is shown."""
    import difflib

    sides = [
        [line.rstrip("\r\n") for line in text.splitlines(keepends=True)[slice(*block(text, at))]] if at is not None else []
        for text, at in ((old, was), (new, now))
    ]
    return [(line[0], line[2:]) for line in difflib.ndiff(sides[0], sides[1]) if line[0] in "-+ "]


def _rows(values: Mapping[str, object]) -> list[Any]:
    rows = values.get("searches")
    if not isinstance(rows, list):
        raise UsageError("searches is no list of tables here; change it by hand")
    return rows


def _set(row: Any, key: str, value: object) -> None:
    """A new value; of a list only what comes and goes, so that its comments and lines stay."""
    old = row[key]
    if not (isinstance(value, list) and isinstance(old, list)):
        row[key] = value
        return
    stay = [one for one in old if one in value]
    gone, come = [one for one in old if one not in value], [one for one in value if one not in stay]
    if [*stay, *come] != value or len(set(map(str, old))) != len(old):
        row[key] = value
        return
    for one in gone:
        old.remove(one)
    old.extend(come)


def _with_keys(text: str, number: int, more: Table) -> str:
    """New keys, behind the last one of the table."""
    import tomlkit

    if not more:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    start, _ = block(text, number)
    at = edit.end_of(lines, start)
    if not lines[at - 1].endswith("\n"):
        lines[at - 1] += end
    indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
    fresh = [f"{indent}{line}{end}" for line in tomlkit.dumps(more).splitlines()]
    return "".join([*lines[:at], *fresh, *lines[at:]])


def _certain(new: str, wanted: Mapping[str, object]) -> str:
    """``new`` where it says what was wanted and nothing else."""
    try:
        good = edit.values(new) == wanted
    except ValueError:
        good = False
    if not good:
        raise UsageError("this search cannot be changed here without changing what else stands there; change it by hand")
    return new
