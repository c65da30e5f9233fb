"""The terminal recording of the README: real commands on a home folder with nothing in it, drawn as an SVG that moves.

    python benchmarks/recording.py          writes docs/images/terminal.svg

Runs the program against a feed on this machine; what is shown is what was printed. No script is in the picture, only CSS.
"""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alerts.cli.demo.site import Given, Site
from tests.cli.test_init import item, talk

OUT = Path(__file__).resolve().parent.parent / "docs" / "images" / "terminal.svg"
COLUMNS, ROWS, WIDTH, HEIGHT = 84, 24, 8.4, 18
#: Seconds: a letter that is typed, a line that is printed, a rest before the next command.
LETTER, LINE, REST = 0.03, 0.12, 2.2
CALLS = (
    "init --looking 'data engineer' --place Germany --watch ADDRESS/feed --allow-private 127.0.0.1",
    "poll",
    "jobs --near",
    "explain https://jobs.example.org/3",
)


def main() -> None:
    """Run them, and draw what was said."""
    titles = [
        (1, "Data Engineer (Berlin)", 1),
        (2, "Senior Data Engineer (Bonn)", 2),
        (3, "Data Engineer (Paris)", 2),
    ]
    items = "".join(item(*row) for row in titles)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Jobs in our town</title>{items}</channel></rss>'
    with Site(lambda _: Given(body.encode(), content_type="application/rss+xml")) as site, tempfile.TemporaryDirectory() as home:
        environment = {name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV") if name in os.environ}
        environment |= {"HOME": home, "LANG": "C.UTF-8", "TERM": "dumb", "COLUMNS": str(COLUMNS), "TZ": "Europe/Berlin"}
        shown: list[tuple[bool, str]] = []
        for call in CALLS:
            typed = textwrap.wrap(
                f"job-alerts {call.replace('ADDRESS', 'http://127.0.0.1:8080')}", COLUMNS - 4, break_on_hyphens=False
            )
            shown += [(True, line) for line in typed]
            _, said = talk(shlex.split(call.replace("ADDRESS", site.url)), [], environment)
            said = said.replace(home, "~").replace(site.url, "http://127.0.0.1:8080").replace("\r", "")
            lines = [part for line in said.strip("\n").split("\n") for part in folded(line)]
            shown += [(False, line) for line in [*lines, ""]]
    OUT.write_text(drawn(shown), encoding="utf-8")
    print(f"{OUT.name}: {OUT.stat().st_size / 1024:.0f} KB, {clock(shown):.0f} s")


def folded(line: str) -> list[str]:
    """As a terminal folds what is too long."""
    return [line[at : at + COLUMNS].rstrip() for at in range(0, max(len(line), 1), COLUMNS)]


def timed(shown: list[tuple[bool, str]]) -> Iterator[tuple[float, bool, str]]:
    """(when it appears, is it typed, the line); long calls over two lines."""
    now = 0.6
    for typed, words in shown:
        if typed:
            now += REST * words.startswith("job-alerts")
            yield now, True, words
            now += len(words) * LETTER + 0.4
        else:
            yield now, False, words
            now += LINE


def clock(shown: list[tuple[bool, str]]) -> float:
    """How long it goes on."""
    return max(at for at, _, _ in timed(shown))


def drawn(shown: list[tuple[bool, str]]) -> str:
    """The picture: every line fades in at its time, and the whole moves up where it is full."""
    lines, frames = [], []
    whole = clock(shown) + 3
    for row, (at, typed, words) in enumerate(timed(shown)):
        y = 24 + row * HEIGHT
        mark = ('<tspan class="p">$ </tspan>' if words.startswith("job-alerts") else "  ") if typed else ""
        kind = ' class="t"' if typed else ""
        lines.append(f'<text x="14" y="{y}" style="animation-delay:{at:.2f}s"{kind}>{mark}{escape(words)}</text>')
        if row >= ROWS:
            frames.append(f"{100 * at / whole:.2f}% {{ transform: translateY({-(row - ROWS + 1) * HEIGHT}px) }}")
    frames.append(f"100% {{ transform: translateY({-max(len(lines) - ROWS, 0) * HEIGHT}px) }}")
    width, height = COLUMNS * WIDTH + 28, ROWS * HEIGHT + 34
    text = "font:14px ui-monospace,Menlo,Consolas,monospace;fill:#d4dae1;white-space:pre"
    style = (
        f"text{{{text};opacity:0;animation:show .01s linear forwards}}.t{{fill:#fff}}.p{{fill:#7ddc9a}}"
        f"@keyframes show{{to{{opacity:1}}}}#all{{animation:up {whole:.1f}s step-end forwards}}"
        f"@keyframes up{{0%{{transform:none}}{''.join(frames)}}}"
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" role="img"'
    label = 'aria-label="job-alerts init, poll, jobs --near and explain on a terminal"'
    body = f'<svg width="100%" height="100%"><g id="all">{"".join(lines)}</g></svg>'
    back = '<rect width="100%" height="100%" rx="8" fill="#14171b"/>'
    return f"{head} {label}><style>{style}</style>{back}{body}</svg>\n"


if __name__ == "__main__":
    main()
