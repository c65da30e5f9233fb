"""XML without DTDs and entities, row by row, by local names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from alerts.model.errors import ReadError
from alerts.parse.decode import decode
from alerts.parse.jsontext import what_page

_DEPTH = 200
_CHUNK = 1 << 18
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HTML_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_BARE_AMPERSAND = re.compile(r"&(?!#?[A-Za-z0-9]{1,31};)")


def rows(body: bytes, *names: str) -> Iterator[Element]:
    """Elements with one of the local ``names``, each freed once the next is asked for.

    Tags and attributes carry local names ("tt:city" is "city"), so a feed with a wrong or missing namespace is read too.
    Control characters, HTML entities and bare ampersands are forgiven; a document type is refused, and so is HTML.
    Raises ReadError, after the rows before the fault: a truncated feed is not a shorter feed.
    """
    said = decode(body).lstrip("\ufeff \t\r\n")
    if not said:
        raise ReadError("the answer is empty where XML was expected")
    head = said[:1000].lower()
    if not said.startswith("<") or "<html" in head or "<!doctype html" in head:
        raise ReadError(f"{what_page(said) if said.startswith('<') else 'no XML'} where XML was expected")
    return _Rows(frozenset(names)).read(forgiven(said))


def tree(body: bytes) -> Element:
    """The root element of a whole (small) document, with local names; raises ReadError."""
    found = list(rows(body, ""))  # to the end, so that a truncated document is noticed
    if not found:
        raise ReadError("the XML has no element")
    return found[0]


def root_name(body: bytes) -> str:
    """The local name of the root element in lower case, as far as the first bytes tell; "" where they do not."""
    found = re.search(r"<([A-Za-z_][\w.:-]*)", re.sub(r"<!--.*?-->|<\?.*?\?>", "", decode(body[:4000]), flags=re.DOTALL))
    return found.group(1).rpartition(":")[2].lower() if found else ""


def inner(element: Element | None) -> str | None:
    """All text of an element, children included, stripped; None where there is none."""
    return ("".join(element.itertext()).strip() or None) if element is not None else None


def child(element: Element, name: str) -> str | None:
    """The text of the first child of that local name in any case, or None."""
    wanted = name.lower()
    return next((inner(each) for each in element if each.tag.lower() == wanted), None)


def forgiven(said: str) -> str:
    """XML text without its declaration, with control characters, HTML entities and bare ampersands made harmless."""
    # The declared encoding is no longer true of text.
    said = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", said)
    said = _HTML_ENTITY.sub(lambda found: html.unescape(found.group(0)), _NOT_XML.sub("", said))
    pieces, at = [], 0
    # Inside CDATA a bare ampersand is right and stays. (No expression finds the ends in linear time.)
    while (start := said.find("<![CDATA[", at)) >= 0 and (end := said.find("]]>", start)) >= 0:
        pieces += [_BARE_AMPERSAND.sub("&amp;", said[at:start]), said[start : end + 3]]
        at = end + 3
    return "".join([*pieces, _BARE_AMPERSAND.sub("&amp;", said[at:])])


class _Rows:
    """Builds elements with expat itself: no DTD, no entities, no depth without end, and finished rows are let go."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._depth = self._inside = 0
        self._builder: TreeBuilder = TreeBuilder()
        self._done: list[Element] = []
        parser = self._parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = self._doctype

    def read(self, said: str) -> Iterator[Element]:
        for start in range(0, len(said), _CHUNK):
            self._parse(said[start : start + _CHUNK].encode(), last=start + _CHUNK >= len(said))
            finished, self._done = self._done, []
            yield from finished

    def _parse(self, chunk: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as wrong:
            raise ReadError(f"not well-formed XML: {wrong}") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            raise ReadError("the XML is nested too deeply to be read")
        local = name.rpartition(":")[2]
        if not self._inside and (local in self._names or (self._depth == 1 and "" in self._names)):
            self._inside, self._builder = self._depth, TreeBuilder()
        if self._inside:
            self._builder.start(local, {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        if self._inside:
            self._builder.end(name.rpartition(":")[2])
            if self._inside == self._depth:
                self._done.append(self._builder.close())
                self._inside = 0
        self._depth -= 1

    def _data(self, data: str) -> None:
        if self._inside:
            self._builder.data(data)

    def _doctype(self, *_: object) -> None:
        raise ReadError("the XML declares a document type (DTD), which is refused")
