"""Which kind of source does a saved page look like? The one that reads the most postings from it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from pydantic import ValidationError

from alerts import plugins
from alerts.model.errors import ReadError, UsageError
from alerts.model.options import Options
from alerts.model.page import Page
from alerts.model.raw import Reading
from alerts.sandbox.reader import Reader

#: Read anything, so they are asked last.
GENERIC = ("page", "sitemap", "json", "indeed", "readme")
#: Stands for what only the address of a saved page could tell; no address that a page names itself holds it.
_NOT_SAID = "not-said-9q7"
_TELLING = ("places", "company", "posted", "pay", "html", "text", "employment", "work", "group", "category", "apply_url")


def recognise(address: str) -> tuple[str, dict[str, object]] | None:
    """The kind that certainly answers to an address, and its options."""
    for kind in plugins.kinds("sources"):
        found = plugins.load("sources", kind).recognise(address)
        if found is not None:
            return kind, found
    return None


def options_of(kind: str, values: Mapping[str, object]) -> Options:
    """The checked options of a kind; raises UsageError that names the first trouble."""
    module = plugins.load("sources", kind)
    try:
        options: Options = module.Options.model_validate(dict(values))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = ".".join(str(part) for part in found["loc"])
        why = "it is missing" if found["type"] == "missing" else found["msg"]
        raise UsageError(f"{kind} cannot be read without its options ({name}: {why}); write it as a source instead") from None
    return options


def options_for(kind: str, address: str) -> Options:
    """Options enough to read a saved page: those of its address, or place-holders for what only asking needs."""
    module = plugins.load("sources", kind)
    found = module.recognise(address) if address else None
    if found is not None:
        options: Options = module.Options.model_validate(found)
        return options
    needed: Mapping[str, object] = {
        name: (address or "https://example.org/") if name == "url" else _NOT_SAID
        for name, field in module.Options.model_fields.items()
        if field.is_required()
    }
    placeholder: Options = module.Options.model_construct(**needed)
    return placeholder


def sniff(page: Page, reader: Reader) -> tuple[str, Reading]:
    """The kind and what it reads; raises UsageError when no kind reads a posting."""
    recognised = recognise(page.url)
    order = [kind for kind in plugins.kinds("sources") if kind not in GENERIC] + [
        k for k in GENERIC if k in plugins.kinds("sources")
    ]
    if recognised:
        order.insert(0, recognised[0])
    best: tuple[float, str, Reading] | None = None
    for kind in dict.fromkeys(order):
        try:
            reading = reader.read(kind, page, options_for(kind, page.url))
        except ReadError:
            continue
        worth = _worth(kind, reading)
        if worth and (best is None or worth > best[0] * (1.02 if kind not in GENERIC else 1.5)):
            best = (worth, kind, reading)
        if recognised and kind == recognised[0] and reading.postings:
            break
    if best is None:
        raise UsageError("no kind of source reads a posting from this; say which it is with --kind (job-alerts kinds lists them)")
    return best[1], best[2]


def _worth(kind: str, reading: Reading) -> float:
    """How much was read: of each posting how many of the telling fields are there, and then how many postings.

    Rows with an id and a title are in the lists of many systems, so a kind that reads more of fewer rows knows better what they
    are. An address that the kind had to make up counts against it, one that is its own system's for it.
    """
    if not reading.postings:
        return 0
    # Where every job is remote, the kind itself says so, not the page.
    remote = plugins.load("sources", kind).ABOUT.remote
    names = [name for name in _TELLING if not (remote and name == "work")]
    told = sum(0.5 + sum(_NOT_SAID not in str(getattr(raw, name) or _NOT_SAID) for name in names) for raw in reading.postings)
    url = reading.postings[0].url
    sure = 0.5 if _NOT_SAID in url else 1.1 if plugins.load("sources", kind).recognise(url) else 1.0
    return told / len(reading.postings) * math.log2(1 + len(reading.postings)) * sure
