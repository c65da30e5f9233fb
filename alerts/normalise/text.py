"""Text: clean, readable plain text, safe HTML and one-line titles from whatever a source sends."""

from __future__ import annotations

import html as entities
import re
import unicodedata

_LONGEST = 200_000
_LONGEST_HTML = 2_000_000

_TAG_NAMES = (
    r"(?:p|br|div|ul|ol|li|h[1-6]|strong|b|em|i|u|span|a|table|tbody|thead|tr|td|th|hr|section|font|img|pre|code|blockquote)"
)
#: Markup that no plain text means to show.
_TAG = re.compile(rf"</?{_TAG_NAMES}(?:\s[^<>]*)?/?>", re.I)
_ESCAPED_TAG = re.compile(rf"&(?:amp;)*lt;/?{_TAG_NAMES}\b", re.I)
_BREAKING = re.compile(r"<(?:p|br|div|ul|ol|li|h[1-6]|tr|section|table|blockquote)\b", re.I)
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
#: UTF-8 that was read as Latin-1 or Windows-1252: a lead byte followed by what a continuation byte turns into.
_MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152"
                       "\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]")  # fmt: skip
#: Control, direction and invisible characters, lone surrogates, tag characters; line breaks and tabs stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
#: What most texts are made of, with nothing to repair or to take out.
_PLAIN = re.compile("[\n -~\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]*")
_BULLETS = frozenset("•·●▪▫◦‣⁃■□►▸➢➤✓✔")
_ASCII_BULLETS = frozenset("*-–")

_BLOCKS = "p,div,section,article,header,footer,blockquote,pre,table,ul,ol,h1,h2,h3,h4,h5,h6,dl,dd,dt,tr,figure,address,hr"
_DROPPED = ["script", "style", "noscript", "template", "iframe", "svg", "head", "title", "object", "textarea", "select", "button"]
#: Looked for only where one of the tags is, in this order: the tags, a selector, what is put before and behind each.
_BREAKS = (
    (("li",), "li", "\n- ", "\n"),
    (("li",), "li p, li div", "", "\n"),
    (("br",), "br", "", "\n"),
    (tuple(_BLOCKS.split(",")), _BLOCKS, "\n\n", "\n\n"),
    (("td", "th"), "td,th", "", " "),
)
_SAFE_TAGS = {
    "a", "b", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li",
    "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip


def clean(html: str | None, text: str | None) -> str:
    """Readable plain text: paragraphs kept apart by an empty line, list items as "- ", entities decoded, no markup.

    ``html`` is preferred where both are given; either may be escaped twice. At most 200,000 characters. Never raises;
    cleaning what is clean changes nothing.
    """
    if html and html.strip():
        return _settle(_from_html(_unescaped(html[:_LONGEST_HTML])))
    raw = (text or "")[:_LONGEST_HTML]
    if _BREAKING.search(raw) or _ESCAPED_TAG.search(raw):
        return _settle(_from_html(_unescaped(raw)))
    return _settle(raw)


def line(value: str | None) -> str | None:
    """A title or a name on one line: entities decoded once, tags removed, white space folded. None where nothing is left."""
    if not value:
        return None
    text = _TAG.sub(" ", value[:5000])
    if "&" in text:
        text = _TAG.sub(" ", _decode(text))
    text = unicodedata.normalize("NFC", " ".join(_repaired(text).split()))
    return " ".join(_UNSEEN.sub("", text).split())[:1000] or None


def _unescaped(html: str) -> str:
    """Markup that was escaped as a whole (once or twice), as markup."""
    for _ in range(3):
        if not _ESCAPED_TAG.search(html) or _BREAKING.search(html):
            break
        html = entities.unescape(html)
    return html


def _from_html(html: str) -> str:
    """Text of markup with its blocks on lines of their own."""
    if _too_deep(html):
        return _ANY_TAG.sub(" ", html)
    from selectolax.lexbor import LexborHTMLParser

    if _BREAKING.search(html):
        html = html.replace("\n", " ") if "<pre" not in html else html
    tags = {name.lower() for name in _TAG_NAME.findall(html)}
    tree = LexborHTMLParser(html)
    if not tags.isdisjoint(_DROPPED):
        tree.strip_tags(_DROPPED)
    for wanted, selector, before, after in _BREAKS:
        for node in () if tags.isdisjoint(wanted) else tree.css(selector):
            if before:
                node.insert_before(before)
            node.insert_after(after)
    return tree.body.text(deep=True) if tree.body else ""


def _too_deep(html: str) -> bool:
    """Thousands of elements inside one another cost every parser quadratic time."""
    opened = html.count("<") - 2 * html.count("</")
    return (
        opened > 1000
        and opened - sum(html.count(tag) for tag in ("<br", "<p", "<li", "<img", "<hr", "<td", "<tr", "<BR", "<P", "<LI")) > 1000
    )


def _settle(text: str) -> str:
    """Plain text made tidy; applied to its own answer it changes nothing."""
    for _ in range(4):
        text = _lines(_settled_characters(text))
        # Folding may bring together what then looks like mojibake; that is rare, and looked for before a second round.
        if _PLAIN.fullmatch(text) or not _MOJIBAKE.search(text):
            break
    return text


def _settled_characters(text: str) -> str:
    for _ in range(5):
        clean_text = _characters(text)
        if clean_text == text:
            break
        text = clean_text
    return text


def _characters(text: str) -> str:
    """Without entities, markup, mojibake and what cannot be seen."""
    if "&" in text:
        text = _decode(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if _PLAIN.fullmatch(text):
        return text
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _repaired(text)))


def _lines(text: str) -> str:
    """White space folded, list items as "- " one below the other, at most one empty line between paragraphs."""
    lines: list[str] = []
    gap = marker = False
    for raw in text.splitlines():
        line = " ".join(raw.split())
        if not line:
            gap = True
            continue
        item = line[0] in _BULLETS or (line[0] in _ASCII_BULLETS and line[1:2] in ("", " "))
        if item:
            line = line[1:].lstrip()
            if not line:  # the words of the item stand on the next line
                marker, gap = True, gap or not lines
                continue
        item, marker = item or marker, False
        if gap and lines and not (item and lines[-1].startswith("- ")):
            lines.append("")
        gap = False
        lines.append(f"- {line}" if item else line)
    return _capped("\n".join(lines))


def _capped(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[: text.rfind("\n", 0, _LONGEST) if "\n" in text[:_LONGEST] else _LONGEST].rstrip()


def _decode(text: str) -> str:
    return _ENTITY.sub(lambda found: entities.unescape(found[0]), text)


def _repaired(text: str) -> str:
    """Mojibake undone, only where the round trip through the wrong encoding proves it."""
    if not _MOJIBAKE.search(text):
        return text
    import ftfy

    return ftfy.fix_encoding(text)
