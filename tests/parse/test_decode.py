"""Bytes become the text that a browser would show, whatever they claim to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.parse.decode import charset_of, decode, in_utf8


@pytest.mark.parametrize(
    ("body", "charset", "expected"),
    [
        ("Zürich".encode(), None, "Zürich"),
        ("Zürich".encode(), "iso-8859-1", "Zürich"),
        ("Zürich".encode("latin-1"), None, "Zürich"),
        (
            b"<?xml version='1.0' encoding='koi8-r'?>" + "Врач".encode("koi8-r"),
            None,
            "<?xml version='1.0' encoding='koi8-r'?>Врач",
        ),
        (b'<meta charset="shift_jis">' + "求人".encode("shift_jis"), None, '<meta charset="shift_jis">求人'),
        ("“Job”".encode("cp1252"), "iso-8859-1", "“Job”"),
        (b"\xef\xbb\xbfjobs", None, "jobs"),
        ("jobs ✓".encode("utf-16"), None, "jobs ✓"),
        ('{"a":1}'.encode("utf-16-le"), None, '{"a":1}'),
        ("<?xml ?><a/>".encode("utf-16-be"), None, "<?xml ?><a/>"),
        (b"\xff+ADw-script+AD4-", "utf-7", "ÿ+ADw-script+AD4-"),
        (b"a\xffb", "no-such-set", "aÿb"),
        (b"a\xffb", "rot13", "aÿb"),
    ],
)
def test_text_is_read_as_a_browser_reads_it(body: bytes, charset: str | None, expected: str) -> None:
    assert decode(body, charset) == expected


@given(st.binary(), st.one_of(st.none(), st.text(max_size=12)))
def test_no_bytes_make_it_raise(body: bytes, charset: str | None) -> None:
    assert isinstance(decode(body, charset), str)


def test_the_charset_of_a_header() -> None:
    assert charset_of('text/html; Charset="windows-1251"; x=y') == "windows-1251"
    assert charset_of("text/html") is None


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("x-cp1251", "cp1251", "Повар"),
        ("windows-1251", "cp1251", "Повар"),
        ("koi8", "koi8-r", "Повар"),
        ("GB2312", "gb18030", "厨师镕"),
        ("x-gbk", "gb18030", "厨师"),
        ("Shift_JIS", "cp932", "料理人①"),
        ("x-sjis", "cp932", "料理人"),
        ("ks_c_5601-1987", "cp949", "요리사똠"),
        ("iso-8859-9", "cp1254", "aşçı“”"),
        ("iso-8859-1", "cp1252", "Köchin – “€”"),
        ("x-x-big5", "big5hkscs", "廚師"),
    ],
)
def test_the_charset_that_only_the_transport_names_is_the_browsers(label: str, codec: str, words: str) -> None:
    raw = f'<?xml version="1.0"?><t>{words}</t>'.encode(codec)
    made = in_utf8(raw, f'text/xml; Charset="{label}"')
    assert words in decode(made)
    assert decode(raw, label) == decode(made)
    for untouched in (words.encode(), b"plain", b"\xef\xbb\xbf" + words.encode(), b"\x1f\x8b\0\xff", b""):
        assert in_utf8(untouched, f"text/xml; charset={label}") == untouched
    assert in_utf8(raw, "text/xml; charset=nonsense") == in_utf8(raw, "text/xml") == in_utf8(raw, "x; charset=hex") == raw
