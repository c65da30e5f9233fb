"""Where this machine keeps its services, and what its own manager is told: systemctl, journalctl, launchctl."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from alerts.daemon.service_unit import LABEL, MARK
from alerts.model.errors import UsageError

Kind = Literal["systemd", "launchd", "cron"]
#: Run one command of the manager; its exit status.
Run = Callable[[Sequence[str]], int]


def run(words: Sequence[str]) -> int:
    """Run it, its output where ours goes; 127 where there is no such command."""
    found = shutil.which(words[0])

    return subprocess.run([found, *words[1:]], check=False).returncode if found else 127  # noqa: S603


def heard(words: Sequence[str]) -> tuple[int, str]:
    """Run it, and what it said; 127 where there is no such command."""
    found = shutil.which(words[0])
    if not found:
        return 127, ""
    done = subprocess.run([found, *words[1:]], check=False, capture_output=True, text=True, errors="replace")  # noqa: S603
    return done.returncode, done.stdout + done.stderr


def kind_of(platform: str) -> Kind:
    """What looks after services here."""
    if platform == "darwin":
        return "launchd"
    return "systemd" if shutil.which("systemctl") else "cron"


@dataclass(frozen=True, slots=True)
class Manager:
    """The manager of services of the system, or of one person."""

    kind: Kind
    system: bool
    #: The file that tells it of our service.
    place: Path
    run: Run = run

    def write(self, text: bytes) -> None:
        """Put the file in its place; one that somebody else wrote is left alone. Raises UsageError."""
        self._ours()
        beside = self.place.with_name(f".{self.place.name}.new")
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(text)
            beside.chmod(0o644)
            beside.replace(self.place)
        except OSError as error:
            hint = "; ask with sudo, or install it for yourself alone: --user" if self.system else ""
            raise UsageError(f"{self.place} cannot be written: {error.strerror}{hint}") from None

    def remove(self) -> bool:
        """Stop the service and take the file away; False when there was none. Raises UsageError."""
        if not self.place.exists():
            return False
        self._ours()
        for words in self.words["stop"]:
            self.run(words)
        try:
            self.place.unlink()
        except OSError as error:
            raise UsageError(f"{self.place} cannot be removed: {error.strerror}; ask with sudo") from None
        self.reload()
        return True

    def reload(self) -> bool:
        """Let the manager read its files anew; False where it cannot be asked."""
        return all(self.run(words) == 0 for words in self.words["reload"])

    @property
    def words(self) -> Mapping[str, list[list[str]]]:
        """What is said to the manager, by purpose."""
        if self.kind == "launchd":
            home = f"gui/{os.getuid()}"
            return {
                "start": [["launchctl", "bootstrap", home, str(self.place)]],
                "stop": [["launchctl", "bootout", f"{home}/{LABEL}"]],
                "reload": [],
                "status": [["launchctl", "print", f"{home}/{LABEL}"]],
                "logs": [["tail", "-n", "100", str(Path.home() / "Library" / "Logs" / "job-alerts.log")]],
            }
        ctl = ["systemctl"] if self.system else ["systemctl", "--user"]
        unit = ["-u", LABEL] if self.system else ["--user", "-u", LABEL]
        return {
            "start": [[*ctl, "enable", "--now", LABEL]],
            "stop": [[*ctl, "disable", "--now", LABEL]],
            "reload": [[*ctl, "daemon-reload"]],
            "status": [[*ctl, "status", "--no-pager", LABEL]],
            "logs": [["journalctl", "--no-pager", "-n", "100", *unit]],
        }

    def _ours(self) -> None:
        if self.place.exists() and MARK not in self.place.read_text("utf-8", "replace"):
            raise UsageError(f"{self.place} was not written by job-alerts service install; move it away first")


def place_of(kind: Kind, env: Mapping[str, str], *, system: bool) -> Path:
    """Where the manager looks for our file."""
    if kind == "launchd":
        return Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    if system:
        return Path("/etc/systemd/system") / f"{LABEL}.service"
    base = env.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "systemd" / "user" / f"{LABEL}.service"
