"""One task: which kind reads which page; every failure becomes a line."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from alerts.model.errors import AlertsError, ReadError, UnknownKind

#: How a task ended: with its result, because the page is not what it should be, or because there is no such kind.
DONE, UNREADABLE, UNKNOWN_KIND = "done", "unreadable", "unknown kind"
_LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Task:
    """Call ``function`` of the kind that ``load`` (``module:function``) finds."""

    function: str
    load: str
    kind: str
    arguments: tuple[object, ...]


def perform(task: Task) -> tuple[str, object]:
    """How the task ended, and its result or a line that says why there is none."""
    try:
        module_name, _, function_name = task.load.partition(":")
        kind = getattr(importlib.import_module(module_name), function_name)("sources", task.kind)
        return DONE, getattr(kind, task.function)(*task.arguments)
    except UnknownKind as error:
        return UNKNOWN_KIND, one_line(str(error))
    except ReadError as error:
        return UNREADABLE, one_line(str(error))
    except MemoryError:
        return UNREADABLE, f"reading this page as {task.kind!r} took more memory than allowed"
    except RecursionError:
        return UNREADABLE, f"this page is nested too deeply to be read as {task.kind!r}"
    except (Exception, SystemExit) as error:
        words = str(error) if isinstance(error, AlertsError) else f"{type(error).__name__}: {error}"
        return UNREADABLE, one_line(f"the kind {task.kind!r} failed on this page ({words})")


def one_line(text: str) -> str:
    """``text`` without line ends and control characters, cut: it may quote the page."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * _LONGEST_LINE]).split())
    return plain if len(plain) <= _LONGEST_LINE else f"{plain[: _LONGEST_LINE - 1]}…"
