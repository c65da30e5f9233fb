"""The service is written for this machine: its paths, its credentials; systemd itself says that the unit is good and tight."""

from __future__ import annotations

import os
import plistlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from alerts.cli.main import main
from alerts.daemon import service_plan, service_sight
from alerts.daemon.service_manager import Manager
from alerts.daemon.service_unit import Service, cron, launchd, systemd
from alerts.model.errors import UsageError
from tests.drills.house import BOARD, HOOK, SEARCH, House

GOLDEN = Path(__file__).parent / "golden"
CONFIG = """
[channels.mail]
kind = "email"
server = "smtp://me@smtp.example.org:587"
password = { credential = "smtp-password" }
from = "a@example.org"
to = ["me@example.org"]
[channels.slack]
kind = "slack"
url = { credential = "slack-webhook" }
[channels.hook]
kind = "webhook"
url = "https://example.org/hook"
secret = { env = "HOOK_SECRET" }
"""
SYSTEM = Service(
    program=("/opt/job-alerts/bin/job-alerts",),
    config=Path("/etc/job-alerts/config.toml"),
    system=True,
    credentials=("smtp-password", "slack-webhook"),
)
USER = Service(
    program=("/srv/a person/bin/python", "-m", "alerts"),
    config=Path("/srv/a person/100%/config.toml"),
    credentials=("smtp-password",),
    secrets=Path("/srv/me/credentials"),
    environment=Path("/srv/me/environment"),
    state_home="/srv/me/state",
    reads=(Path("/srv/me/.pyenv"), Path("/srv/me/a program")),
    writes=(Path("/srv/me/state"), Path("/srv/me/100%")),
    log=Path("/srv/me/job-alerts.log"),
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("system.service", systemd(SYSTEM)),
        ("user.service", systemd(USER)),
        ("user-without-namespaces.service", systemd(replace(USER, namespaces=False))),
        ("launchd.plist", launchd(USER).decode()),
        ("crontab.txt", cron(USER) + "\n"),
    ],
    ids=lambda value: value if len(value) < 20 else "",
)
def test_what_is_written_is_what_was_reviewed(name: str, text: str) -> None:
    """After a change that is meant: JOB_ALERTS_REGOLD=1 writes them anew, and the difference is reviewed."""
    if os.environ.get("JOB_ALERTS_REGOLD"):
        (GOLDEN / name).write_text(text, encoding="utf-8")
    assert text == (GOLDEN / name).read_text(encoding="utf-8")


def test_launchd_reads_back_the_very_words() -> None:
    assert plistlib.loads(launchd(USER))["ProgramArguments"] == list(USER.call)


# --- systemd's own word ---------------------------------------------------------------------------------------------

analyze = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here: apt install systemd")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG)
    return tmp_path / "config.toml"


@analyze
@pytest.mark.parametrize("system", [True, False], ids=["system", "user"])
def test_systemd_finds_nothing_wrong_with_the_unit(written: Path, tmp_path: Path, system: bool) -> None:
    unit = tmp_path / "job-alerts.service"
    unit.write_text(systemd(service_plan.plan(written, {}, system=system)))
    words = ["systemd-analyze", "verify", *([] if system else ["--user"]), str(unit)]
    done = subprocess.run(words, env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}, capture_output=True, text=True)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "job-alerts" in line]) == (0, [])


@analyze
@pytest.mark.parametrize(("service", "who"), [(SYSTEM, ""), (USER, "User=somebody\n")], ids=["system", "user"])
def test_the_exposure_of_each_service_is_at_most_1_1(tmp_path: Path, service: Service, who: str) -> None:
    """A person's unit names no user, for its manager is that person; the tool would count that as root."""
    unit = tmp_path / "job-alerts.service"
    unit.write_text(systemd(service).replace("[Service]\n", f"[Service]\n{who}"))
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", str(unit)], capture_output=True, text=True)
    found = re.search(r"exposure level for job-alerts.service: ([\d.]+)", done.stdout)
    assert found, done.stderr
    assert float(found[1]) <= 1.1


def test_a_persons_service_sees_what_its_configuration_names_and_nothing_else(tmp_path: Path, monkeypatch) -> None:
    home = tmp_path / "me"
    for path in (home / "conf", home / "bin", home / "private", home / "out"):
        path.mkdir(parents=True)
    (home / "bin" / "tell").touch()
    monkeypatch.setattr(service_sight, "_HOMES", (tmp_path,))
    monkeypatch.setenv("HOME", str(home))
    values = {
        "settings": {"database": "~/data/a.db"},
        "channels": {
            "a": {"kind": "command", "run": [str(home / "bin" / "tell"), "--loud"]},
            "b": {"kind": "file", "path": "../out/a.jsonl"},
        },
    }
    seen = service_sight.reads(values, home / "conf", [str(home / "venv" / "bin" / "job-alerts")])
    assert {home / "conf", home / "bin" / "tell", home / "venv" / "bin" / "job-alerts"} <= set(seen)
    assert not any(path in (home / "private" / "x").parents for path in seen)
    assert service_sight.writes(values, home / "conf" / "config.toml", {}) == (home / "data", home / "conf" / ".." / "out")


class Serviced(House):
    """A house whose daemon is started by the words of its unit."""

    def command(self, *words: str) -> list[str]:
        if words != ("run",):
            return super().command(*words)
        unit = systemd(service_plan.plan(self.folder / "config.toml", {}, system=False))
        return shlex.split(next(line for line in unit.splitlines() if line.startswith("ExecStart=")).removeprefix("ExecStart="))


def test_the_command_line_of_the_unit_starts_reloads_and_stops_the_daemon() -> None:
    with Serviced() as house:
        house.configure(BOARD + SEARCH + HOOK)
        with house.start() as daemon:
            daemon.ready()
            daemon.signal(signal.SIGHUP)
            daemon.ready()
            daemon.signal(signal.SIGTERM)
            assert daemon.ended() == 0


# --- this machine ---------------------------------------------------------------------------------------------------


def test_credentials_and_variables_come_from_the_configuration(written: Path) -> None:
    unit = systemd(service_plan.plan(written, {"XDG_STATE_HOME": "/srv/state"}, system=False))
    assert f"LoadCredential=smtp-password:{written.parent}/credentials/smtp-password\n" in unit
    assert f"LoadCredential=slack-webhook:{written.parent}/credentials/slack-webhook\n" in unit
    assert f"EnvironmentFile=-{written.parent}/environment\n" in unit
    assert "Environment=XDG_STATE_HOME=/srv/state\n" in unit


def test_the_program_is_this_installation() -> None:
    (first, *_) = service_plan.this_program()
    assert Path(first).parent == Path(sys.executable).absolute().parent
    assert os.access(first, os.X_OK)


@pytest.fixture
def person(written: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person whose services lie in a folder of the test; where their unit goes."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(written.parent / "xdg"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(written.parent / "no-manager"))
    return written.parent / "xdg" / "systemd" / "user" / "job-alerts.service"


def call(written: Path, *words: str) -> int:
    return main(["service", *words, "--user", "--as", "systemd", "--config", str(written)])


def test_install_writes_the_unit_and_says_the_next_commands(written: Path, person: Path, capfd) -> None:
    assert call(written, "install") == 0
    said = capfd.readouterr().out
    assert f"ExecStart={service_plan.this_program()[0]} run" in person.read_text()
    for words in ("systemctl --user enable --now job-alerts", "enable-linger", "credentials/smtp-password", "HOOK_SECRET=…"):
        assert words in said
    assert call(written, "install") == 0, "an upgrade writes it anew"
    assert call(written, "remove") == 0
    assert not person.exists()
    assert written.exists()
    assert call(written, "remove") == 2


def test_print_shows_the_same_and_writes_nothing(written: Path, person: Path, capfd) -> None:
    assert call(written, "install", "--print") == 0
    shown = capfd.readouterr().out
    assert not person.exists()
    call(written, "install")
    assert person.read_text() == shown


def test_a_unit_of_somebody_else_is_left_alone(written: Path, person: Path, capfd) -> None:
    person.parent.mkdir(parents=True)
    person.write_text("[Service]\nExecStart=/bin/true\n")
    assert call(written, "install") == 2
    assert call(written, "remove") == 2
    assert person.read_text().endswith("/bin/true\n")
    assert "move it away" in capfd.readouterr().err


def test_without_a_configuration_there_is_one_line(written: Path, person: Path, capfd) -> None:
    assert call(written.with_name("none.toml"), "install") == 2
    assert capfd.readouterr().err.count("\n") == 1


def test_what_a_service_of_the_system_could_not_read_is_said_before(written: Path) -> None:
    """A program in somebody's home, a configuration elsewhere, a database that it may not write."""
    written.write_text('[settings]\ndatabase = "mine.db"\n')
    service = service_plan.plan(written, {}, system=True, program=("/root/venv/bin/job-alerts",))
    said = "\n".join(service_plan.obstacles(service))
    assert "/root/venv/bin/job-alerts" in said
    assert "/etc/job-alerts/config.toml" in said
    assert "settings.database" in said


def test_the_manager_is_told_in_its_own_words(tmp_path: Path) -> None:
    told: list[list[str]] = []
    place = tmp_path / "job-alerts.service"
    manager = Manager("systemd", system=True, place=place, run=lambda words: told.append(list(words)) or 0)
    manager.write(systemd(SYSTEM).encode())
    assert manager.reload()
    assert manager.remove()
    assert told == [
        ["systemctl", "daemon-reload"],
        ["systemctl", "disable", "--now", "job-alerts"],
        ["systemctl", "daemon-reload"],
    ]
    with pytest.raises(UsageError, match="cannot be written"):
        Manager("systemd", system=True, place=Path("/proc/none/x.service"), run=lambda _words: 0).write(b"")


def test_cron_is_a_line_to_add(written: Path, capfd) -> None:
    assert main(["service", "install", "--as", "cron", "--config", str(written)]) == 0
    assert f"poll --config {written}" in capfd.readouterr().out
    assert main(["service", "status", "--as", "cron", "--config", str(written)]) == 2


def test_a_service_may_renew_the_logins_that_its_channels_keep(tmp_path):
    oauth = {"provider": "microsoft", "client_id": "x"}
    values = {
        "settings": {"database": "data/alerts.db"},
        "channels": {"a": {"kind": "email", "oauth": oauth}, "b": {"kind": "email", "oauth": {**oauth, "kept_in": "elsewhere"}}},
    }
    expected = (tmp_path / "data", tmp_path / "logins", tmp_path / "elsewhere")
    assert service_sight.writes(values, tmp_path / "config.toml", {}) == expected
