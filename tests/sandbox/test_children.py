"""A page that hangs holds up no other: another child reads on, and only one stays."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from alerts.model.page import Page, Request
from alerts.sandbox.children import MOST
from alerts.sandbox.reader import Reader
from tests.sandbox.living import living

NOW = datetime(2026, 3, 3, tzinfo=UTC)


class Hanging:
    """Readings that hang until they are let go."""

    def __init__(self, reader: Reader, kinds: ModuleType, gate: Path) -> None:
        self._reader, self._options, self._gate = reader, kinds.Options(), gate
        self._threads: list[threading.Thread] = []
        self.read: list[str] = []

    def begin(self, kind: str) -> None:
        thread = threading.Thread(target=self._run, args=[kind])
        thread.start()
        self._threads.append(thread)

    def _run(self, kind: str) -> None:
        page = Page(Request("https://e.org"), "https://e.org", str(self._gate).encode(), NOW)
        self.read.append(self._reader.read(kind, page, self._options).postings[0].title)

    def end(self) -> None:
        self._gate.touch()
        for thread in self._threads:
            thread.join(60)


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader(load="tiny_kinds:load", deadline=60) as reader:
        yield reader


@pytest.fixture
def hanging(reader: Reader, kinds: ModuleType, tmp_path: Path) -> Iterator[Hanging]:
    held = Hanging(reader, kinds, tmp_path / "gate")
    yield held
    held.end()


def echo(reader: Reader, kinds: ModuleType) -> str:
    page = Page(Request("https://e.org"), "https://e.org", b"world", NOW)
    return str(reader.read("echo", page, kinds.Options()).postings[0].title)


def test_two_kinds_that_hang_hold_up_no_other(reader: Reader, kinds: ModuleType, hanging: Hanging) -> None:
    hanging.begin("held")
    hanging.begin("slow")
    assert [echo(reader, kinds) for _ in range(3)] == ["hello world"] * 3
    assert hanging.read == [], "they still hang"


def test_a_kind_that_hangs_in_many_sources_leaves_a_child_to_the_others(
    reader: Reader, kinds: ModuleType, hanging: Hanging
) -> None:
    for _ in range(MOST * 2):
        hanging.begin("held")
    assert echo(reader, kinds) == "hello world"
    assert hanging.read == []
    assert len(living(reader)) <= MOST
    hanging.end()
    assert hanging.read == ["let go"] * MOST * 2


def test_one_child_stays_when_it_is_over(reader: Reader, kinds: ModuleType, hanging: Hanging) -> None:
    hanging.begin("held")
    hanging.begin("slow")
    echo(reader, kinds)
    hanging.end()
    assert len(living(reader)) == 1


def test_a_close_waits_for_what_is_read(reader: Reader, kinds: ModuleType, hanging: Hanging) -> None:
    hanging.begin("held")
    echo(reader, kinds)
    closing = threading.Thread(target=reader.close)
    closing.start()
    hanging.end()
    closing.join(60)
    assert hanging.read == ["let go"]
    assert living(reader) == []
