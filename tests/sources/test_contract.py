"""What every kind of source promises, whatever the bytes: a ReadError or usable postings, never another exception."""

from __future__ import annotations

import copy
import inspect
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import regold
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from alerts import plugins
from alerts.model.errors import ReadError
from alerts.model.options import Options
from alerts.model.page import Request
from alerts.model.raw import About, RawPosting, Reading

KINDS = regold.kinds()
ALL = plugins.kinds("sources")

#: Values that stand where others were expected.
HOSTILE: list[Any] = [
    None,
    True,
    -1,
    1e308,
    10**40,
    "",
    "\x00\ud800\u202e",
    "javascript:alert(1)",
    "http://[::1",
    "//",
    [],
    [[[1]]],
    {},
    {"a": {"b": [None]}},
    [None, "x", {"name": ["y"]}],
]
GARBAGE = [
    b"",
    b" \n",
    b"\x00" * 50,
    b"\xff\xfe\x00",
    b"null",
    b"true",
    b"17",
    b'"text"',
    b"[]",
    b"{}",
    b"[null, 1, [], {}]",
    b'{"jobs": null}',
    b'{"jobs": {"a": 1}}',
    b'{"error": "no such board"}',
    b"[" * 100_000,
    b'{"jobs":' * 20_000,
    b'{"id": ' + b"9" * 5000 + b"}",
    b"NaN",
    b"<",
    b"<?xml version='1.0'?>",
    b"<rss/>",
    b"<jobs></jobs>",
    b"<a>" * 5000,
    b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><item><title>&x;</title></item></rss>",
    b"<html><head><title>Log in</title></head><body><form><input type='password'></form></body></html>",
    b"<html><body>Just a moment... checking your browser</body></html>",
    b"/etc/passwd",
    b"file:///etc/passwd",
    b"http://127.0.0.1:1/",
    "ünï".encode("utf-16"),
    b"Title\nat Company\n" * 50,
]


def read(kind: str, body: bytes) -> Reading | None:
    """Read a body as a kind, holding the kind to its promise; None where it raised ReadError."""
    module, options = plugins.load("sources", kind), regold.options_of(kind)
    request = module.first(options, regold.ASKING)[0]
    reading, refusal = None, ""
    try:
        reading = module.read(regold.page(body, request), options)
    except ReadError as wrong:
        refusal = str(wrong)
    if reading is None:
        assert 5 < len(refusal) < 500
        return None
    hold(reading)
    for posting in reading.postings[:3] if hasattr(module, "detail") else ():
        wanted = module.detail(posting, options)
        if wanted is not None:
            hold_request(wanted)
    return reading


def hold(reading: Reading) -> None:
    """The promises of a reading."""
    assert isinstance(reading, Reading)
    assert reading.total is None or reading.total >= 0
    assert not (reading.complete and reading.next)
    assert len({posting.source_id for posting in reading.postings}) == len(reading.postings)
    for posting in reading.postings:
        hold_posting(posting)
    if reading.next is not None:
        hold_request(reading.next)


def hold_posting(posting: RawPosting) -> None:
    """The promises of a posting: id, http(s) address and title; texts are texts, without control characters."""
    assert posting.source_id.strip()
    assert posting.title.strip()
    assert "\n" not in posting.title
    for address in (posting.url, posting.apply_url or posting.url):
        assert urlsplit(address).scheme in {"http", "https"}
        assert urlsplit(address).hostname
        assert not re.search(r"[\x00-\x20]", address)
    for words in (posting.title, posting.company or "", *(place.text or "" for place in posting.places)):
        assert not re.search(r"[\x00-\x08\ud800-\udfff]", words)
    for value in (posting.posted, posting.updated, posting.expires):
        assert value is None or (isinstance(value, (str, int, float)) and not isinstance(value, bool))
    for several in (posting.work, posting.employment, posting.tags, posting.category, posting.level, posting.remote_areas):
        assert all(isinstance(each, str) and each for each in several)
    assert all(isinstance(value, str) for value in posting.facts.values())


def hold_request(request: Request) -> None:
    assert urlsplit(request.url).scheme in {"http", "https"}
    assert not re.search(r"[\x00-\x20]", request.url)


@pytest.mark.parametrize("kind", ALL)
def test_a_kind_is_what_the_folder_promises(kind: str) -> None:
    module = plugins.load("sources", kind)
    assert isinstance(module.ABOUT, About)
    assert module.ABOUT.title
    assert len(inspect.getdoc(module) or "") > 150, "the docstring tells endpoint, gives, lacks, dates"
    assert issubclass(module.Options, Options)
    assert {"base_url", "url", "urls"} & set(module.Options.model_fields), "it can be read through a mirror"
    assert callable(module.recognise)
    assert callable(module.first)
    assert callable(module.read)
    assert hasattr(module, "detail") == hasattr(module, "read_detail")


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_options_are_refused(kind: str) -> None:
    options = regold.options_of(kind)
    with pytest.raises(ValidationError, match="no_such_key"):
        type(options).model_validate({**options.model_dump(exclude_unset=True), "no_such_key": 1})


@pytest.mark.parametrize("kind", KINDS)
def test_first_asks_for_something(kind: str) -> None:
    options = regold.options_of(kind)
    asked = plugins.load("sources", kind).first(options, regold.ASKING)
    assert asked
    for request in asked:
        hold_request(request)


@pytest.mark.parametrize("kind", KINDS)
def test_garbage_is_contained(kind: str) -> None:
    for body in GARBAGE:
        read(kind, body)


@pytest.mark.parametrize("kind", KINDS)
def test_truncated_pages_are_contained(kind: str) -> None:
    """Cut anywhere, a page is refused or read in part; and a part is never taken for the whole listing without a word."""
    for file in regold.pages_of(kind):
        body = file.read_bytes()
        for at in sorted({1, len(body) // 3, len(body) // 2, len(body) - 20, len(body) - 3}):
            reading = read(kind, body[:at])
            if reading and reading.complete and at < len(body) - 20 and file.suffix in {".json", ".xml"}:
                raise AssertionError(f"{file.name} cut at {at} was taken for complete")


@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_other_kinds_are_contained(kind: str) -> None:
    for other in KINDS:
        if other != kind:
            read(kind, regold.pages_of(other)[0].read_bytes())


@pytest.mark.parametrize("kind", KINDS)
def test_wrong_types_in_every_field_are_contained(kind: str) -> None:
    """Each field of the golden JSON in turn holds what it should not."""
    module, options = plugins.load("sources", kind), regold.options_of(kind)
    for file in regold.pages_of(kind):
        if file.suffix == ".json":
            for mutant in mutants(json.loads(file.read_bytes())):
                read(kind, json.dumps(mutant).encode())
    detail = next(iter((regold.FOLDER / kind).glob("detail.json")), None)
    first = read(kind, regold.pages_of(kind)[0].read_bytes())
    if detail and first and hasattr(module, "detail"):
        raw = next(each for each in first.postings if module.detail(each, options))
        for mutant in mutants(json.loads(detail.read_bytes())):
            page = regold.page(json.dumps(mutant).encode(), module.detail(raw, options))
            try:
                hold_posting(module.read_detail(page, raw, options))
            except ReadError:
                continue


@pytest.mark.parametrize("kind", KINDS)
def test_broken_markup_is_contained(kind: str) -> None:
    """Texts of the golden XML or HTML are emptied, doubled or replaced, and elements left out."""
    for file in regold.pages_of(kind):
        if file.suffix == ".json":
            continue
        said = file.read_text("utf-8")
        for change in (
            lambda text: re.sub(r">[^<]+<", "><", text),
            lambda text: re.sub(r">[^<]+<", ">\U0001f4a5 &#0; &nbsp; ]]&gt;<", text),
            lambda text: re.sub(r"=\"[^\"]*\"", '=""', text),
            lambda text: re.sub(r"https?://[^<\"\s]+", "javascript:alert(1)", text),
            lambda text: re.sub(r"<(/?)(\w+)", r"<\1x\2", text),
            lambda text: re.sub(r"</\w+>", "", text),
            lambda text: text.replace("<", "&lt;"),
            lambda text: text * 2,
        ):
            read(kind, change(said).encode())


@settings(max_examples=40, deadline=None)
@given(body=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_are_contained(body: bytes) -> None:
    for kind in KINDS:
        read(kind, body)


@settings(max_examples=60, deadline=None)
@given(address=st.one_of(st.text(max_size=80), st.from_regex(r"https?://[a-z.]{1,30}(/[\w%.?=&#-]{0,10}){0,5}", fullmatch=True)))
def test_recognise_takes_any_text(address: str) -> None:
    for kind in ALL:
        module = plugins.load("sources", kind)
        found = module.recognise(address)
        if found is not None:
            module.Options.model_validate(found)


def mutants(golden: Any) -> Iterator[Any]:
    """The golden value with one place after another replaced; the number is bounded, every place gets some value."""
    places = list(walk(golden))
    for index, way in enumerate(places):
        for value in HOSTILE[index % 3 :: 3] if len(places) > 40 else HOSTILE:
            yield replaced(golden, way, value)


def walk(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every place in a JSON value; of a list, only the first member is walked."""
    if way:
        yield way
    members = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for key, member in members:
        yield from walk(member, (*way, key))


def replaced(golden: Any, way: tuple[Any, ...], value: Any) -> Any:
    made = copy.deepcopy(golden)
    at = made
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = value
    return made


# --- many rows --------------------------------------------------------------------------------------------------------

MANY = 10_000


def many(kind: str) -> bytes:
    """A page of very many rows, made of the golden one."""
    file = regold.pages_of(kind)[0]
    said = file.read_text("utf-8")
    if file.suffix == ".json":
        value = json.loads(said)
        rows = value if isinstance(value, list) else max((each for each in value.values() if isinstance(each, list)), key=len)
        rows[:] = [{**rows[0], "id": f"n{index}"} for index in range(MANY)]
        return json.dumps(value).encode()
    row = re.search(r"<(item|job|position|url)>.*?</\1>", said, re.DOTALL)
    assert row is not None
    unique = (re.sub(r"(?<=[a-z/>-])\d+(?=[-<\]_/])", str(index + 10**6), row.group(0)) for index in range(MANY))
    return (said[: row.start()] + "".join(unique) + said[row.end() :]).encode()


@pytest.mark.parametrize("kind", ["greenhouse", "indeed", "rss"])
def test_ten_thousand_rows_are_read(kind: str) -> None:
    reading = read(kind, many(kind))
    assert reading is not None
    assert len(reading.postings) >= MANY - 1
