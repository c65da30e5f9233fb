"""Killed at each single write to the disk, of a poll and of a delivery, the next start goes on and nothing is lost."""

from __future__ import annotations

import random
import shutil
import subprocess

import pytest

from alerts.cli.main import main
from tests.drills.house import BOARD, HOOK, ROOT, SEARCH, House

pytestmark = [pytest.mark.drill, pytest.mark.timeout(400)]
SYNCS = "fdatasync,fsync,ftruncate"


@pytest.fixture(scope="module", autouse=True)
def strace() -> None:
    """strace, which kills a process at its n-th system call of a kind."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    if subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, timeout=30).returncode:
        pytest.skip("strace may not trace here")


@pytest.fixture
def house(capsys):
    with House() as house:
        house.configure(BOARD + SEARCH + HOOK)
        assert call(house, "--all") == 0
        house.published.append(1002)
        yield house


def call(house: House, *words: str) -> int:
    return main(["poll", "--config", str(house.folder / "config.toml"), *words])


def killed(house: House, calls: str, number: int, *words: str) -> bool:
    """Run a round that is killed at a system call; False when it came to its end before."""
    inject = f"inject={calls}:signal=SIGKILL:when={number}"
    tracing = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", "-e", inject]
    done = subprocess.run(
        [*tracing, *house.command("poll", *words)], cwd=ROOT, env=house.environment(), capture_output=True, text=True, timeout=60
    )
    assert done.returncode in (0, -9, 137), done.stderr
    return done.returncode != 0


@pytest.mark.parametrize("half", ["poll", "deliver"])
@pytest.mark.parametrize("calls", [SYNCS, "pwrite64"])
def test_a_kill_at_any_write_loses_nothing(house, half, calls):
    if half == "deliver":
        assert call(house, "--all", "--no-deliver") == 0
    words = ("--all", "--no-deliver") if half == "poll" else ()
    before, chance, number, kills = (house.folder / "a.db").read_bytes(), random.Random(5), 0, 0
    while True:
        number += 1 if calls == SYNCS else chance.randint(1, 6)
        (house.folder / "a.db").write_bytes(before)
        for beside in ("a.db-journal", "a.db-wal", "a.db-shm"):
            (house.folder / beside).unlink(missing_ok=True)
        house.hooked.clear()
        hit = killed(house, calls, number, *words)
        kills += hit
        assert call(house, "--all") == 0
        assert house.integrity() == "ok"
        assert [numbers for _, numbers in house.hooked][:1] == [[1002]]
        assert len(house.hooked) <= 1 + (hit and half == "deliver")
        assert len({name for name, _ in house.hooked}) == 1, "under one id"
        if not hit:
            break
    print(f"{half}: killed at {kills} of {number} {calls}")
    assert kills > 3
