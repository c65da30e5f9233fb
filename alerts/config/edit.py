"""Change the file, keeping comments and layout: checked before the file is replaced, and replaced in one step."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from alerts.config import document
from alerts.config.load import load
from alerts.model.errors import ConfigError, UsageError
from alerts.model.plan import Plan

if TYPE_CHECKING:
    from tomlkit.items import Table

_HEADER = re.compile(r"[ \t]*\[")
_BOM = "\ufeff"


def written(table: Mapping[str, object], kind: str = "sources") -> str:
    """One table as it stands in the file: ``[[sources]]`` and its keys."""
    import tomlkit

    rows = tomlkit.aot()
    rows.append(_item(table))
    return tomlkit.dumps({kind: rows}).strip("\n") + "\n"


def with_source(text: str, table: Mapping[str, object], kind: str = "sources") -> str:
    """``text`` with one more source (or search), behind the last one; everything that stood there stands there unchanged.

    Raises UsageError where the file is built so that this cannot be done for certain.
    """
    before = values(text)
    rows = before.get(kind, [])
    one = {"sources": "source", "searches": "search"}[kind]
    if not isinstance(rows, list):
        raise UsageError(f"{kind} is no list of tables here; add the {one} by hand:\n" + written(table, kind))
    wanted = {**before, kind: [*rows, dict(table)]}
    for place in (_behind_the_last, _at_the_end, _in_the_list):
        new = place(text, table, kind)
        with contextlib.suppress(tomllib.TOMLDecodeError):
            if new is not None and values(new) == wanted:
                return new
    why = f"the {one} cannot be added here without changing what stands there; add it by hand:\n"
    raise UsageError(why + written(table, kind))


def values(text: str) -> dict[str, object]:
    """What the text says, whatever its line ends."""
    return tomllib.loads(text.removeprefix(_BOM).replace("\r\n", "\n"))


def add_source(path: Path, table: Mapping[str, object], env: Mapping[str, str] = os.environ) -> Plan:
    """Add one source to the file at ``path``; the configuration as it then is. Raises as ``change`` does."""
    return change(path, lambda text: with_source(text, table), env=env)


def change(
    path: Path,
    make: Callable[[str], str],
    *,
    part: Path | None = None,
    env: Mapping[str, str] = os.environ,
) -> Plan:
    """Write what ``make`` makes of the configuration at ``path`` (or of ``part``, a file of it); the whole as it then is.

    Raises ConfigError, with every mistake, when the file is broken or would be; it is then left as it was. The mode of the
    file is kept, and a link stays a link. Killed at any instant, the old file or the new one is there, whole.
    """
    real = (part or path).resolve()
    document.read(real)
    data = real.read_bytes()
    new = make(data.decode("utf-8")).encode("utf-8")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".new", dir=real.parent)
    except OSError as error:
        raise UsageError(f"{real.parent} cannot be written to: {error.strerror}; nothing was changed") from None
    draft = Path(name)
    try:
        _fill(handle, new, real)
        plan = _checked(draft, real, path.resolve(), env)
        if real.read_bytes() != data:
            raise UsageError(f"{real} was changed by somebody else at this moment; nothing was written, try again")
        draft.replace(real)
        _keep_name(real.parent)
    except OSError as error:
        raise UsageError(f"{real} cannot be written: {error.strerror}; nothing was changed") from None
    finally:
        draft.unlink(missing_ok=True)
    return replace(plan, path=path)


def _fill(handle: int, data: bytes, like: Path) -> None:
    """Write the draft to the disk, with the mode (and, where we may, the owner) of the file that it will replace."""
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        known = like.stat()
        if (known.st_uid, known.st_gid) != (os.geteuid(), os.getegid()):
            with contextlib.suppress(OSError):
                os.fchown(file.fileno(), known.st_uid, known.st_gid)
        os.fchmod(file.fileno(), known.st_mode & 0o7777)
        file.flush()
        os.fsync(file.fileno())


def _checked(draft: Path, real: Path, path: Path, env: Mapping[str, str]) -> Plan:
    """The whole configuration with the draft in the place of the file that it will replace."""
    try:
        # Changing needs no secret; one that only the service can read must not stand in its way.
        instead = None if real == path else {real: draft}
        return load(draft if real == path else path, env, secrets="where there", instead=instead)
    except ConfigError as error:
        raise ConfigError([line.replace(str(draft), str(real)) for line in error.problems]) from None


def _keep_name(folder: Path) -> None:
    """The new name is on the disk, too, where the system can be told."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _behind_the_last(text: str, table: Mapping[str, object], kind: str) -> str | None:
    """Right behind the last of its kind, before the empty line or the heading that follows it."""
    lines = text.splitlines(keepends=True)
    heads = [number for number, line in enumerate(lines) if head_of(kind).match(line)]
    if not heads:
        return None
    end = end_of(lines, heads[-1])
    return _joined("".join(lines[:end]), table, kind, "".join(lines[end:]))


def head_of(kind: str) -> re.Pattern[str]:
    """The heading of a table of this kind."""
    return re.compile(rf"[ \t]*\[\[?[ \t]*[\"']?{kind}\b")


def end_of(lines: list[str], head: int) -> int:
    """Behind the last line of the table whose heading stands at ``head``."""
    ends = [number for number in range(head + 1, len(lines)) if _HEADER.match(lines[number])]
    end = ends[0] if ends else len(lines)
    while end > head + 1 and not lines[end - 1].strip():
        end -= 1
    # A paragraph of comments apart from the keys belongs to what follows it.
    blank = next((number for number in range(end - 1, head, -1) if not lines[number].strip()), None)
    while blank is not None and all(line.strip().startswith("#") or not line.strip() for line in lines[blank:end]):
        end = blank
        while end > head + 1 and not lines[end - 1].strip():
            end -= 1
        blank = next((number for number in range(end - 1, head, -1) if not lines[number].strip()), None)
    return end


def _at_the_end(text: str, table: Mapping[str, object], kind: str) -> str:
    return _joined(text, table, kind, "")


def _joined(head: str, table: Mapping[str, object], kind: str, tail: str) -> str:
    """An empty line before and behind the new table, and the line ends that the file has."""
    end = "\r\n" if "\r\n" in head + tail else "\n"
    new = written(table, kind).replace("\n", end)
    gap = "" if not head.strip(_BOM) else end if head.endswith("\n") else 2 * end
    if head.endswith(2 * end):
        gap = ""
    behind = end if tail and not tail.startswith(("\n", "\r\n")) else ""
    return f"{head}{gap}{new}{behind}{tail}"


def _in_the_list(text: str, table: Mapping[str, object], kind: str) -> str | None:
    """``sources = [ { … } ]``, written as one list."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError
    from tomlkit.items import Array

    try:
        doc = tomlkit.parse(text.removeprefix(_BOM))
        rows = doc.get(kind)
        if not isinstance(rows, Array):
            return None
        inline = tomlkit.inline_table()
        inline.update(dict(table))
        rows.append(inline)
        return (_BOM if text.startswith(_BOM) else "") + tomlkit.dumps(doc)
    except TOMLKitError:
        return None


def _item(table: Mapping[str, object]) -> Table:
    import tomlkit

    item = tomlkit.table()
    for key, value in table.items():
        item.add(key, value)
    return item
