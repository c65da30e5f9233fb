"""A machine that keeps back what the daemon needs: each is one clear line that says what to do, and nothing is lost."""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from alerts.cli.demo.site import Given
from tests.drills.house import BOARD, FRAME, HOOK, ROOT, SEARCH, House

pytestmark = pytest.mark.timeout(300)
SOMEBODY = 65534
#: Root without its powers, so that what belongs to somebody else is closed.
POWERLESS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
owners = pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs root and setpriv, to give files away")
EVERY = [("poll", "--all"), ("run",), ("status",), ("backup",), ("vacuum",), ("export",)]


@pytest.fixture
def house() -> Iterator[House]:
    with House() as house:
        house.configure(BOARD + SEARCH + HOOK)
        yield house


def call(house: House, *words: str, before: tuple[str, ...] = (), least: int = 0, **env: str) -> tuple[int, str]:
    """One command to its end: its status and the one line that it said to standard error."""

    def limit() -> None:
        if least:
            resource.setrlimit(resource.RLIMIT_NOFILE, (least, least))

    environment = {name: value for name, value in (house.environment() | env).items() if value != "-"}
    done = subprocess.run(
        [*before, *house.command(*words)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=limit,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr.strip()


def one_line(status: int, said: str, *words: str) -> None:
    assert status in (1, 2)
    assert len(said.splitlines()) == 1, said
    for word in words:
        assert word in said


@pytest.mark.parametrize("where", ["/proc/nowhere", "FILE"], ids=["a place that cannot be", "below a file"])
def test_no_state_directory(house, where):
    (house.folder / "file").touch()
    house.configure(BOARD + SEARCH + HOOK, FRAME.replace('database="a.db"\n', ""))
    state = where.replace("FILE", str(house.folder / "file"))
    for words in EVERY[:2]:
        one_line(*call(house, *words, XDG_STATE_HOME=state), "cannot be made", "settings.database")


@owners
@pytest.mark.parametrize("words", EVERY, ids=lambda words: words[0])
def test_a_folder_of_another_user(house, words):
    theirs = house.folder / "theirs"
    theirs.mkdir(0o700)
    os.chown(theirs, SOMEBODY, SOMEBODY)
    house.configure(BOARD + SEARCH + HOOK, FRAME.replace("a.db", "theirs/a.db"))
    one_line(*call(house, *words, before=tuple(POWERLESS)), "theirs", "ask as")


@owners
@pytest.mark.parametrize("name", ["a.db", "a.db.lock"])
@pytest.mark.parametrize("words", EVERY[:2], ids=lambda words: words[0])
def test_a_file_of_another_user(house, name, words):
    """Somebody asked with sudo, or without, before."""
    assert house.call("poll", "--all").returncode == 0
    os.chown(house.folder / name, SOMEBODY, SOMEBODY)
    (house.folder / name).chmod(0o600)
    one_line(*call(house, *words, before=tuple(POWERLESS)), name, "another user", "chown")


def test_an_unknown_zone(house):
    house.configure(BOARD + SEARCH + HOOK, FRAME.replace("[settings]\n", '[settings]\ntimezone="Mars/Olympus"\n'))
    one_line(*call(house, "poll", "--all"), "config.toml:2", "settings.timezone", "Europe/Berlin")
    house.configure(BOARD + SEARCH + HOOK)
    assert call(house, "poll", "--all", TZ="Mars/Olympus") == (0, "")


def test_no_home(house):
    """A unit or cron may have none; the password file knows it."""
    assert call(house, "poll", "--all", HOME="-") == (0, "")


@pytest.mark.parametrize("words", EVERY[:2], ids=lambda words: words[0])
@pytest.mark.parametrize("least", [16, 64])
def test_too_few_files_may_be_open(house, words, least):
    one_line(*call(house, *words, least=least), "open at once", "ulimit -n")


def test_no_network_at_the_start(house):
    """It starts, says what it cannot reach, and reads as soon as it can."""
    house.configure(BOARD.replace("SITE", "http://127.0.0.1:1") + SEARCH + HOOK)
    with house.start() as daemon:
        daemon.ready()
        daemon.until(lambda: "could not be reached" in daemon.log())
        house.configure(BOARD + SEARCH + HOOK)
        daemon.signal(signal.SIGHUP)
        daemon.until(lambda: house.reads > 0)
        assert "Traceback" not in daemon.log()


def test_a_reading_child_that_is_killed_loses_nothing(house):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        killed = 0
        for number in range(1002, 1008):
            for child in _children(daemon.process.pid):
                os.kill(child, signal.SIGKILL)
                killed += 1
            house.published.append(number)
            daemon.until(lambda number=number: any(number in told for _, told in house.hooked))
        assert killed
        assert "Traceback" not in daemon.log()
        told = [number for _, numbers in house.hooked for number in numbers]
    assert sorted(told) == list(range(1002, 1008))


def test_a_backup_of_another_version(house, tmp_path):
    """An older one is brought up to date; of a newer one nothing is touched."""
    import sqlite3
    from contextlib import closing

    assert house.call("poll", "--all").returncode == 0
    old = tmp_path / "old.db"
    old.write_bytes(gzip.decompress((Path(__file__).parents[1] / "data" / "alerts-0.1.0.db.gz").read_bytes()))
    newer = tmp_path / "newer.db"
    shutil.copy(old, newer)
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = (house.folder / "a.db").read_bytes()
    one_line(*call(house, "restore", str(newer)), "newer version", "update job-alerts")
    assert (house.folder / "a.db").read_bytes() == before
    assert call(house, "restore", str(old))[0] == 0
    assert house.integrity() == "ok"


def test_a_disk_that_is_full_is_one_line(house):
    """Every write of this file system fails as on a full disk (the drill with a real one is test_storage.py)."""
    house.hook = lambda _asked: Given(status=204)
    house.configure(BOARD + SEARCH + '[channels.out]\nkind="file"\npath="/dev/full"\n')
    assert house.call("poll", "--all").returncode == 0
    house.published.append(1002)
    status, said = call(house, "poll", "--all")
    assert status == 1
    assert "No space left" in said or not said


def _children(number: int) -> list[int]:
    return [int(one) for file in Path(f"/proc/{number}/task").glob("*/children") for one in file.read_text("ascii").split()]
