"""A terminal and what it can: its width, links, progress; by ``rich`` where that is installed, else as plain aligned text."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

#: Between two columns.
_GAP = 2
#: Words of a cell → the address that a click opens.
Links = dict[str, str]


def capable(stream: TextIO) -> bool:
    """Is this a terminal that can do more than print?"""
    return stream.isatty() and os.environ.get("TERM") not in (None, "", "dumb", "unknown")


def console(stream: TextIO) -> Console | None:
    """What draws on the stream; None where plain text is right. NO_COLOR takes the colour away and leaves the rest."""
    if not capable(stream) or importlib.util.find_spec("rich") is None:
        return None
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False)


def table(rows: Sequence[Sequence[str]], heads: Sequence[str], links: Links | None = None) -> None:
    """Print a table of steady words: on a terminal within its width, elsewhere each row on one line."""
    drawn = console(sys.stdout)
    if drawn is not None:
        _drawn(drawn, rows, heads, links or {})
        return
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in plain(rows, heads, room):
        print(line)


def _drawn(drawn: Console, rows: Sequence[Sequence[str]], heads: Sequence[str], links: Links) -> None:
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    for head in heads:
        made.add_column(Text(head), overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell, style=f"link {links[cell]}" if cell in links else "") for cell in row))
    drawn.print(made)


def plain(rows: Sequence[Sequence[str]], heads: Sequence[str], room: int | None = None) -> Iterator[str]:
    """The lines of a table, columns as wide as needed; with ``room`` the widest ones are wrapped until it fits."""
    whole = [list(heads), *(list(row) for row in rows)]
    widths = [max(map(width, column)) for column in zip(*whole, strict=True)]
    while room and sum(widths) + _GAP * (len(widths) - 1) > room and max(widths) > 6:
        widths[widths.index(max(widths))] -= 1
    for row in whole:
        cells = [textwrap.wrap(cell, limit) or [""] for cell, limit in zip(row, widths, strict=True)]
        cells = cells if room else [[cell] for cell in row]
        for at in range(max(map(len, cells))):
            parts = (_padded(cell[at] if at < len(cell) else "", limit) for cell, limit in zip(cells, widths, strict=True))
            yield (" " * _GAP).join(parts).rstrip()


def width(words: str) -> int:
    """Columns that words take: those of East Asia take two for a sign."""
    if words.isascii():
        return len(words)
    from wcwidth import wcswidth

    return max(wcswidth(words), 0)


def _padded(words: str, limit: int) -> str:
    return words + " " * (limit - width(words))


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[str], None]]:
    """Say on standard error, where that is a terminal, what is being done and how long is left; call it after each step."""
    drawn = console(sys.stderr) if total else None
    if drawn is None:
        if sys.stderr.isatty() and total:
            print(f"{what} ({total}) …", file=sys.stderr)
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=drawn, transient=True) as bar:
        task = bar.add_task(what, total=total)

        def step(done: str) -> None:
            bar.update(task, advance=1, description=f"{what}: {done}"[:60])

        yield step
