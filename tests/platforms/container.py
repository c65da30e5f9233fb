"""A container engine of this machine, and a base image to build on; what is missing is a skip with its reason."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

#: How the image is meant to be run.
HARDENED = ("--read-only", "--tmpfs", "/tmp", "--cap-drop", "all", "--security-opt", "no-new-privileges")
#: A machine that is itself a container often has only this way out, and may not raise limits.
PLAIN = ("--network", "host", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4000:4000")
#: What a base image of this machine's Debian holds.
PACKAGES = "python3,python3-venv,python-is-python3,ca-certificates"
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True)
class Engine:
    """podman or docker, with what this machine needs to make it run."""

    words: tuple[str, ...]

    def ask(self, words: Sequence[str], *, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """One command of it."""
        return subprocess.run([*self.words, *words], capture_output=True, text=True, timeout=timeout, check=False)

    def build(self, file: Path, folder: Path, name: str, arguments: Mapping[str, str]) -> None:
        """The image ``name``; the machine's own authorities are believed while it is built."""
        given = [word for key, value in arguments.items() for word in ("--build-arg", f"{key}={value}")]
        if self.words[0] == "podman":
            given += ["--format", "docker", "--isolation", "chroot", "--network", "host"]
            if AUTHORITIES.exists():
                given += ["-v", f"{AUTHORITIES}:{AUTHORITIES}:ro", "--env", f"PIP_CERT={AUTHORITIES}"]
        done = self.ask(["build", *given, "-f", str(file), "-t", name, str(folder)], timeout=900)
        assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-3000:]

    def run(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """A container that ends by itself."""
        return self.ask(["run", "--rm", *HARDENED, *PLAIN, *words])

    @contextlib.contextmanager
    def running(self, words: Sequence[str]) -> Iterator[str]:
        """The name of a container that goes on."""
        name = f"job-alerts-{uuid.uuid4().hex[:8]}"
        done = self.ask(["run", "-d", "--name", name, *HARDENED, *PLAIN, *words])
        assert done.returncode == 0, done.stderr
        try:
            yield name
        finally:
            self.ask(["rm", "-f", name])

    def logs(self, name: str) -> str:
        """All that it said."""
        done = self.ask(["logs", name])
        return done.stdout + done.stderr

    @contextlib.contextmanager
    def volume(self) -> Iterator[str]:
        """A volume of its own."""
        name = f"job-alerts-{uuid.uuid4().hex[:8]}"
        yield name
        self.ask(["volume", "rm", "-f", name])


def engine() -> Engine:
    """The first that is here; podman on a machine with cgroups of both kinds runs by runc."""
    tool = next((one for one in ("podman", "docker") if shutil.which(one)), None)
    if tool is None:
        pytest.skip("neither podman nor docker is here")
    runc = ("--runtime", "runc") if tool == "podman" and shutil.which("runc") else ()
    found = Engine((tool, *runc))
    if (done := found.ask(["info"])).returncode:
        pytest.skip(f"{tool} does not work here: {done.stderr.strip()[-200:]}")
    return found


def base_image(engine: Engine, wanted: str, folder: Path) -> str:
    """The image that the file names; where no registry is reached, one made of the packages of this machine's Debian."""
    if engine.ask(["image", "inspect", wanted]).returncode == 0 or engine.ask(["pull", wanted]).returncode == 0:
        return wanted
    if not shutil.which("mmdebstrap") or os.geteuid() != 0:
        pytest.skip(f"the base image {wanted} cannot be had here; as root with Debian's mmdebstrap one would be made")
    root, name = folder / "root.tar", "job-alerts-test-base"
    made = subprocess.run(
        ["mmdebstrap", "--variant=minbase", f"--include={PACKAGES}", codename(), str(root)],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip(f"no base image could be made of this machine's packages: {made.stderr.strip()[-200:]}")
    assert engine.ask(["import", str(root), name]).returncode == 0
    root.unlink()
    return f"localhost/{name}" if engine.words[0] == "podman" else name


def codename() -> str:
    """What this Debian is called."""
    lines = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text("utf-8").splitlines() if "=" in line)
    return lines.get("VERSION_CODENAME", "stable").strip('"')


def until(done: Callable[[], bool], patience: float = 60.0) -> None:
    """Until it is so."""
    end = time.monotonic() + patience
    while not done():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.2)
