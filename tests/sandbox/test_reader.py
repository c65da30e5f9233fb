"""A hostile page can waste one reading, never more: not memory, not other pages, not the host, not its secrets."""

import ast
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from alerts.model.errors import ReadError, UnknownKind
from alerts.model.options import Secret
from alerts.model.page import Page, Request
from alerts.model.raw import RawPosting, Reading
from alerts.sandbox.process import Died, Process
from alerts.sandbox.reader import Reader, wire
from alerts.sandbox.work import Task
from tests.sandbox.living import living

LOAD = "tiny_kinds:load"
NOW = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def reader(kinds: ModuleType) -> Iterator[Reader]:
    """One for all tests: whatever a test does to its child, the next one finds it working."""
    with Reader(load=LOAD) as reader:
        yield reader


def page(body: bytes = b"world") -> Page:
    return Page(Request("https://example.org/feed"), "https://example.org/feed", body, NOW)


@pytest.mark.parametrize("inline", [False, True])
def test_what_a_kind_returns_arrives(inline: bool, kinds: ModuleType) -> None:
    with Reader(load=LOAD, inline=inline) as reader:
        assert reader.read("echo", page(), kinds.Options(word="hi")) == kinds.reading("hi world")
        detailed = reader.read_detail("echo", page(b"text"), kinds.posting("t"), kinds.Options(word="Firm"))
        assert reader.read("secret", page(), kinds.Options(key=Secret("s3"))).postings[0].title == "s3"
    assert (detailed.title, detailed.text, detailed.company) == ("t", "text", "Firm")


def test_large_pages_pass_both_ways(reader: Reader, kinds: ModuleType) -> None:
    body = b"x" * (20 << 20)
    assert len(reader.read("echo", page(body), kinds.Options()).postings[0].title) == len(body) + 6


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("unreadable", "^this is HTML, not a feed$"),
        ("raises", "KeyError"),
        ("fetches", "no answer"),
        ("leaves", "SystemExit"),
        ("deep", "nested too deeply"),
        ("wrong", "did not return a Reading"),
    ],
)
def test_every_failure_is_one_line(inline: bool, kind: str, words: str, kinds: ModuleType, reader: Reader) -> None:
    reader = Reader(load=LOAD, inline=True) if inline else reader
    with pytest.raises(ReadError, match=words) as raised:
        reader.read(kind, page(), kinds.Options())
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 500
    with pytest.raises(UnknownKind, match="nowhere"):
        reader.read("nowhere", page(), kinds.Options())


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("hungry", "more memory"),
        ("greedy", "more memory"),
        ("exits", "ended the reading process"),
        ("killed", "crashed"),
        ("overflows", "nested too deeply"),
        ("foreign", "something other than the values of alerts.model"),
        ("connects", "must not use the network"),
        ("resolves", "must not use the network"),
        ("starts", "must not use the network or start programs"),
    ],
)
def test_what_would_hurt_the_daemon_hurts_only_the_child(kind: str, words: str, reader: Reader, kinds: ModuleType) -> None:
    """And the next page is read as if nothing had been."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.setblocking(False)
        for _ in range(2):
            with pytest.raises(ReadError, match=words):
                reader.read(kind, page(str(canary.getsockname()[1]).encode()), kinds.Options())
        with pytest.raises(BlockingIOError):
            canary.accept()
    assert reader.read("echo", page(), kinds.Options()).postings


@pytest.mark.parametrize("kind", ["endless", "asleep", "stubborn"])
def test_a_reading_that_does_not_end_is_ended(kind: str, kinds: ModuleType) -> None:
    with Reader(load=LOAD, deadline=60) as reader:
        reader.read("echo", page(), kinds.Options())
        reader._deadline = 1.5  # from here: a child that starts on a busy machine may need longer for its first page
        with pytest.raises(ReadError, match=r"took longer than 1\.5 s"):
            reader.read(kind, page(), kinds.Options())
        reader._deadline = 60
        assert reader.read("echo", page(), kinds.Options()).postings


def test_cpu_time_is_limited_even_without_the_parent(kinds: ModuleType) -> None:
    """If the daemon was killed, its child must not burn on."""
    process = Process(0.2, 768, 60)
    with pytest.raises(Died, match="CPU time"):
        process.ask(wire.pack(Task("read", LOAD, "endless", (page(), kinds.Options()))), 60)
    process.kill()


def test_a_child_without_parent_ends(kinds: ModuleType) -> None:
    reader = Reader(load=LOAD)
    pid = int(told(reader, kinds)["pid"])
    (process,) = living(reader)
    process._link.close()
    assert process._popen.wait(20) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    reader.close()


def test_the_child_sees_no_secret(reader: Reader, kinds: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the environment nor open files of the daemon reach the code that reads strangers' bytes."""
    monkeypatch.setenv("SMTP_PASSWORD", "s3cret")
    database = tmp_path / "alerts.db"
    with database.open("w") as file:
        os.set_inheritable(file.fileno(), True)
        seen = told(reader, kinds)
    assert set(seen["env"]) <= {"LANG", "LC_ALL", "LC_CTYPE", "TZ", "PYTHONHASHSEED", "PYTHONUTF8"}
    assert not any("alerts.db" in name for name in seen["files"])
    assert seen["RLIMIT_CORE"] == 0
    assert seen["RLIMIT_NOFILE"] <= 64


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process say that it may go first")
def test_where_memory_runs_out_the_child_goes_and_not_the_daemon(reader: Reader, kinds: ModuleType) -> None:
    assert told(reader, kinds)["oom"] == "1000"


def test_the_child_writes_no_file(reader: Reader, kinds: ModuleType, tmp_path: Path) -> None:
    target = tmp_path / "written"
    with pytest.raises(ReadError):
        reader.read("writes", page(str(target).encode()), kinds.Options())
    assert not target.exists() or target.stat().st_size == 0


def test_a_kind_may_print(reader: Reader, kinds: ModuleType) -> None:
    assert reader.read("loud", page(), kinds.Options()) == kinds.reading("said")


def test_one_child_serves_many_pages_and_threads(reader: Reader, kinds: ModuleType) -> None:
    results: list[str] = []

    def work(number: int) -> None:
        results.append(reader.read("echo", page(str(number).encode()), kinds.Options()).postings[0].title)

    pids = {told(reader, kinds)["pid"]}
    threads = [threading.Thread(target=work, args=[number]) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pids.add(told(reader, kinds)["pid"])
    assert sorted(results) == sorted(f"hello {number}" for number in range(20))
    assert len(pids) == 1


def test_an_idle_child_goes_and_a_new_one_comes(kinds: ModuleType) -> None:
    with Reader(load=LOAD, idle=0.2) as reader:
        first = told(reader, kinds)["pid"]
        (process,) = living(reader)
        assert process._popen.wait(20) == wire.RESTED
        assert told(reader, kinds)["pid"] != first


def test_a_child_that_goes_just_then_is_replaced(kinds: ModuleType) -> None:
    """The task may be on its way when the child decides to rest."""
    with Reader(load=LOAD, idle=0.01) as reader:
        for wait in (0.008, 0.009, 0.01, 0.011, 0.012):
            assert reader.read("echo", page(), kinds.Options()).postings
            time.sleep(wait)


def test_a_child_that_grew_is_replaced(reader: Reader, kinds: ModuleType) -> None:
    first = told(reader, kinds)["pid"]
    assert reader.read("fat", page(), kinds.Options()).postings[0].title == str(350 << 20)
    assert told(reader, kinds)["pid"] != first


def test_nothing_is_started_before_it_is_needed_and_close_can_be_called_twice(kinds: ModuleType) -> None:
    reader = Reader(load=LOAD)
    assert living(reader) == []
    reader.close()
    assert reader.read("echo", page(), kinds.Options()).postings
    reader.close()
    reader.close()


@pytest.mark.parametrize("started", ["-c", "script"])
def test_it_works_however_the_program_was_started(started: str, tmp_path: Path) -> None:
    """From a script without a main guard, from -c, and from another folder; the child never runs the main program again."""
    code = (
        "import sys; sys.path[:0] = " + repr([str(Path(__file__).parent), *sys.path]) + "\n"
        "from datetime import UTC, datetime\n"
        "import tiny_kinds\nfrom alerts.model.page import Page, Request\nfrom alerts.sandbox.reader import Reader\n"
        "print('main')\n"
        "with Reader(load='tiny_kinds:load') as reader:\n"
        "    page = Page(Request('u'), 'u', b'world', datetime.now(UTC))\n"
        "    print(reader.read('echo', page, tiny_kinds.Options()).postings[0].title)\n"
    )
    script = tmp_path / "program"
    script.write_text(code)
    arguments = ["-c", code] if started == "-c" else [str(script)]
    done = subprocess.run([sys.executable, *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("main\nhello world\n", "")


def test_results_are_checked_before_they_are_believed() -> None:
    """A child that was taken over can send bytes, but no bytes that run."""
    for value in (os.system, Path("/"), Page, UnknownKind("x"), Reader):
        with pytest.raises(Exception, match=r"not a value of alerts\.model"):
            wire.unpack_result(wire.pack(("done", value)))
    good = ("done", Reading((RawPosting("1", "u", "t", posted=1.5),)))
    assert wire.unpack_result(wire.pack(good)) == good


def told(reader: Reader, kinds: ModuleType) -> dict[str, object]:
    return dict(ast.literal_eval(reader.read("surroundings", page(), kinds.Options()).postings[0].title))


def test_a_child_of_a_fat_program_is_judged_by_its_own_memory() -> None:
    """Linux hands the peak of the parent's memory on to the child, which must not go, nor stay, because of it."""
    folders = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    code = f"""
import sys; sys.path[:0] = {folders!r}
ballast = bytearray(500 * 2**20); del ballast
import tiny_kinds
from datetime import UTC, datetime
from alerts.model.page import Page, Request
from alerts.sandbox.reader import Reader
page = Page(Request("https://e.org"), "https://e.org", b"x", datetime.now(UTC))
with Reader(load={LOAD!r}) as reader:
    pid = lambda: reader.read("echo", page, tiny_kinds.Options()) and reader._children._idle._popen.pid
    before = {{pid() for _ in range(3)}}
    reader.read("fat", page, tiny_kinds.Options())
    print(len(before), len(before & {{pid()}}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["1", "0"], done.stderr
