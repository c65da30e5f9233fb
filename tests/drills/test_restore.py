"""The file is lost: a backup in its place tells nothing again and forgets nothing owed, on this machine and on another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from alerts.cli.demo.site import Given
from tests.drills.house import BOARD, HOOK, MAIL, SEARCH, House


@pytest.fixture
def house():
    """Job 1002 was told by mail and is owed on the hook, which does not answer; then a backup was made beside the daemon."""
    with House() as house:
        house.configure(BOARD + SEARCH + MAIL + HOOK)
        with house.start() as daemon:
            daemon.until(lambda: house.reads > 1)
            house.hook = lambda _asked: Given(b"away", 503, "text/plain")
            house.published.append(1002)
            daemon.until(lambda: house.mailed)
            done = house.call("backup", str(house.folder / "copy.db"))
            assert done.returncode == 0, done.stderr
            assert house.call("restore", str(house.folder / "copy.db")).returncode == 1, "a daemon works"
        house.hook = lambda _asked: None
        yield house


def jobs(arrived: list[tuple[str, list[int]]]) -> list[int]:
    return sorted(number for _, numbers in arrived for number in numbers)


def poll(house: House) -> None:
    """What was put off by the dead hook is tried now: nobody waits in a test."""
    for line in house.call("deliveries", "--state", "waiting").stdout.splitlines()[1:]:
        house.call("deliveries", "retry", line.split()[0])
    done = house.call("poll", "--all")
    assert done.returncode == 0, done.stdout + done.stderr


def test_after_a_loss_nothing_is_told_again_and_nothing_owed_is_lost(house):
    (house.folder / "a.db").unlink()
    done = house.call("restore", str(house.folder / "copy.db"))
    assert done.returncode == 0, done.stderr
    house.published.append(1003)
    poll(house)
    assert jobs(house.mailed) == [1002, 1003]
    assert jobs(house.hooked) == [1002, 1003]
    assert house.integrity() == "ok"


@pytest.mark.drill
def test_what_was_told_after_the_backup_is_not_told_again_while_the_old_file_can_be_read(house):
    house.published.append(1003)
    poll(house)
    assert jobs(house.mailed) == jobs(house.hooked) == [1002, 1003]
    done = house.call("restore", str(house.folder / "copy.db"))
    assert done.returncode == 0, done.stderr
    assert "taken along" in done.stdout
    house.published.append(1004)
    poll(house)
    assert jobs(house.mailed) == jobs(house.hooked) == [1002, 1003, 1004]


@pytest.mark.drill
def test_known_tells_of_a_lost_file_nothing_again(house):
    house.published.append(1003)
    poll(house)
    (house.folder / "a.db").unlink()
    done = house.call("restore", "--known", str(house.folder / "copy.db"))
    assert done.returncode == 0, done.stderr
    poll(house)
    house.published.append(1004)
    poll(house)
    assert jobs(house.mailed) == [1002, 1003, 1004]
    assert jobs(house.hooked) == [1002, 1002, 1003, 1004], "what the backup owes is sent, under the same id"
    assert len({name for name, numbers in house.hooked if numbers == [1002]}) == 1


@pytest.mark.drill
def test_moving_to_another_machine_by_the_recipe_of_the_guide(house, tmp_path: Path):
    """The configuration and one backup are all that has to be carried."""
    shutil.copy(house.folder / "config.toml", tmp_path)
    shutil.copy(house.folder / "copy.db", tmp_path / "carried.db")
    old, house.folder = house.folder, tmp_path
    try:
        assert house.call("restore", str(tmp_path / "carried.db")).returncode == 0
        house.published.append(1003)
        poll(house)
        assert house.integrity() == "ok"
    finally:
        house.folder = old
    assert jobs(house.mailed) == jobs(house.hooked) == [1002, 1003]
