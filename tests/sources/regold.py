"""Golden folders of source kinds: how they are laid out, and how an answer is written down.

``tests/sources/<kind>/`` holds ``options.toml``, one or more ``page*.*`` (what the source answered), perhaps a ``detail.*``
(the details of the first posting that wants them), and ``postings.json`` (what is read from each). A fault in the wild becomes
a test by adding such a file. ``python tests/sources/regold.py [KIND …]`` rewrites the expectations and
the list of kinds in ``docs/sources.md``; review the difference.
"""

from __future__ import annotations

import json
import sys
import tomllib
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from alerts import plugins
from alerts.cli.commands.kinds import catalogue
from alerts.model.errors import ReadError
from alerts.model.page import Asking, Page, Request

FOLDER = Path(__file__).parent
DOCS = FOLDER.parents[1] / "docs" / "sources.md"
ASKING = Asking(words=("engineer",))


def kinds() -> list[str]:
    """The kinds that have a golden folder."""
    return sorted(each.parent.name for each in FOLDER.glob("*/options.toml"))


def options_of(kind: str) -> Any:
    """The options that the folder of a kind gives."""
    text = (FOLDER / kind / "options.toml").read_text("utf-8")
    return plugins.load("sources", kind).Options.model_validate(tomllib.loads(text))


def pages_of(kind: str) -> list[Path]:
    """The recorded answers of a kind, the plainest first."""
    return sorted((FOLDER / kind).glob("page*.*"), key=lambda each: (len(each.stem), each.name))


def page(body: bytes, request: Request) -> Page:
    """A page as ``fetch`` hands it on."""
    return Page(request, request.url, body, datetime(2026, 5, 1, tzinfo=UTC))


def answer(kind: str) -> dict[str, Any]:
    """What is read from every file of a kind, as plain data."""
    module, options = plugins.load("sources", kind), options_of(kind)
    asked = module.first(options, ASKING)
    said: dict[str, Any] = {"first": [plain(each) for each in asked]}
    for file in pages_of(kind):
        reading = _read(module, file, asked[0], options)
        said[file.name] = plain(reading) if not isinstance(reading, str) else reading
        if file.name.startswith("page.") and not isinstance(reading, str):
            said |= _details(module, kind, reading.postings, options)
    # Pages that are not the plainest may be those that want details.
    if (detail := next(iter((FOLDER / kind).glob("detail.*")), None)) and detail.name not in said:
        for file in pages_of(kind)[1:]:
            reading = _read(module, file, asked[0], options)
            said |= _details(module, kind, reading.postings, options) if not isinstance(reading, str) else {}
    return said


def _read(module: ModuleType, file: Path, request: Request, options: Any) -> Any:
    try:
        return module.read(page(file.read_bytes(), request), options)
    except ReadError as wrong:
        return f"ReadError: {wrong}"


def _details(module: ModuleType, kind: str, postings: tuple[Any, ...], options: Any) -> dict[str, Any]:
    file = next(iter((FOLDER / kind).glob("detail.*")), None)
    wanted = next((each for each in postings if file and (request := module.detail(each, options)) and request.url), None)
    if file is None or wanted is None:
        return {}
    request = module.detail(wanted, options)
    return {
        file.name: {
            "request": plain(request),
            "posting": plain(module.read_detail(page(file.read_bytes(), request), wanted, options)),
        }
    }


def plain(value: Any) -> Any:
    """Values of ours as JSON, without what is not said."""
    if is_dataclass(value) and not isinstance(value, type):
        said = {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        usual = {each.name: each.default for each in fields(value)}
        return {name: one for name, one in said.items() if one not in (None, [], {}, "") and one != usual[name]}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, bytes):
        return value.decode("utf-8")
    return dict(value) if hasattr(value, "items") else value


def documented() -> str:
    """The documentation of sources as it should be: what was written by hand, and between the marks what the kinds say."""
    before, start, rest = DOCS.read_text("utf-8").partition("<!-- kinds -->\n")
    _, end, after = rest.partition("<!-- end of kinds -->")
    return f"{before}{start}\n{catalogue()}\n\n{end}{after}"


def rewrite(chosen: list[str]) -> None:
    """Write the expectations of the chosen kinds (all, where none is)."""
    for kind in chosen or kinds():
        said = json.dumps(answer(kind), indent=1, ensure_ascii=False)
        (FOLDER / kind / "postings.json").write_text(said + "\n", "utf-8")
        print(kind)
    DOCS.write_text(documented(), "utf-8")


if __name__ == "__main__":
    rewrite(sys.argv[1:])
